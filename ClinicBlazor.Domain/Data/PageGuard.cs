using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;

namespace ClinicBlazor.Domain.Data;

/// <summary>
/// Decides, before anything of a page is sent, whether somebody holds the permission that it asks for. The component
/// decides again in the circuit.
/// </summary>
public sealed class PageGuard(ClinicGate gate)
{
    /// <summary>True when the actor holds the permission that a page asks for. A refusal is audited.</summary>
    public async Task<bool> MayOpenAsync(Actor actor, Permission permission, CancellationToken ct)
    {
        var result = await gate.RunAsync<Done>(
            actor, new AccessRequest(permission, AuditAct.PageOpened), _ => Task.FromResult<Result<Done>>(Done.Instance), ct);
        return result.Error is null or { Kind: ErrorKind.StepUpNeeded };
    }
}
