using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Documents.Content;
using ClinicBlazor.Domain.Protection;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Documents;

/// <summary>
/// Adds documents: asks first, so that nothing is taken in that would be refused anyway; takes the file in outside of any
/// transaction, however long it comes; and makes its row and its audit entry one. Where that fails, the file goes again.
/// </summary>
public sealed class DocumentAdder(
    ClinicGate gate, DocumentIntake intake, DocumentPlaces places, DocumentReader reader, DocumentVault vault, FieldProtector protector,
    IVirusScanner scanner, TimeProvider time)
{
    private static readonly Message NoName = new("Give the file a name.");
    private static readonly Message LongName = new("Use a file name of at most {0} characters.", DocumentService.LongestFileName);

    /// <summary>Adds a file, as <see cref="DocumentService.AddAsync"/> says.</summary>
    internal async Task<Result<DocumentRow>> AddAsync(Actor actor, NewDocument what, Stream content, CancellationToken ct)
    {
        var named = what with { FileName = FileNames.Clean(what.FileName) };
        if ((await AskAsync(actor, named, ct)).Error is { } refused)
        {
            return refused;
        }

        var file = new VaultFile(time.NewId(), what.PatientId);
        var taken = await intake.TakeAsync(file, actor.AccountId!.Value, named.FileName, content, ct);
        if (taken.Error is { } unfit)
        {
            return await RefuseAsync(actor, named, unfit, ct);
        }

        // The file is kept: whoever goes away now leaves it with its row, and never without. Where an exception leaves it open whether
        // the row is there, the file stays: one without a row is swept away later.
        var added = await StoreAsync(actor, named, taken.Value, CancellationToken.None);
        if (!added.IsSuccess || added.Value != file.Id)
        {
            vault.Delete(file.Id);
        }
        else if (named.Description is not null)
        {
            await FollowAsync(actor, named, file.Id, CancellationToken.None);
        }

        return added.Error is { } error ? error : await FindAsync(actor, named, added.Value, ct);
    }

    private static AccessRequest RequestOf(NewDocument what, AuditAct act) => new(Permission.DocumentAdd, act)
    {
        PatientId = what.PatientId, RecordId = what.RecordId, VisitId = what.VisitId,
    };

    // A refusal for want of a right is an entry; that it may begin is none yet.
    private Task<Result<DocumentPlace>> AskAsync(Actor actor, NewDocument what, CancellationToken ct) =>
        gate.RunAsync<DocumentPlace>(actor, RequestOf(what, AuditAct.DocumentAdded), async (db, trace) =>
        {
            var place = await places.FindAsync(db, actor, what, ct);
            var name = what.FileName.Length switch
            {
                0 => Error.Invalid(DocumentIntake.Field, NoName),
                > DocumentService.LongestFileName => Error.Invalid(DocumentIntake.Field, LongName),
                _ => null,
            };
            trace.GoesOn = true;
            return Told(place.Error ?? name, trace) is { } refused ? refused : place;
        }, ct);

    private async Task<Error> RefuseAsync(Actor actor, NewDocument what, Error error, CancellationToken ct) =>
        (await gate.RunAsync<DocumentPlace>(actor, RequestOf(what, AuditAct.DocumentRefused),
            (_, trace) => Task.FromResult<Result<DocumentPlace>>(Told(error, trace)!), ct)).Error!;

    // What is wrong with a file is told to its sender, and is an entry all the same.
    private static Error? Told(Error? error, AuditTrace trace)
    {
        if (error is { Kind: ErrorKind.Invalid })
        {
            (trace.Act, trace.SaveRefusal) = (AuditAct.DocumentRefused, true);
        }

        return error;
    }

    private Task<Result<Guid>> StoreAsync(Actor actor, NewDocument what, TakenFile taken, CancellationToken ct)
    {
        var request = RequestOf(what, AuditAct.DocumentAdded) with { Sent = new { what.FileName, taken.Digest } };
        return gate.RunAsync<Guid>(actor, request, async (db, trace) =>
        {
            var recordId = what.RecordId ?? await UnsentDocuments.RecordOfAsync(db, actor, what, ct);
            var place = await places.FindAsync(db, actor, what with { RecordId = recordId }, ct);
            if (Told(place.Error, trace) is { } refused)
            {
                return refused;
            }

            (trace.DocumentId, trace.RecordId) = (taken.Id, recordId);
            var document = new Document
            {
                Id = taken.Id,
                PatientId = what.PatientId,
                AddedById = actor.AccountId!.Value,
                ByPatient = DocumentPlaces.IsPatients(actor, what.PatientId),
                Number = place.Value.Number,
                AddedAt = time.Now(),
                FileName = protector.Seal(what.FileName, PlaceOf(nameof(Document.FileName))),
                Key = protector.Seal(Convert.ToBase64String(taken.Key), PlaceOf(nameof(Document.Key))),
                Format = taken.Format,
                Bytes = taken.Bytes,
                HasThumbnail = taken.HasThumbnail,
                State = scanner.IsOn ? DocumentState.Quarantined : DocumentState.Available,
                VisitId = what.VisitId,
                VisitNumber = place.Value.InVisit,
            };
            if (recordId is { } of)
            {
                document.AttachTo(of, place.Value.InRecord!.Value);
            }

            db.Set<Document>().Add(document);
            return taken.Id;

            FieldPlace PlaceOf(string column) => FieldPlace.Of<Document>(taken.Id, Document.OwnerOf(what.PatientId), column);
        }, ct, retry: true);
    }

    // Its description may have been sent between the look for it and the save of the document.
    private Task<Result<Done>> FollowAsync(Actor actor, NewDocument what, Guid id, CancellationToken ct)
    {
        var request = new AccessRequest(Permission.DocumentAdd, AuditAct.DocumentAttached)
        {
            PatientId = what.PatientId, DocumentId = id, Repeatable = true,
        };
        return gate.RunAsync<Done>(actor, request, async (db, trace) =>
        {
            (trace.GoesOn, trace.RecordId) = (true, await UnsentDocuments.RecordOfAsync(db, actor, what, ct));
            if (trace.RecordId is { } recordId)
            {
                await UnsentDocuments.AttachAsync(db, trace, db.Set<Document>().UnsentBy(actor).Where(row => row.Id == id), recordId, ct);
            }

            return Done.Instance;
        }, ct, retry: true);
    }

    // What was added has its entry; what its sender is shown of it is no further one.
    private Task<Result<DocumentRow>> FindAsync(Actor actor, NewDocument what, Guid id, CancellationToken ct) =>
        gate.RunAsync<DocumentRow>(actor, RequestOf(what, AuditAct.DocumentAdded), async (db, trace) =>
        {
            trace.GoesOn = true;
            return await db.Set<Document>().SingleOrDefaultAsync(row => row.Id == id, ct) is { } row
                ? (await reader.RowsAsync(db, actor, [row], ct))[0] : Error.NotFound;
        }, ct);
}
