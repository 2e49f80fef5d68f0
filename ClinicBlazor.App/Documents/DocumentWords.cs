using ClinicBlazor.App.Shared;
using ClinicBlazor.Domain.Documents;
using Microsoft.Extensions.Localization;

namespace ClinicBlazor.App.Documents;

/// <summary>What is said of documents: what they are, how long, and where they stand.</summary>
internal static class DocumentWords
{
    /// <summary>What a file input offers first. It decides nothing: what a file is, its content says.</summary>
    public const string Accepted = ".pdf,.jpg,.jpeg,.png,.txt,application/pdf,image/jpeg,image/png,text/plain";

    /// <summary>What a camera is asked for; a phone that keeps its photos in another format turns them into one of these.</summary>
    public const string Pictures = "image/jpeg,image/png";

    private const int Kilobyte = 1024;
    private const int Megabyte = 1024 * Kilobyte;

    /// <summary>The largest file, in megabytes.</summary>
    public const int MostMegabytes = (int)(DocumentService.MostBytes / Megabyte);

    /// <summary>That a file is too large.</summary>
    public static string TooLarge(IStringLocalizer<DocumentsText> text) =>
        text["This file is larger than {0} MB. Choose a smaller one.", MostMegabytes];

    /// <summary>What a document is.</summary>
    public static string Kind(DocumentFormat format, IStringLocalizer<DocumentsText> text) => format switch
    {
        DocumentFormat.Pdf => text["PDF"],
        DocumentFormat.Jpeg or DocumentFormat.Png => text["Picture"],
        DocumentFormat.PlainText => text["Text"],
    };

    /// <summary>How long it is, in the unit that people use.</summary>
    public static string Size(long bytes, IStringLocalizer<DocumentsText> text) => bytes switch
    {
        1 => text["1 byte"],
        < Kilobyte => text["{0} bytes", bytes],
        < Megabyte => text["{0} KB", (bytes + Kilobyte - 1) / Kilobyte],
        _ => text["{0:0.#} MB", (double)bytes / Megabyte],
    };

    /// <summary>Where it stands; null for one that can be opened, of which there is nothing to say.</summary>
    public static (string Icon, Tone Tone, string Text)? Mark(DocumentRow row, IStringLocalizer<DocumentsText> text) => row switch
    {
        { EnteredInError: not null } => ("x", Tone.Off, text["Entered in error"]),
        { State: DocumentState.Quarantined } => ("clock", Tone.Warn, text["Being checked for viruses"]),
        { State: DocumentState.Infected } => ("stop", Tone.Danger, text["Removed: a virus was found"]),
        _ => null,
    };

    /// <summary>True when it can be opened. What was entered in error is listed for those alone who may open it.</summary>
    public static bool IsOpen(DocumentRow row) => row.State == DocumentState.Available;

    /// <summary>Name of the icon that stands where there is no small picture.</summary>
    public static string Icon(DocumentFormat format) => format is DocumentFormat.Jpeg or DocumentFormat.Png ? "photo" : "doc";
}
