using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;

namespace ClinicBlazor.Domain.Security;

/// <summary>The acts of a verification that goes on without whoever began it.</summary>
internal sealed class VerifyRun(ClinicGate gate, AuditVerifier verifier)
{
    /// <summary>Whether somebody may begin or stop one; that they did is written down.</summary>
    public Task<Result<Done>> AskAsync(Actor actor, AuditAct act, CancellationToken ct) =>
        gate.RunAsync<Done>(actor, new AccessRequest(Permission.AuditRead, act),
            _ => Task.FromResult<Result<Done>>(Done.Instance), ct);

    /// <summary>Walks the chain. The program does it: who began it is named, and may have signed out meanwhile.</summary>
    public async Task<AuditVerification> VerifyAsync(Guid? accountId, Guid? sessionId, IProgress<AuditProgress> progress,
        CancellationToken ct)
    {
        var request = new AccessRequest(Permission.SignIn, AuditAct.AuditVerified) { AccountId = accountId, SessionId = sessionId };
        return (await gate.RunForProgramAsync<AuditVerification>(request, async (db, trace) =>
        {
            var verification = await verifier.VerifyAsync(db, progress, ct);
            trace.Outcome = verification.IsIntact ? AuditOutcome.Done : AuditOutcome.Failed;
            return verification;
        }, ct)).Value;
    }
}
