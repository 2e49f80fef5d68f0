using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Input;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Protection;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Domain.Visits;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Documents;

/// <summary>
/// Documents of patients' charts: listed, opened, marked as entered in error; and what a patient adds while describing a problem,
/// which is the patient's alone until it is sent.
/// </summary>
public sealed class DocumentService(
    ClinicGate gate, DocumentAdder adder, DocumentReader reader, FieldProtector protector, TimeProvider time)
{
    /// <summary>The longest content of a document, in bytes.</summary>
    public const long MostBytes = 16 * 1024 * 1024;

    /// <summary>The longest name of a file, in characters.</summary>
    public const int LongestFileName = 255;

    /// <summary>The longest reason for an error, in characters.</summary>
    public const int LongestReason = 500;

    private const int PageSize = 25;

    private static readonly Message NotScanned = new("This file has not been looked through for viruses yet. Try again in a few minutes.");
    private static readonly Message HeldAVirus = new("This file held a virus. It was taken away and cannot be opened.");

    /// <summary>
    /// Adds a file: what <paramref name="content"/> gives is counted and sealed while it comes, looked into, and kept when it is one of
    /// the kinds that are taken. <see cref="ErrorKind.Invalid"/> with a message for <c>File</c> when it is not, and nothing of it is
    /// left then; so it is when the stream itself throws, which the caller is told.
    /// </summary>
    public Task<Result<DocumentRow>> AddAsync(Actor actor, NewDocument what, Stream content, CancellationToken ct) =>
        adder.AddAsync(actor, what, content, ct);

    /// <summary>All documents of a record, the newest first; those entered in error are left out.</summary>
    public Task<Result<IReadOnlyList<DocumentRow>>> ListOfRecordAsync(Actor actor, Guid recordId, CancellationToken ct)
    {
        var request = new AccessRequest(Permission.DocumentRead, AuditAct.DocumentsListed) { RecordId = recordId };
        return gate.RunAsync<IReadOnlyList<DocumentRow>>(actor, request, async (db, trace) =>
        {
            trace.PatientId = await db.Set<MedicalRecord>().Where(row => row.Id == recordId).Select(row => (Guid?)row.PatientId)
                .SingleOrDefaultAsync(ct);
            return trace.PatientId is null ? Error.NotFound
                : Result.Of(await ListAsync(db, actor, row => row.Where(document => document.RecordId == recordId), ct));
        }, ct);
    }

    /// <summary>All documents of a visit, the newest first; those entered in error are left out.</summary>
    public Task<Result<IReadOnlyList<DocumentRow>>> ListOfVisitAsync(Actor actor, Guid visitId, CancellationToken ct)
    {
        var request = new AccessRequest(Permission.DocumentRead, AuditAct.DocumentsListed) { VisitId = visitId };
        return gate.RunAsync<IReadOnlyList<DocumentRow>>(actor, request, async (db, trace) =>
        {
            trace.PatientId = await db.Set<Visit>().Where(row => row.Id == visitId).Select(row => (Guid?)row.PatientId)
                .SingleOrDefaultAsync(ct);
            return trace.PatientId is null ? Error.NotFound
                : Result.Of(await ListAsync(db, actor, row => row.Where(document => document.VisitId == visitId), ct));
        }, ct);
    }

    /// <summary>
    /// Documents of a whole chart, the newest first; those entered in error are among them where <paramref name="withErrors"/> is asked
    /// for, which needs the permission to find them again.
    /// </summary>
    public Task<Result<Page<DocumentRow>>> ListAsync(Actor actor, Guid patientId, string? after, bool withErrors, CancellationToken ct)
    {
        var request = new AccessRequest(withErrors ? Permission.RecordErrorsRead : Permission.DocumentRead, AuditAct.DocumentsListed)
        {
            PatientId = patientId,
        };
        return gate.RunAsync<Page<DocumentRow>>(actor, request, async db =>
        {
            if (!await db.Set<Patient>().AnyAsync(patient => patient.Id == patientId, ct))
            {
                return Error.NotFound;
            }

            var documents = db.Set<Document>().Where(row => row.PatientId == patientId).ShownTo(db, actor).Sent();
            documents = withErrors ? documents : documents.Where(row => row.ErrorAt == null);
            documents = Guid.TryParse(after, out var last) ? documents.Where(row => row.Id < last) : documents;
            var found = await documents.OrderByDescending(row => row.Id).Take(PageSize + 1).ToListAsync(ct);
            return new Page<DocumentRow>(await reader.RowsAsync(db, actor, [.. found.Take(PageSize)], ct),
                found.Count > PageSize ? found[PageSize - 1].Id.ToString() : null);
        }, ct);
    }

    /// <summary>What the actor, a patient, has added while describing a problem and not sent yet.</summary>
    public Task<Result<IReadOnlyList<DocumentRow>>> ListUnattachedAsync(Actor actor, CancellationToken ct)
    {
        var request = new AccessRequest(Permission.RecordDescribe, AuditAct.DocumentsListed) { PatientId = actor.PatientId };
        return gate.RunAsync<IReadOnlyList<DocumentRow>>(actor, request,
            async db => Result.Of(await reader.ListAsync(db, actor, db.Set<Document>().UnsentBy(actor), ct)), ct);
    }

    /// <summary>
    /// Takes back what the actor, a patient, has added while describing and not sent yet: it is hidden from then on, and not deleted.
    /// </summary>
    public Task<Result<Done>> DiscardAsync(Actor actor, Guid documentId, CancellationToken ct)
    {
        var request = new AccessRequest(Permission.RecordDescribe, AuditAct.DocumentDiscarded)
        {
            DocumentId = documentId, Sent = documentId,
        };
        return gate.RunAsync<Done>(actor, request, async (db, trace) =>
        {
            if (await db.Set<Document>().AsTracking().UnsentBy(actor).SingleOrDefaultAsync(row => row.Id == documentId, ct) is not { } row)
            {
                return Error.NotFound;
            }

            trace.PatientId = row.PatientId;
            row.Discard(time.Now());
            return Done.Instance;
        }, ct);
    }

    /// <summary>
    /// Opens a document; <see cref="ErrorKind.NotFound"/> when missing or not the actor's to see, <see cref="ErrorKind.Invalid"/> with
    /// a message for <c>File</c> while it waits to be looked through for viruses, and when it held one.
    /// </summary>
    public Task<Result<DocumentContent>> OpenAsync(Actor actor, Guid documentId, CancellationToken ct) =>
        OpenAsync(actor, documentId, AuditAct.DocumentRead, thumbnail: false, ct);

    /// <summary>Opens the small picture of a document; answers as above, and like one that is missing where there is none.</summary>
    public Task<Result<DocumentContent>> OpenThumbnailAsync(Actor actor, Guid documentId, CancellationToken ct) =>
        OpenAsync(actor, documentId, AuditAct.DocumentPreviewed, thumbnail: true, ct);

    /// <summary>
    /// Hides a document that was entered in error. The document and the reason stay. <see cref="ErrorKind.Conflict"/> when it was
    /// marked already.
    /// </summary>
    public Task<Result<Done>> MarkInErrorAsync(Actor actor, Guid documentId, string reason, CancellationToken ct)
    {
        var request = new AccessRequest(Permission.DocumentMarkError, AuditAct.DocumentMarkedInError)
        {
            DocumentId = documentId, Sent = new { documentId, reason },
        };
        return gate.RunAsync<Done>(actor, request, async (db, trace) =>
        {
            var row = await db.Set<Document>().AsTracking().ShownTo(db, actor).SingleOrDefaultAsync(row => row.Id == documentId, ct);
            if (row is null)
            {
                return Error.NotFound;
            }

            (trace.PatientId, trace.RecordId, trace.VisitId) = (row.PatientId, row.RecordId, row.VisitId);
            var clean = InputRules.Clean(reason);
            var findings = new Findings().Text(clean, "Reason", LongestReason, "Say why the document was entered in error.");
            if (!findings.IsEmpty)
            {
                return findings.Error;
            }

            if (row.ErrorAt is not null)
            {
                return Error.Conflict;
            }

            row.MarkInError(protector.Seal(clean, FieldPlace.Of(row, nameof(Document.ErrorReason))), actor.AccountId!.Value, time.Now());
            return Done.Instance;
        }, ct);
    }

    private Task<IReadOnlyList<DocumentRow>> ListAsync(ClinicDbContext db, Actor actor, Func<IQueryable<Document>, IQueryable<Document>> of,
        CancellationToken ct) =>
        reader.ListAsync(db, actor, of(db.Set<Document>()).Where(row => row.ErrorAt == null).ShownTo(db, actor), ct);

    private async Task<Result<DocumentContent>> OpenAsync(Actor actor, Guid documentId, AuditAct act, bool thumbnail, CancellationToken ct)
    {
        DocumentContent? opened = null;
        try
        {
            var request = new AccessRequest(Permission.DocumentRead, act) { DocumentId = documentId };
            var result = await gate.RunAsync<DocumentContent>(actor, request, async (db, trace) =>
            {
                var row = await db.Set<Document>().ShownTo(db, actor).SingleOrDefaultAsync(row => row.Id == documentId, ct);
                if (row is null || (row.ErrorAt is not null && !actor.May(Permission.RecordErrorsRead)) || (thumbnail && !row.HasThumbnail))
                {
                    return Error.NotFound;
                }

                (trace.PatientId, trace.RecordId, trace.VisitId) = (row.PatientId, row.RecordId, row.VisitId);
                if (row.State != DocumentState.Available)
                {
                    trace.SaveRefusal = true;
                    return Error.Invalid(DocumentIntake.Field, row.State == DocumentState.Infected ? HeldAVirus : NotScanned);
                }

                return opened = await reader.OpenAsync(row, thumbnail, ct);
            }, ct);
            opened = result.IsSuccess ? null : opened;
            return result;
        }
        finally
        {
            // Whoever is not answered must not leave the file open.
            if (opened is not null)
            {
                await opened.DisposeAsync();
            }
        }
    }
}
