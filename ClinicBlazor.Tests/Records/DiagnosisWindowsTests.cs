using Bunit;

namespace ClinicBlazor.Tests.Records;

/// <summary>A doctor has the same record open in two tabs, and writes in both.</summary>
[Trait("Requirement", "B-06")]
[Trait("Requirement", "B-07")]
public sealed class DiagnosisWindowsTests : DiagnosisEditing
{
    private const string Question = "[data-testid=written-elsewhere]";

    [Fact]
    public async Task Typing_WhereTheOtherTabHasSavedMeanwhile_OverwritesNothingAndSaysSo()
    {
        await using var first = await OpenAsync();
        await using var second = await OpenAsync();
        await TypeAsync(first, "In the first tab.");
        await first.EventuallyAsync(() => Assert.Contains("Saved,", Saved(first), StringComparison.Ordinal));

        await TypeAsync(second, "In the second tab.");
        await second.SettleAsync(Question);

        Assert.Contains("In the first tab.", (await DraftAsync())!.Body, StringComparison.Ordinal);
        Assert.Empty(first.Page.FindAll(Question));
        await SaveAsync(second);
        Assert.Empty((await ReadAsync()).Versions);
    }

    [Theory]
    [InlineData(0, "In the first tab.")]
    [InlineData(1, "In the second tab.")]
    public async Task GoOn_WithOneOfTwoTexts_ShowsAndKeepsThatOne(int button, string expected)
    {
        await using var first = await OpenAsync();
        await using var second = await OpenAsync();
        await TypeAsync(first, "In the first tab.");
        await first.EventuallyAsync(() => Assert.Contains("Saved,", Saved(first), StringComparison.Ordinal));
        await TypeAsync(second, "In the second tab.");
        await second.SettleAsync(Question);

        await second.Page.FindAll(Question + " button")[button].ClickAsync();

        await second.EventuallyAsync(() => Assert.Empty(second.Page.FindAll(Question)));
        Assert.Equal(expected, second.Page.Find("#diagnosis-text").GetAttribute("value"));
        Assert.Contains(expected, (await DraftAsync())!.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Typing_BackToTheRecordsOwnText_LeavesTheDraftOfTheOtherTab()
    {
        await using var first = await OpenAsync();
        await using var second = await OpenAsync();
        await TypeAsync(first, "In the first tab.");
        await first.EventuallyAsync(() => Assert.Contains("Saved,", Saved(first), StringComparison.Ordinal));

        await second.Page.Find("#diagnosis-text").InputAsync("Nothing yet");
        await TypeAsync(second, "");
        await second.SettleAsync(Question);

        Assert.Contains("In the first tab.", (await DraftAsync())!.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Save_AndTypingOn_KeepsADraftAgain()
    {
        await using var tab = await OpenAsync();
        await WriteAsync(tab, "Migraine.", "G43.1", Domain.Records.Certainty.Confirmed);
        await SaveAsync(tab);
        await tab.EventuallyAsync(() => Assert.Single(tab.Page.FindAll("#versions tbody tr")));

        await TypeAsync(tab, "Migraine, and more.");
        await tab.EventuallyAsync(() => Assert.Matches("^Saved,.*As a draft", Saved(tab)));

        Assert.Contains("Migraine, and more.", (await DraftAsync())!.Body, StringComparison.Ordinal);
        Assert.Empty(tab.Page.FindAll(Question));
    }

    private static async Task TypeAsync(RecordTab tab, string text)
    {
        await tab.Page.Find("#diagnosis-text").InputAsync(text);
        tab.Timers.RunOff();
    }
}
