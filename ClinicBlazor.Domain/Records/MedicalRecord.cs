using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Protection;

namespace ClinicBlazor.Domain.Records;

/// <summary>Where a record stands (FHIR Composition.status).</summary>
public enum RecordStatus
{
    /// <summary>Open for a diagnosis.</summary>
    Preliminary,

    /// <summary>Signed and locked.</summary>
    Final,

    /// <summary>Hidden, with a reason; nothing is deleted.</summary>
    EnteredInError,
}

/// <summary>How sure a diagnosis is (FHIR Condition.verificationStatus).</summary>
public enum Certainty
{
    /// <summary>Likely, not certain yet.</summary>
    Provisional,

    /// <summary>One of several possibilities.</summary>
    Differential,

    /// <summary>Certain.</summary>
    Confirmed,

    /// <summary>Ruled out.</summary>
    Refuted,
}

/// <summary>
/// What is wrong, in the words of who told it, and what a doctor made of it. The words never change; the database
/// refuses it too.
/// </summary>
internal sealed class MedicalRecord : IClinical, ISealedRow
{
    /// <summary>Id.</summary>
    public required Guid Id { get; init; }

    /// <inheritdoc/>
    public required Guid PatientId { get; init; }

    /// <summary>Who wrote it.</summary>
    public required Guid AuthorId { get; init; }

    /// <summary>True when a doctor wrote it for the patient.</summary>
    public required bool OnBehalf { get; init; }

    /// <summary>The words, verbatim.</summary>
    public required SealedText Symptoms { get; init; }

    /// <summary>Since when, as <see cref="Records.Onset"/> stores it.</summary>
    public SealedText? Onset { get; init; }

    /// <summary>Severity, 0 to 10.</summary>
    public int? Severity { get; init; }

    /// <summary>What makes it better or worse.</summary>
    public SealedText? ModifyingFactors { get; init; }

    /// <summary>The visit in which it was written; null for a problem that was described outside of one.</summary>
    public Guid? VisitId { get; init; }

    /// <summary>When it was sent.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Where it stands.</summary>
    public RecordStatus Status { get; private set; } = RecordStatus.Preliminary;

    /// <summary>Why it was marked as entered in error.</summary>
    public SealedText? ErrorReason { get; private set; }

    /// <summary>Row version; a save that was based on another one is refused.</summary>
    public Guid Version { get; private set; } = Guid.CreateVersion7();

    /// <summary>Each diagnosis moves the version on, so that two doctors at once notice each other.</summary>
    public void Diagnosed() => Version = Guid.CreateVersion7();

    /// <summary>Locks the record after a signature.</summary>
    public void Finalise()
    {
        Status = RecordStatus.Final;
        Version = Guid.CreateVersion7();
    }

    /// <summary>Hides the record; the reason stays with it.</summary>
    public void MarkEnteredInError(SealedText reason)
    {
        Status = RecordStatus.EnteredInError;
        ErrorReason = reason;
        Version = Guid.CreateVersion7();
    }

    RowOwner ISealedRow.Owner => new(PatientId);
}

/// <summary>A version of the clinician's text (FHIR Condition). Rows are only ever added; the highest revision counts.</summary>
internal sealed class Diagnosis : IClinical, ISealedRow
{
    /// <summary>Id.</summary>
    public required Guid Id { get; init; }

    /// <inheritdoc/>
    public required Guid PatientId { get; init; }

    /// <summary>The record it belongs to.</summary>
    public required Guid RecordId { get; init; }

    /// <summary>1 for the first text, counted up.</summary>
    public required int Revision { get; init; }

    /// <summary>ICD-10 code.</summary>
    public SealedText? Code { get; init; }

    /// <summary>The doctor's text.</summary>
    public required SealedText Text { get; init; }

    /// <summary>How sure.</summary>
    public required Certainty Certainty { get; init; }

    /// <summary>The doctor.</summary>
    public required Guid AuthorId { get; init; }

    /// <summary>When it was saved.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    RowOwner ISealedRow.Owner => OwnerOf(PatientId, RecordId);

    /// <summary>Whose a diagnosis of a record is: it opens under no other record, of the same patient either.</summary>
    public static RowOwner OwnerOf(Guid patientId, Guid recordId) => new(patientId, recordId);
}

/// <summary>A doctor's signature under a record: ECDSA P-256 with SHA-256 over its canonical form.</summary>
internal sealed class Signature : IClinical, ISealedRow
{
    /// <summary>Id.</summary>
    public required Guid Id { get; init; }

    /// <inheritdoc/>
    public required Guid PatientId { get; init; }

    /// <summary>The record that was signed.</summary>
    public required Guid RecordId { get; init; }

    /// <summary>The diagnosis that was in force.</summary>
    public required Guid DiagnosisId { get; init; }

    /// <summary>Who signed.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>With which key.</summary>
    public required Guid KeyId { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset SignedAt { get; init; }

    /// <summary>Which form of the record was signed (<see cref="SignedForm"/>).</summary>
    public int Form { get; init; } = SignedForm.First;

    /// <summary>The names that stood under the record then, by account, as JSON; a signature of the first form kept none.</summary>
    public SealedText? Names { get; init; }

    /// <summary>The signature, 64 bytes (IEEE P1363).</summary>
    public byte[] Value { get; private set; } = [];

    /// <summary>Puts the signature itself in.</summary>
    public void Sign(byte[] value) => Value = value;

    RowOwner ISealedRow.Owner => OwnerOf(PatientId, RecordId);

    /// <summary>Whose a signature under a record is.</summary>
    public static RowOwner OwnerOf(Guid patientId, Guid recordId) => new(patientId, recordId);
}

/// <summary>The key pair that an account signs with. The private half is sealed.</summary>
internal sealed class SigningKey : ISealedRow
{
    /// <summary>Id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Whose it is.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>Public half (X.509 SubjectPublicKeyInfo, base64), sealed so that nobody can put another one in its place.</summary>
    public required SealedText PublicKey { get; set; }

    /// <summary>Private half (PKCS#8, base64), sealed.</summary>
    public required SealedText PrivateKey { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    RowOwner ISealedRow.Owner => new(AccountId);
}

/// <summary>What somebody is still writing about a patient; theirs alone until it is sent.</summary>
internal sealed class Draft : IClinical, IDiscardable, ISealedRow
{
    /// <summary>Id.</summary>
    public required Guid Id { get; init; }

    /// <inheritdoc/>
    public required Guid PatientId { get; init; }

    /// <summary>Who writes.</summary>
    public required Guid AuthorId { get; init; }

    /// <summary>The form and, where there is one, the record it belongs to.</summary>
    public required string Form { get; init; }

    /// <summary>The answers so far, as JSON, sealed.</summary>
    public required SealedText Body { get; set; }

    /// <summary>When it was saved last; the row version too.</summary>
    public required DateTimeOffset SavedAt { get; set; }

    RowOwner ISealedRow.Owner => OwnerOf(PatientId, AuthorId);

    /// <summary>Whose a draft is: about the patient, and its author's alone.</summary>
    public static RowOwner OwnerOf(Guid patientId, Guid authorId) => new(patientId, authorId);
}
