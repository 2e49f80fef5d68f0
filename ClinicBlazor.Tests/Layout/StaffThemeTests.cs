using System.Text.RegularExpressions;
using ClinicBlazor.App.Layout;
using ClinicBlazor.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using MudBlazor;
using MudBlazor.Services;
using MudBlazor.Utilities;

namespace ClinicBlazor.Tests.Layout;

/// <summary>
/// The stylesheet that stands for MudThemeProvider, which would write style elements that the content security policy
/// refuses. With <c>CLINIC_WRITE_THEME=1</c> in the environment the test writes the file instead of comparing it.
/// </summary>
[Trait("Requirement", "S3-02")]
public sealed partial class StaffThemeTests
{
    private static readonly string Assets = Path.Combine(Repository.Root, "wwwroot-assets", "css");

    private static readonly string Sheet = Path.Combine(Assets, "staff", "theme.css");

    [Fact]
    public async Task Sheet_OfTheTheme_IsWhatTheLibraryWrites()
    {
        var light = await RenderAsync(dark: false);
        var dark = await RenderAsync(dark: true);
        var written =
            "/* Made from StaffTheme by MudBlazor's own MudThemeProvider; not to be edited by hand. StaffThemeTests says how. */\n"
            + Block(":root", light, "  ") + "@media (prefers-color-scheme: dark) {\n" + Block("  :root", [.. dark.Except(light)], "    ")
                + "}\n";
        if (Environment.GetEnvironmentVariable("CLINIC_WRITE_THEME") == "1")
        {
            await File.WriteAllTextAsync(Sheet, written);
        }

        Assert.Equal(written, await File.ReadAllTextAsync(Sheet));
    }

    [Theory]
    [InlineData("accent", nameof(Palette.Primary))]
    [InlineData("accent-strong", "PrimaryDarken")]
    [InlineData("accent-soft", "PrimaryLighten")]
    [InlineData("on-accent", nameof(Palette.PrimaryContrastText))]
    [InlineData("danger", nameof(Palette.Error))]
    [InlineData("warn", nameof(Palette.Warning))]
    [InlineData("ok", nameof(Palette.Success))]
    [InlineData("info", nameof(Palette.Info))]
    [InlineData("ink", nameof(Palette.TextPrimary))]
    [InlineData("ink-2", nameof(Palette.TextSecondary))]
    [InlineData("ink-3", nameof(Palette.TextDisabled))]
    [InlineData("surface", nameof(Palette.Surface))]
    [InlineData("surface-2", nameof(Palette.ActionDisabledBackground))]
    [InlineData("bg", nameof(Palette.BackgroundGray))]
    [InlineData("line", nameof(Palette.LinesDefault))]
    [InlineData("line-strong", nameof(Palette.LinesInputs))]
    public void Colour_OfBothPalettes_IsThatOfTheToken(string token, string name)
    {
        var values = Regex.Matches(File.ReadAllText(Path.Combine(Assets, "tokens.css")), $"--{token}: (#[0-9a-f]+);",
            RegexOptions.NonBacktracking)
            .Select(match => new MudColor(match.Groups[1].Value)).Take(2);

        Palette[] palettes = [StaffTheme.Theme.PaletteLight, StaffTheme.Theme.PaletteDark];
        Assert.Equal(values, palettes.Select(palette => new MudColor($"{palette.GetType().GetProperty(name)!.GetValue(palette)}")));
    }

    private static async Task<List<string>> RenderAsync(bool dark)
    {
        await using var services = new ServiceCollection().AddLogging().AddMudServices()
            .AddSingleton<Microsoft.JSInterop.IJSRuntime, NoBrowser>().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        var html = await renderer.Dispatcher.InvokeAsync(
            async () => (await renderer.RenderComponentAsync<MudThemeProvider>(ParameterView.FromDictionary(new Dictionary<string, object?>
            {
                [nameof(MudThemeProvider.Theme)] = StaffTheme.Theme,
                [nameof(MudThemeProvider.IsDarkMode)] = dark,
                [nameof(MudThemeProvider.DefaultScrollbar)] = true,
                [nameof(MudThemeProvider.ObserveSystemDarkModeChange)] = false,
            }))).ToHtmlString());
        return [.. Variable().Matches(html).Select(match => match.Value)];
    }

    private static string Block(string selector, List<string> lines, string indent) =>
        selector + " {\n" + string.Concat(lines.Select(line => indent + line + "\n")) + selector[..^":root".Length] + "}\n";

    [GeneratedRegex("--mud[a-z0-9-]*: [^;]+;", RegexOptions.NonBacktracking)]
    private static partial Regex Variable();

    private sealed class NoBrowser : Microsoft.JSInterop.IJSRuntime
    {
        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args) => ValueTask.FromResult<TValue>(default!);

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) =>
            ValueTask.FromResult<TValue>(default!);
    }
}
