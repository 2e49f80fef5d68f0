namespace ClinicBlazor.Domain;

/// <summary>One text of an operation's input, as somebody typed it.</summary>
/// <param name="Field">Name of the input's property, beside which a refusal is shown.</param>
/// <param name="Text">The text; null when there is none.</param>
/// <param name="IsProse">True for clinical text, which is kept as it is; false where program code makes no sense.</param>
internal readonly record struct Typed(string Field, string? Text, bool IsProse)
{
    /// <summary>The one answer to what looks like an attack.</summary>
    public static readonly Message Refusal = "This looks like program code, which does not belong here. Write it in plain words.";

    /// <summary>A name, address, code, search or the like: what looks like an attack is refused.</summary>
    public static Typed Plain(string field, string? text) => new(field, text, IsProse: false);

    /// <summary>Clinical text: what looks like an attack is kept, and told.</summary>
    public static Typed Prose(string field, string? text) => new(field, text, IsProse: true);
}
