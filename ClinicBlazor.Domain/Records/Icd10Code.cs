using System.Globalization;

namespace ClinicBlazor.Domain.Records;

/// <summary>An ICD-10 code.</summary>
/// <param name="Code">The code.</param>
/// <param name="EnglishTitle">What it stands for, in English.</param>
/// <param name="SpanishTitle">What it stands for, in Spanish.</param>
public sealed record Icd10Code(string Code, string EnglishTitle, string SpanishTitle)
{
    /// <summary>What it stands for, in the language of the page.</summary>
    public string Title => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "es" ? SpanishTitle : EnglishTitle;
}

/// <summary>A code that fits a search.</summary>
/// <param name="Code">The code.</param>
/// <param name="Synonym">What fitted, where that was neither the code nor its title in the page's language.</param>
/// <param name="IsGuess">True when not all that was asked for fitted, or the first letters of a word alone.</param>
public sealed record Icd10Match(Icd10Code Code, string? Synonym, bool IsGuess = false);
