using System.Text.Json;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace ClinicBlazor.Tests.EndToEnd;

/// <summary>
/// Axe in the page itself: Deque's own runner opens a browser window for each answer and takes along every rule that was kept,
/// with every element it was kept by.
/// </summary>
internal static class AxeCheck
{
    private const string Run = """
        async () => {
            // What was asked for a moment ago is drawn first, such as other colours.
            await new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)));

            // A colour on its way to another one is neither: what moves has come to its end first, but for what moves for ever.
            // Then what inherits from it begins to move.
            const moving = () => document.getAnimations().filter(
                one => one.playState === 'running' && one.effect.getComputedTiming().endTime < Infinity);
            for (let all = moving(); all.length > 0; all = moving()) {
                await Promise.all(all.map(one => one.finished.catch(() => { })));
                await new Promise(drawn => requestAnimationFrame(drawn));
            }
            const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
            const found = await axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] });
            return JSON.stringify({
                passed: found.passes.length,
                findings: found.violations.flatMap(rule => rule.nodes.map(node =>
                    `${rule.id} at ${node.target}: ${rule.help} (${node.any.map(check => check.message).join(', ')})`)),
            });
        }
        """;

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    /// <summary>What it finds on a page as it stands.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(IPage page)
    {
        // Axe would look into frames only where it is put into each of them; there are none.
        Assert.Single(page.Frames);
        if (!await page.EvaluateAsync<bool>("typeof axe === 'object'"))
        {
            await page.EvaluateAsync(Axe);
        }

        var answer = JsonSerializer.Deserialize<Answer>(await page.EvaluateAsync<string>(Run), JsonSerializerOptions.Web)!;
        Assert.True(answer.Passed > 0, $"{page.Url}: axe has looked at nothing.");
        return answer.Findings;
    }

    private sealed record Answer(int Passed, IReadOnlyList<string> Findings);
}
