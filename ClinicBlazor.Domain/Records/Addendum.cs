using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Protection;

namespace ClinicBlazor.Domain.Records;

/// <summary>
/// What a doctor adds to a signed record, signed itself. Rows are only ever added; the database refuses anything else,
/// and an addendum to a record that is not signed.
/// </summary>
internal sealed class Addendum : IClinical, ISealedRow
{
    /// <summary>Id.</summary>
    public required Guid Id { get; init; }

    /// <inheritdoc/>
    public required Guid PatientId { get; init; }

    RowOwner ISealedRow.Owner => OwnerOf(PatientId, RecordId);

    /// <summary>The record that it belongs to.</summary>
    public required Guid RecordId { get; init; }

    /// <summary>1 for the first under the record, counted up.</summary>
    public required int Number { get; init; }

    /// <summary>The doctor.</summary>
    public required Guid AuthorId { get; init; }

    /// <summary>The doctor's name as it stood when this was signed; an addendum of the first form kept none.</summary>
    public SealedText? AuthorName { get; init; }

    /// <summary>The text.</summary>
    public required SealedText Text { get; init; }

    /// <summary>When it was added.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>With which key it was signed.</summary>
    public required Guid KeyId { get; init; }

    /// <summary>Which form of the addendum was signed (<see cref="AddendumSigner"/>).</summary>
    public int Form { get; init; } = AddendumSigner.First;

    /// <summary>The author's signature, 64 bytes (IEEE P1363).</summary>
    public byte[] Signature { get; private set; } = [];

    /// <summary>Whose an addendum is, and under which record.</summary>
    public static RowOwner OwnerOf(Guid patientId, Guid recordId) => new(patientId, recordId);

    /// <summary>Puts the signature in.</summary>
    public void Sign(byte[] value) => Signature = value;
}
