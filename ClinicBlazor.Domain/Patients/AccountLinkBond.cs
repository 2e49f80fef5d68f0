using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Patients;

/// <summary>
/// A patient's account that is switched off loses its chart, and a link that waits for it: one administrator who switches it
/// on again must not open the chart by that.
/// </summary>
public sealed class AccountLinkBond(TimeProvider time) : AccountBond
{
    /// <inheritdoc/>
    internal override async Task EndAsync(ClinicDbContext db, AuditTrace trace, Account account, Guid by, CancellationToken ct)
    {
        var link = await db.HeldBy<AccountLink>(account.Id).AsTracking().SingleOrDefaultAsync(row => row.EndedAt == null, ct);
        if ((link?.PatientId ?? account.PatientId) is not { } patientId)
        {
            return;
        }

        link?.End(by, time.Now());
        account.Unlink();
        trace.PatientId = patientId;
        trace.AlsoHappened.Add((AuditAct.AccountUnlinked, AuditOutcome.Done));
    }
}
