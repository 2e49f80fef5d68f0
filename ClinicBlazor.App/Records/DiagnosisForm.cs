using ClinicBlazor.Domain.Records;

namespace ClinicBlazor.App.Records;

/// <summary>What stands in the form of a diagnosis, and of which version of the record it is a change.</summary>
internal sealed class DiagnosisForm(Icd10Catalog catalog)
{
    // What the form held when it last was the record's own text.
    private DiagnosisInput? _baseline;

    public string Text { get; set; } = "";

    public Icd10Match? Code { get; set; }

    public Certainty? Certainty { get; set; }

    /// <summary>The version of the record that the form is a change of.</summary>
    public Guid BasedOn { get; private set; }

    /// <summary>All of it, as it is saved.</summary>
    public DiagnosisInput Typed => new(Text, Code?.Code.Code, Certainty, BasedOn);

    /// <summary>True when it is not the record's own text.</summary>
    public bool IsChanged => Typed with { BasedOn = default } != _baseline;

    /// <summary>Takes the record's own text into the form.</summary>
    public void Adopt(RecordDetails record)
    {
        Rebase(record);
        (Text, Certainty) = (_baseline!.Text, _baseline.Certainty);
        Code = MatchOrNull(_baseline.Code);
    }

    /// <summary>From here on the form counts as a change of the record as it is now.</summary>
    public void Rebase(RecordDetails record)
    {
        _baseline = new DiagnosisInput(record.Diagnosis?.Text ?? "", record.Diagnosis?.Code, record.Diagnosis?.Certainty, default);
        BasedOn = record.Version;
    }

    /// <summary>Takes over what a draft holds, a change of the version that it was typed upon.</summary>
    public void Restore(DiagnosisInput draft)
    {
        (Text, Certainty, BasedOn) = (draft.Text, draft.Certainty, draft.BasedOn);
        Code = MatchOrNull(draft.Code);
    }

    /// <summary>Goes on with both texts, one below the other.</summary>
    public void Merge(RecordDetails record)
    {
        var (text, code, certainty) = (Text, Code, Certainty);
        Adopt(record);
        Text = $"{Text}\n\n{text}".Trim();
        (Code, Certainty) = (code ?? Code, certainty ?? Certainty);
    }

    /// <summary>What was saved is the record's own text from here on; what was typed meanwhile is a change of it.</summary>
    public void Stored(DiagnosisInput input) => _baseline = input with { BasedOn = default };

    /// <summary>Lets go of every word.</summary>
    public void Clear() => (Text, Code, Certainty, _baseline) = ("", null, null, null);

    /// <summary>A code that is not in the list stays as it was typed; the answer to saving it says so.</summary>
    public Icd10Match MatchOf(string text) => new(catalog.Find(text) ?? new Icd10Code(text, "", ""), Synonym: null);

    private Icd10Match? MatchOrNull(string? code) => code is null ? null : MatchOf(code);
}
