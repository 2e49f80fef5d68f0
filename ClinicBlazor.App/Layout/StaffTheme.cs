using System.Globalization;
using MudBlazor;
using MudBlazor.Utilities;

namespace ClinicBlazor.App.Layout;

/// <summary>
/// The look of MudBlazor's parts: the design tokens of <c>css/tokens.css</c> in the library's own names. The library turns
/// it into <c>css/staff/theme.css</c>; a test holds that file against it, and these colours against the tokens. What a
/// theme cannot say stands in <c>css/staff/mud.css</c>.
/// </summary>
internal static class StaffTheme
{
    private const string None = "none";

    private static readonly string[] Fonts =
    [
        "Segoe UI Variable Text", "Segoe UI", "-apple-system", "BlinkMacSystemFont", "Roboto", "Noto Sans", "Liberation Sans", "Arial",
            "sans-serif",
    ];

    /// <summary>Both palettes, type, radii and measures.</summary>
    public static MudTheme Theme { get; } = new()
    {
        PaletteLight = Fill(new PaletteLight(), new Tokens(
            Bg: "#f5f7f8", Surface: "#ffffff", Surface2: "#eef2f4", Line: "#d5dde2", LineStrong: "#75848f",
            Ink: "#16222b", Ink2: "#45535f", Ink3: "#5a6873",
            Accent: "#0b6b6b", AccentStrong: "#084f4f", AccentSoft: "#e0f0ef", OnAccent: "#ffffff",
            Danger: "#a8201a", Warn: "#7a4f00", Ok: "#1c6437", Info: "#1b579c")),
        PaletteDark = Fill(new PaletteDark(), new Tokens(
            Bg: "#10181d", Surface: "#172229", Surface2: "#1f2c34", Line: "#31414b", LineStrong: "#7f919d",
            Ink: "#eaf0f3", Ink2: "#b9c6cf", Ink3: "#9aaab5",
            Accent: "#5cc5bf", AccentStrong: "#8bdad5", AccentSoft: "#12393a", OnAccent: "#07211f",
            Danger: "#ff9b94", Warn: "#f4c869", Ok: "#85d6a1", Info: "#9cc5f5")),
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = ".375rem", DrawerWidthLeft = "var(--nav)", AppbarHeight = "0px" },
        Typography = Type(),
        Shadows = new Shadow { Elevation = [.. Enumerable.Repeat(None, 26)] },
    };

    private static TPalette Fill<TPalette>(TPalette palette, Tokens token)
        where TPalette : Palette
    {
        palette.Primary = palette.Secondary = palette.Tertiary = token.Accent;
        palette.PrimaryContrastText = palette.SecondaryContrastText = palette.TertiaryContrastText = token.OnAccent;
        palette.PrimaryDarken = palette.SecondaryDarken = palette.TertiaryDarken = token.AccentStrong;
        palette.PrimaryLighten = palette.SecondaryLighten = palette.TertiaryLighten = token.AccentSoft;
        (palette.Error, palette.Warning, palette.Success, palette.Info, palette.Dark) = (token.Danger, token.Warn, token.Ok, token.Info,
            token.Ink);
        palette.ErrorContrastText = palette.WarningContrastText = palette.SuccessContrastText = token.Surface;
        palette.InfoContrastText = palette.DarkContrastText = token.Surface;
        (palette.TextPrimary, palette.TextSecondary, palette.TextDisabled) = (token.Ink, token.Ink2, token.Ink3);
        (palette.ActionDefault, palette.ActionDisabled, palette.ActionDisabledBackground) = (token.Ink2, token.Ink3, token.Surface2);
        (palette.Background, palette.BackgroundGray, palette.Surface, palette.DrawerBackground, palette.AppbarBackground) =
            (token.Surface, token.Bg, token.Surface, token.Bg, token.Bg);
        (palette.DrawerText, palette.DrawerIcon, palette.AppbarText) = (token.Ink2, token.Ink2, token.Ink);
        (palette.LinesDefault, palette.LinesInputs, palette.TableLines, palette.Divider, palette.DividerLight) =
            (token.Line, token.LineStrong, token.Line, token.Line, token.Line);
        (palette.TableStriped, palette.TableHover, palette.Skeleton) = (token.Bg, token.Bg, token.Surface2);
        palette.HoverOpacity = 0.06;
        return palette;
    }

    private static Typography Type()
    {
        var type = new Typography();
        Set(type.Default, ".875rem", 400, 1.4);
        Set(type.H1, "1.375rem", 600, 1.2);
        Set(type.H2, "1rem", 600, 1.3);
        Set(type.Body1, ".875rem", 400, 1.4);
        Set(type.Body2, ".875rem", 400, 1.4);
        Set(type.Subtitle1, ".875rem", 400, 1.4);
        Set(type.Subtitle2, ".875rem", 600, 1.4);
        Set(type.Caption, ".8rem", 400, 1.4);
        Set(type.Button, ".875rem", 600, 1.2);
        Set(type.Overline, ".8rem", 400, 1.4);
        foreach (var heading in new BaseTypography[] { type.H3, type.H4, type.H5, type.H6 })
        {
            Set(heading, ".875rem", 600, 1.4);
        }

        return type;
    }

    private static void Set(BaseTypography type, string size, int weight, double leading)
    {
        type.FontFamily = Fonts;
        type.FontSize = size;
        type.FontWeight = weight.ToString(CultureInfo.InvariantCulture);
        type.LineHeight = leading.ToString(CultureInfo.InvariantCulture);
        type.LetterSpacing = "normal";
        type.TextTransform = None;
    }

    /// <summary>The tokens that a palette takes its colours from, by the tokens' own names.</summary>
    private sealed record Tokens(
        MudColor Bg, MudColor Surface, MudColor Surface2, MudColor Line, MudColor LineStrong,
        MudColor Ink, MudColor Ink2, MudColor Ink3,
        MudColor Accent, string AccentStrong, string AccentSoft, MudColor OnAccent,
        MudColor Danger, MudColor Warn, MudColor Ok, MudColor Info);
}
