using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using Microsoft.Extensions.Options;

namespace ClinicBlazor.Domain.Security;

/// <summary>Verifies the whole audit trail for whoever runs the machine. For the command line only.</summary>
public sealed class AuditCheck(ClinicGate gate, AuditVerifier verifier, IOptions<ClinicSettings> settings)
{
    /// <summary>Walks the whole chain, looks at the files of its archives, and says what is wrong; the check itself is audited.</summary>
    /// <param name="anchorsElsewhere">A file of anchors that were kept elsewhere; null for this clinic's own.</param>
    /// <param name="ct">Ends it.</param>
    public async Task<AuditVerification> RunAsync(string? anchorsElsewhere, CancellationToken ct)
    {
        var request = new AccessRequest(Permission.SignIn, AuditAct.AuditVerified);
        var result = await gate.RunForProgramAsync<AuditVerification>(request, async (db, trace) =>
        {
            var verification = await verifier.VerifyAsync(db, progress: null, ct, anchorsElsewhere, settings.Value.AuditArchiveDirectory);
            trace.Outcome = verification.IsIntact ? AuditOutcome.Done : AuditOutcome.Failed;
            return verification;
        }, ct);
        return result.Value;
    }
}
