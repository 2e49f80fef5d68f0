using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;

namespace ClinicBlazor.Domain.Access;

/// <summary>Takes down what looks like an attack and was refused before it reached an operation: in an address or a form.</summary>
public sealed class AttackReport(ClinicDatabase database)
{
    /// <summary>Writes the audit entry, on whoever sent it.</summary>
    public Task<Result<Done>> WriteAsync(Actor actor, CancellationToken ct) =>
        database.RunAsync<Done>(actor, new Operation(Permission.SignIn, AuditAct.AttackInputSeen) { Outcome = AuditOutcome.Denied }, _ => Task.FromResult<Result<Done>>(Done.Instance), ct);
}
