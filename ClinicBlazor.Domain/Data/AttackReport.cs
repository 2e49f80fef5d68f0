using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;

namespace ClinicBlazor.Domain.Data;

/// <summary>Records input that looks like an attack, for whoever recognises it at the edge: in an address, a form or a circuit.</summary>
public sealed class AttackReport(ClinicGate gate)
{
    /// <summary>Writes the audit entry, on whoever sent it.</summary>
    /// <param name="actor">Who sent it.</param>
    /// <param name="refused">True when it was refused; false when it went on, since text like that may be what somebody means.</param>
    /// <param name="ct">The client went away.</param>
    public Task<Result<Done>> WriteAsync(Actor actor, bool refused, CancellationToken ct)
    {
        var request = new AccessRequest(Permission.SignIn,
            AuditAct.AttackInputSeen)
        { Outcome = refused ? AuditOutcome.Denied : AuditOutcome.Done };
        return gate.RunAsync<Done>(actor, request, _ => Task.FromResult<Result<Done>>(Done.Instance), ct);
    }
}
