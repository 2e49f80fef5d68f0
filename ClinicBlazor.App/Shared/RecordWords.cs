using ClinicBlazor.Domain.Records;
using Microsoft.Extensions.Localization;

namespace ClinicBlazor.App.Shared;

/// <summary>How a state is told: always by a glyph, a tone and a word.</summary>
/// <param name="Icon">Name of the glyph.</param>
/// <param name="Tone">What it means.</param>
/// <param name="Word">The word, in the reader's language.</param>
internal readonly record struct StateMark(string Icon, Tone Tone, string Word);

/// <summary>
/// The states of records: one mark and one word for each, on every page, for patients and for staff. No other file of the pages
/// names a state of a record.
/// </summary>
internal static class RecordWords
{
    /// <summary>Where a record stands.</summary>
    public static StateMark Of(RecordPhase phase, Audience audience, IStringLocalizer<SharedText> text) => audience switch
    {
        Audience.Patient => phase switch
        {
            RecordPhase.Waiting => new("clock", Tone.Warn, text["Waiting for an answer"]),
            RecordPhase.Diagnosed => new("pen", Tone.Info, text["Answered, not signed yet"]),
            RecordPhase.Signed => new("signed", Tone.Ok, text["Answered and signed"]),
            RecordPhase.Broken => new("warn", Tone.Danger, text["Answered, signature does not match"]),
            RecordPhase.SignatureMissing => new("warn", Tone.Danger, text["Answered, signature is missing"]),
            RecordPhase.Withdrawn => new("info", Tone.Off, text["Entered in error"]),
            RecordPhase.Unreadable => new("warn", Tone.Danger, text["Cannot be shown"]),
        },
        Audience.Staff => phase switch
        {
            RecordPhase.Waiting => new("clock", Tone.Warn, text["No diagnosis yet"]),
            RecordPhase.Diagnosed => new("preliminary", Tone.Warn, text["Preliminary, not signed"]),
            RecordPhase.Signed => new("signed", Tone.Ok, text["Signed"]),
            RecordPhase.Broken => new("broken", Tone.Danger, text["Signature does not hold"]),
            RecordPhase.SignatureMissing => new("broken", Tone.Danger, text["Signature is missing"]),
            RecordPhase.Withdrawn => new("x", Tone.Off, text["Entered in error"]),
            RecordPhase.Unreadable => new("broken", Tone.Danger, text["Cannot be shown"]),
        },
    };

    /// <summary>Whether the signature of an addendum holds; patients and staff read the same of it.</summary>
    public static StateMark OfAddendum(bool isValid, IStringLocalizer<SharedText> text) =>
        Of(isValid ? RecordPhase.Signed : RecordPhase.Broken, Audience.Staff, text);
}
