using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Records;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Documents;

/// <summary>
/// Puts what a patient has added while describing under the record that comes of it. Both are saved together: no picture stays behind
/// to go along with another problem.
/// </summary>
internal sealed class UnsentDocuments : IDescriptionFollower
{
    /// <inheritdoc/>
    public async Task FollowAsync(ClinicDbContext db, AuditTrace trace, Actor actor, Guid recordId, CancellationToken ct)
    {
        var unsent = await db.Set<Document>().AsTracking().UnsentBy(actor).OrderBy(row => row.Id).ToListAsync(ct);
        for (var i = 0; i < unsent.Count; i++)
        {
            unsent[i].AttachTo(recordId, i + 1);
        }

        if (unsent.Count > 0)
        {
            trace.AlsoHappened.Add((AuditAct.DocumentAttached, AuditOutcome.Done));
        }
    }
}
