using System.Globalization;
using ClinicBlazor.Domain.Records;
using Microsoft.Extensions.Localization;

namespace ClinicBlazor.App.Shared;

/// <summary>"Since when?" in the language of whoever reads it.</summary>
public static class OnsetWords
{
    /// <summary>The words of an answer; what was written in words stands as it was written.</summary>
    public static string Of(Onset onset, IStringLocalizer<SharedText> text) => onset switch
    {
        { Words: { } words } => words,
        { Day: { } day } => day.ToString("D", CultureInfo.CurrentCulture),
        _ => Of(onset.Choice!.Value, text),
    };

    private static string Of(OnsetChoice choice, IStringLocalizer<SharedText> text) => choice switch
    {
        OnsetChoice.Today => text["Today"],
        OnsetChoice.Yesterday => text["Since yesterday"],
        OnsetChoice.Days => text["2 to 7 days"],
        OnsetChoice.Weeks => text["1 to 4 weeks"],
        OnsetChoice.Longer => text["Longer than a month"],
        OnsetChoice.KnownDay => "",
    };
}
