using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Records;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Documents;

/// <summary>
/// Puts what a patient has added while describing under the record that comes of it. Both are saved together: no picture stays behind
/// to go along with another problem. One that is stored in the same moment is seen by whichever of the two is saved last, which looks
/// once more.
/// </summary>
internal sealed class UnsentDocuments : IDescriptionFollower
{
    /// <inheritdoc/>
    public Task FollowAsync(ClinicDbContext db, AuditTrace trace, Actor actor, Guid recordId, CancellationToken ct) =>
        AttachAsync(db, trace, db.Set<Document>().UnsentBy(actor), recordId, ct);

    /// <summary>The record that came of the description which a document is added to; null while that is not sent.</summary>
    public static async Task<Guid?> RecordOfAsync(ClinicDbContext db, Actor actor, NewDocument what, CancellationToken ct) =>
        what.Description is { } description && DocumentPlaces.IsPatients(actor, what.PatientId)
            ? await CommandReceipts.AnswerOfAsync(db, actor.AccountId, description, AuditAct.RecordCreated, ct) : null;

    /// <summary>Puts documents that are not sent under a record, as far as it has room.</summary>
    public static async Task AttachAsync(ClinicDbContext db, AuditTrace trace, IQueryable<Document> unsent, Guid recordId,
        CancellationToken ct)
    {
        var last = await DocumentPlaces.LastInRecordAsync(db, recordId, ct);
        var rows = await unsent.AsTracking().OrderBy(row => row.Id).Take(Document.MostTogether - last).ToListAsync(ct);
        for (var i = 0; i < rows.Count; i++)
        {
            rows[i].AttachTo(recordId, last + i + 1);
        }

        if (rows.Count > 0)
        {
            trace.AlsoHappened.Add((AuditAct.DocumentAttached, AuditOutcome.Done));
        }
    }
}
