using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Audit.Anchors;
using ClinicBlazor.Domain.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ClinicBlazor.Domain.Security;

/// <summary>
/// Verifies the whole audit trail once a day without being asked: by night, and by day where no process runs at night. What is wrong
/// is told once, and again when something else is. A verification by anybody, on the page or by another instance, counts for the day.
/// </summary>
internal sealed partial class NightlyVerification(
    ClinicReadiness readiness, ClinicGate gate, AuditVerifier verifier, AuditMac mac, TimeProvider time, ILogger<NightlyVerification> log)
    : ClinicBackgroundService(readiness)
{
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);
    private static readonly TimeSpan Enough = TimeSpan.FromHours(20);
    private static readonly TimeSpan TooLong = TimeSpan.FromHours(28);
    private static readonly (int From, int To) Night = (1, 5);

    private DateTimeOffset verifiedAt = DateTimeOffset.MinValue;
    private IReadOnlyList<AuditBreak> toldBreaks = [];
    private IReadOnlyList<AnchorFinding> toldFindings = [];

    /// <summary>Verifies the trail when that is due; null when it is not.</summary>
    internal async Task<AuditVerification?> VerifyWhenDueAsync(CancellationToken ct) =>
        IsDue(await LastAsync(ct)) ? await VerifyAsync(ct) : null;

    /// <inheritdoc/>
    protected override async Task WorkAsync(CancellationToken ct)
    {
        // A start has enough to do.
        await Task.Delay(Period, time, ct);
        await RepeatAsync(Period, () => VerifyWhenDueAsync(ct), LogFault, ct, time);
    }

    private bool IsDue(DateTimeOffset last)
    {
        var age = time.GetUtcNow() - last;
        return age >= TooLong || (age >= Enough && time.GetLocalNow().Hour >= Night.From && time.GetLocalNow().Hour < Night.To);
    }

    // What the trail says of itself is believed by its MAC alone: whoever has changed it could else write that it was looked at.
    private async Task<DateTimeOffset> LastAsync(CancellationToken ct)
    {
        var entries = (await gate.RunForProgramAsync<IReadOnlyList<AuditEntry>>(
            new AccessRequest(Permission.SignIn, AuditAct.AuditVerified), async (db, trace) =>
        {
            trace.GoesOn = true;
            var first = UtcTime.FirstIdAt(time.GetUtcNow() - TooLong);
            return Result.Of<IReadOnlyList<AuditEntry>>(await db.Set<AuditEntry>()
                .Where(entry => entry.Act == AuditAct.AuditVerified && entry.Id >= first).OrderByDescending(entry => entry.Id).Take(1)
                .ToListAsync(ct));
        }, ct)).Value;
        return entries is [var newest] && mac.IsGenuine(newest, []) && newest.At > verifiedAt ? newest.At : verifiedAt;
    }

    private async Task<AuditVerification> VerifyAsync(CancellationToken ct)
    {
        var found = (await gate.RunForProgramAsync<AuditVerification>(
            new AccessRequest(Permission.SignIn, AuditAct.AuditVerified), async (db, trace) =>
        {
            var verification = await verifier.VerifyAsync(db, progress: null, ct);
            trace.GoesOn = !verification.IsIntact && IsTold(verification);
            trace.Outcome = verification.IsIntact || trace.GoesOn ? AuditOutcome.Done : AuditOutcome.Failed;
            return verification;
        }, ct)).Value;
        if (!found.IsIntact && !IsTold(found))
        {
            LogBroken(found.Findings);
        }

        (verifiedAt, toldBreaks, toldFindings) = (found.VerifiedAt, found.Breaks, found.Anchors.Findings);
        return found;
    }

    private bool IsTold(AuditVerification found) =>
        found.Breaks.SequenceEqual(toldBreaks) && found.Anchors.Findings.SequenceEqual(toldFindings);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The audit trail does not hold: {Findings} findings. verify-audit says more")]
    private partial void LogBroken(int findings);

    [LoggerMessage(Level = LogLevel.Error, Message = "The audit trail could not be verified; it is tried again in an hour")]
    private partial void LogFault(Exception fault);
}
