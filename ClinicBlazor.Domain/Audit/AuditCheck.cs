using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Data;

namespace ClinicBlazor.Domain.Audit;

/// <summary>Verifies the audit trail for whoever runs the machine. For the command line only.</summary>
public sealed class AuditCheck(ClinicDatabase database, AuditVerifier verifier)
{
    /// <summary>Walks the whole chain and says what is wrong with it; the check itself is audited.</summary>
    public async Task<AuditVerification> RunAsync(CancellationToken ct)
    {
        var operation = new Operation(Permission.SignIn, AuditAct.AuditVerified);
        var result = await database.RunAsync<AuditVerification>(Actor.Anonymous(ClientInfo.Local), operation, async db =>
        {
            var verification = await verifier.VerifyAsync(db, progress: null, ct);
            operation.Outcome = verification.IsIntact ? AuditOutcome.Done : AuditOutcome.Failed;
            return verification;
        }, ct);
        return result.Value;
    }
}
