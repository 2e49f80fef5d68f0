using System.Collections.Frozen;

namespace ClinicBlazor.Domain.Records;

/// <summary>
/// Codes that stand for something other than the disease itself: its consequence, its history, its form in newborns or
/// in pregnancy, an outer cause. They come after the disease unless the search says that they are meant.
/// </summary>
internal static class Icd10Derived
{
    private static readonly string[] Signs =
    [
        "secondary", "sequelae", "history", "classified elsewhere", "postprocedural", "subsequent", "screening", "newborn", "neonatal",
            "perinatal", "congenital",
        "pregnancy", "puerperium", "childbirth", "maternal", "poisoning", "adverse", "toxic effect", "immunization", "exposure",
            "uncertain", "superimposed",
    ];

    private static readonly FrozenSet<string> Naming = new[]
    {
        "secondary", "sequela", "sequelae", "history", "elsewhere", "postprocedural", "postoperative", "subsequent", "screening", "newborn",
            "neonatal", "baby",
        "perinatal", "congenital", "pregnancy", "pregnant", "puerperal", "puerperium", "childbirth", "maternal", "poisoning", "overdose",
            "adverse", "toxic",
        "immunization", "vaccination", "vaccine", "exposure", "uncertain", "secundario", "secundaria", "secuela", "historia", "embarazo",
            "congenito", "congenita",
        "neonatal", "recien", "vacuna", "exposicion", "envenenamiento",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>True for such a code.</summary>
    public static bool Is(Icd10Code code) =>
        code.Code[0] is 'V' or 'W' or 'X' or 'Y' or 'Z' or 'O' or 'P' or 'Q'
        || Array.Exists(Signs, sign => code.EnglishTitle.Contains(sign, StringComparison.OrdinalIgnoreCase));

    /// <summary>True for a word by which a search says that such a code is meant.</summary>
    public static bool Names(string word) => Naming.Contains(word);

    /// <summary>How little a code names a disease in particular: 0 when it does, most for the unspecified kind of a category.</summary>
    public static double Unspecific(Icd10Code code) => (code.EnglishTitle, code.Code.Length) switch
    {
        var (title, length) when title.Contains("nspecified", StringComparison.Ordinal) => length > 3 ? 0.7 : 0.4,
        var (title, _) when title.StartsWith("Other", StringComparison.Ordinal) => 0.4,
        _ => 0,
    };
}
