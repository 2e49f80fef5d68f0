using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ClinicBlazor.Domain.Patients;

/// <summary>Puts links of patients' accounts in force that nobody has objected to within their time.</summary>
public sealed partial class AccountLinkSweeper(ClinicReadiness readiness, ClinicGate gate, TimeProvider time,
    ILogger<AccountLinkSweeper> log)
    : ClinicBackgroundService(readiness)
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    /// <summary>Decides on all links that are due. Returns how many took effect.</summary>
    public async Task<int> SweepAsync(CancellationToken ct)
    {
        var taken = 0;
        while (await DecideAsync(ct) is { } tookEffect)
        {
            taken += tookEffect ? 1 : 0;
        }

        return taken;
    }

    /// <inheritdoc/>
    protected override Task WorkAsync(CancellationToken ct) => RepeatAsync(Period, () => SweepAsync(ct), LogFault, ct);

    // The link that is due longest: true when it took effect, false when it lapsed, null when none is due.
    private async Task<bool?> DecideAsync(CancellationToken ct)
    {
        bool? tookEffect = null;
        await gate.RunForProgramAsync<Done>(new AccessRequest(Permission.SignIn, AuditAct.AccountLinkCameDue), async (db, trace) =>
        {
            tookEffect = null;
            var now = time.Now();
            var link = await db.Set<AccountLink>().AsTracking()
                .Where(row => row.EndedAt == null && row.InForceAt == null && row.DueAt <= now).OrderBy(row => row.DueAt)
                    .FirstOrDefaultAsync(ct);
            if (link is null)
            {
                return Error.Invalid("Link", "None is due.");
            }

            (trace.PatientId, trace.SubjectId) = (link.PatientId, link.AccountId);
            tookEffect = await AccountLinks.ApplyAsync(db, link, confirmedBy: null, now, ct);
            trace.Outcome = tookEffect.Value ? AuditOutcome.Done : AuditOutcome.Failed;
            return Done.Instance;
        }, ct);
        return tookEffect;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Links of accounts whose time has come could not be looked for")]
    private partial void LogFault(Exception fault);
}
