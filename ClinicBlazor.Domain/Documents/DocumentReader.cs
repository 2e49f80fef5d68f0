using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Protection;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Documents;

/// <summary>Reads documents through a scoped lease, and opens what is sealed in their rows and in their files.</summary>
public sealed class DocumentReader(FieldProtector protector, DocumentVault vault)
{
    /// <summary>The lines of a list, in the order of <paramref name="documents"/>.</summary>
    internal async Task<IReadOnlyList<DocumentRow>> RowsAsync(
        ClinicDbContext db, Actor actor, IReadOnlyList<Document> documents, CancellationToken ct)
    {
        var names = await AccountNames.OfAsync(db, documents.SelectMany(row => (Guid?[])[row.AddedById, row.ErrorById]), ct);
        return [.. documents.Select(row => new DocumentRow(
            row.Id, NameOf(row), row.Format, row.Bytes, row.State, row.AddedAt, names.GetValueOrDefault(row.AddedById, ""), row.ByPatient,
            row.RecordId, row.VisitId, row.HasThumbnail && row.State == DocumentState.Available,
            row.ErrorAt is null && row.PatientId != actor.PatientId && actor.May(Permission.DocumentMarkError))
        {
            EnteredInError = row.ErrorAt is { } at
                ? new DocumentError(at, row.ErrorById is { } by ? names.GetValueOrDefault(by, "") : "",
                    protector.OpenOptional(row.ErrorReason, FieldPlace.Of(row, nameof(Document.ErrorReason))) ?? "")
                : null,
        })];
    }

    /// <summary>What a document is called.</summary>
    internal string NameOf(Document document) => protector.Open(document.FileName, FieldPlace.Of(document, nameof(Document.FileName)));

    /// <summary>
    /// What a document holds, or the small picture of it. The whole is checked first. Throws <see cref="SealBrokenException"/> when a
    /// byte of it is not as it was added.
    /// </summary>
    internal async Task<DocumentContent> OpenAsync(Document document, bool thumbnail, CancellationToken ct)
    {
        var key = Convert.FromBase64String(protector.Open(document.Key, FieldPlace.Of(document, nameof(Document.Key))));
        var plain = await vault.OpenAsync(new VaultFile(document.Id, document.PatientId, thumbnail), key, ct);
        try
        {
            await plain.CheckAsync(ct);
            return new DocumentContent(document.Id, NameOf(document), thumbnail ? PictureIn(plain) : document.Format, plain.Length, plain);
        }
        catch
        {
            await plain.DisposeAsync();
            throw;
        }
    }

    /// <summary>The documents of a list that a record or a visit has as a whole.</summary>
    internal async Task<IReadOnlyList<DocumentRow>> ListAsync(
        ClinicDbContext db, Actor actor, IQueryable<Document> documents, CancellationToken ct) =>
        await RowsAsync(db, actor, await documents.OrderByDescending(row => row.Id).ToListAsync(ct), ct);

    // A PNG begins with the byte 0x89, which no JPEG does (ISO/IEC 15948).
    private static DocumentFormat PictureIn(SealedFileStream plain)
    {
        var first = plain.ReadByte();
        plain.Position = 0;
        return first == 0x89 ? DocumentFormat.Png : DocumentFormat.Jpeg;
    }
}
