using System.Text.Json.Serialization;

namespace ClinicBlazor.Domain.Records;

/// <summary>What is wrong, as it is told.</summary>
/// <param name="Symptoms">The words, verbatim; at most 8,000 characters.</param>
/// <param name="Onset">Since when; words of at most 200 characters.</param>
/// <param name="Severity">How strong, 0 to 10.</param>
/// <param name="ModifyingFactors">What makes it better or worse; at most 2,000 characters.</param>
public sealed record ProblemDescription(string Symptoms, Onset? Onset = null, int? Severity = null, string? ModifyingFactors = null)
{
    /// <summary>
    /// When the draft was saved that this comes from, as its window knows it; null where there was none. It is no part of what
    /// is told: the same words that arrive again are the same.
    /// </summary>
    [JsonIgnore]
    public DateTimeOffset? Draft { get; init; }

    /// <summary>The description as it would be stored, or everything that is wrong with it; nothing is written.</summary>
    public Result<ProblemDescription> Check() => RecordInput.Check(this);
}

/// <summary>A doctor's diagnosis.</summary>
/// <param name="Text">Free text; at most 8,000 characters.</param>
/// <param name="Code">ICD-10 code from the catalogue; optional.</param>
/// <param name="Certainty">How sure.</param>
/// <param name="BasedOn">Version of the record that the doctor was looking at.</param>
public sealed record DiagnosisInput(string Text, string? Code, Certainty? Certainty, Guid BasedOn);

/// <summary>A line in a list of records.</summary>
/// <param name="Id">Id.</param>
/// <param name="PatientId">Whose.</param>
/// <param name="PatientName">Name of the patient.</param>
/// <param name="PatientNumber">Number of the patient.</param>
/// <param name="CreatedAt">When it was sent.</param>
/// <param name="OnBehalf">True when a doctor wrote it.</param>
/// <param name="Phase">Where it stands, its signatures checked while it was read.</param>
/// <param name="Symptoms">The beginning of the words; empty when they cannot be shown.</param>
/// <param name="Diagnosis">The beginning of the doctor's text; null while there is none, and where its signature does not hold.</param>
/// <param name="Code">ICD-10 code.</param>
public sealed record RecordRow(
    Guid Id, Guid PatientId, string PatientName, int PatientNumber, DateTimeOffset CreatedAt, bool OnBehalf, RecordPhase Phase,
    string Symptoms, string? Diagnosis, string? Code);

/// <summary>One version of the clinician's text.</summary>
/// <param name="Revision">1 for the first.</param>
/// <param name="Code">ICD-10 code.</param>
/// <param name="CodeTitle">Its title.</param>
/// <param name="Text">Free text.</param>
/// <param name="Certainty">How sure.</param>
/// <param name="AuthorName">The doctor.</param>
/// <param name="RecordedAt">When it was saved.</param>
public sealed record DiagnosisVersion(
    int Revision, string? Code, string? CodeTitle, string Text, Certainty Certainty, string AuthorName, DateTimeOffset RecordedAt);

/// <summary>A signature under a record, checked while it was read.</summary>
/// <param name="SignerName">Who signed.</param>
/// <param name="SignedAt">When.</param>
/// <param name="IsValid">False when a stored byte was changed since.</param>
public sealed record SignatureState(string SignerName, DateTimeOffset SignedAt, bool IsValid);

/// <summary>What was added to a signed record, its signature checked while it was read.</summary>
/// <param name="Number">1 for the first.</param>
/// <param name="AuthorName">The doctor, who signed it.</param>
/// <param name="RecordedAt">When.</param>
/// <param name="Text">The text.</param>
/// <param name="IsValid">False when a stored byte was changed since.</param>
public sealed record AddendumState(int Number, string AuthorName, DateTimeOffset RecordedAt, string Text, bool IsValid);

/// <summary>The visit to which a record belongs.</summary>
/// <param name="Id">Id.</param>
/// <param name="ArrivedAt">When the patient arrived.</param>
public sealed record RecordVisit(Guid Id, DateTimeOffset ArrivedAt);

/// <summary>A whole record.</summary>
/// <param name="Id">Id.</param>
/// <param name="PatientId">Whose.</param>
/// <param name="AuthorName">Who wrote it.</param>
/// <param name="OnBehalf">True when a doctor wrote it for the patient.</param>
/// <param name="Description">What was told.</param>
/// <param name="CreatedAt">When it was sent.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="ErrorReason">Why it was marked as entered in error.</param>
/// <param name="Versions">The clinician's text, newest first.</param>
/// <param name="Signatures">Signatures, oldest first.</param>
/// <param name="Version">Row version, to base a change on.</param>
public sealed record RecordDetails(
    Guid Id, Guid PatientId, string AuthorName, bool OnBehalf, ProblemDescription Description, DateTimeOffset CreatedAt,
        RecordStatus Status,
    string? ErrorReason, IReadOnlyList<DiagnosisVersion> Versions, IReadOnlyList<SignatureState> Signatures, Guid Version)
{
    /// <summary>What was added since the record was signed, in order.</summary>
    public IReadOnlyList<AddendumState> Addenda { get; init; } = [];

    /// <summary>How many addenda the audit trail tells of that are not there.</summary>
    public int AddendaMissing { get; init; }

    /// <summary>The visit in which it was written; null for a problem that was described outside of one.</summary>
    public RecordVisit? Visit { get; init; }

    /// <summary>True when one of the signatures is the reader's own.</summary>
    public bool SignedByReader { get; init; }

    /// <summary>True when the audit trail tells of a signature that is not there.</summary>
    public bool SignatureMissing { get; init; }

    /// <summary>True when the record was ever signed, whatever has become of the signature or of where the record stands.</summary>
    public bool WasSigned => SignatureMissing || Signatures.Count > 0;

    /// <summary>Where it stands, as its signatures prove it.</summary>
    public RecordPhase Phase => RecordPhases.Of(
        Status, [.. Signatures.Select(signature => signature.IsValid)], SignatureMissing, Diagnosis is not null, ErrorReason is not null);

    /// <summary>True while it takes a diagnosis and a signature.</summary>
    public bool IsOpen => Status == RecordStatus.Preliminary && !WasSigned;

    /// <summary>Name and number of the patient, for whoever is asked to sign, and for paper.</summary>
    public string PatientName { get; init; } = "";

    /// <summary>When the patient was born: with name and number it says on paper whose sheet it is.</summary>
    public DateOnly PatientBirthDate { get; init; }

    /// <summary>The diagnosis in force; null while there is none.</summary>
    public DiagnosisVersion? Diagnosis => Versions.Count == 0 ? null : Versions[0];

    /// <summary>
    /// What the patient still reads of a record that was entered in error. What somebody else wrote into it may be about
    /// another person.
    /// </summary>
    internal RecordDetails OwnWordsOnly() => this with
    {
        Description = OnBehalf ? new ProblemDescription("") : Description,
        ErrorReason = null,
        Versions = [],
        Signatures = [],
        Addenda = [],
    };
}
