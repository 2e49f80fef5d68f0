using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Protection;

namespace ClinicBlazor.Domain.Documents;

/// <summary>
/// A file of a patient's chart (FHIR DocumentReference). Its content lies in the <see cref="DocumentVault"/>, under its id and with
/// a key of its own. What it is never changes, and the database refuses it too.
/// </summary>
internal sealed class Document : IClinical, ISealedRow
{
    /// <summary>How many documents a record or a visit holds at most; the database holds that.</summary>
    public const int MostTogether = 50;

    /// <summary>Id; the name of its file too.</summary>
    public required Guid Id { get; init; }

    /// <inheritdoc/>
    public required Guid PatientId { get; init; }

    /// <summary>Who added it.</summary>
    public required Guid AddedById { get; init; }

    /// <summary>True when the patient did.</summary>
    public required bool ByPatient { get; init; }

    /// <summary>
    /// 1 for the first in the chart, counted up, the patient's own apart from those of the staff. Only one can be the next, so that
    /// of two that are added at once the second is counted anew.
    /// </summary>
    public required int Number { get; init; }

    /// <summary>When it was added.</summary>
    public required DateTimeOffset AddedAt { get; init; }

    /// <summary>What its owner called it.</summary>
    public required SealedText FileName { get; init; }

    /// <summary>The key of its files: 32 bytes in base64.</summary>
    public required SealedText Key { get; init; }

    /// <summary>What it is.</summary>
    public required DocumentFormat Format { get; init; }

    /// <summary>How long its content is.</summary>
    public required long Bytes { get; init; }

    /// <summary>True when a small picture of it was made.</summary>
    public required bool HasThumbnail { get; init; }

    /// <summary>Whether it can be opened.</summary>
    public required DocumentState State { get; set; }

    /// <summary>When it was looked through for viruses; null when it was not.</summary>
    public DateTimeOffset? ScannedAt { get; private set; }

    /// <summary>The record that it belongs to; null for none.</summary>
    public Guid? RecordId { get; private set; }

    /// <summary>1 for the first of that record, up to <see cref="MostTogether"/>.</summary>
    public int? RecordNumber { get; private set; }

    /// <summary>The visit that it belongs to; null for none.</summary>
    public Guid? VisitId { get; init; }

    /// <summary>1 for the first of that visit, up to <see cref="MostTogether"/>.</summary>
    public int? VisitNumber { get; init; }

    /// <summary>When the patient took it back before it was sent.</summary>
    public DateTimeOffset? DiscardedAt { get; private set; }

    /// <summary>When it was marked as entered in error.</summary>
    public DateTimeOffset? ErrorAt { get; private set; }

    /// <summary>By whom.</summary>
    public Guid? ErrorById { get; private set; }

    /// <summary>Why.</summary>
    public SealedText? ErrorReason { get; private set; }

    /// <summary>Row version.</summary>
    public Guid Version { get; private set; } = Guid.CreateVersion7();

    RowOwner ISealedRow.Owner => OwnerOf(PatientId);

    /// <summary>Whose a document is.</summary>
    public static RowOwner OwnerOf(Guid patientId) => new(patientId);

    /// <summary>Puts it under a record, as its document of that number.</summary>
    public void AttachTo(Guid recordId, int number) => (RecordId, RecordNumber, Version) = (recordId, number, Guid.CreateVersion7());

    /// <summary>It was looked through for viruses.</summary>
    public void Scanned(bool isClean, DateTimeOffset now) =>
        (State, ScannedAt, Version) = (isClean ? DocumentState.Available : DocumentState.Infected, now, Guid.CreateVersion7());

    /// <summary>The patient took it back.</summary>
    public void Discard(DateTimeOffset now) => (DiscardedAt, Version) = (now, Guid.CreateVersion7());

    /// <summary>Hides it; the reason stays with it.</summary>
    public void MarkInError(SealedText reason, Guid by, DateTimeOffset now) =>
        (ErrorReason, ErrorById, ErrorAt, Version) = (reason, by, now, Guid.CreateVersion7());
}
