using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;

namespace ClinicBlazor.Domain.Security;

/// <summary>Hands out the entries of a filter, one part after the other: however many they are, they are never held together.</summary>
public sealed class AuditExport(ClinicGate gate)
{
    private const int PartSize = 500;

    /// <summary>
    /// Gives all entries that <paramref name="query"/> asks for to <paramref name="take"/>, from its first page on, and answers with
    /// how many they were. That they are handed out is written down before the first of them is.
    /// </summary>
    public async Task<Result<long>> ReadAllAsync(Actor actor, AuditQuery query, Func<IReadOnlyList<AuditRow>, Task> take,
        CancellationToken ct)
    {
        var request = new AccessRequest(Permission.AuditRead, AuditAct.AuditExported);
        var begun = await gate.RunAsync<Done>(actor, request, _ => Task.FromResult<Result<Done>>(Done.Instance), ct);
        if (begun.Error is { } refused)
        {
            return refused;
        }

        var count = 0L;
        string? after = null;
        do
        {
            var part = await PartAsync(actor, request, query with { After = after }, ct);
            if (part.Error is { } error)
            {
                return error;
            }

            await take(part.Value.Items);
            count += part.Value.Items.Count;
            after = part.Value.Next;
        }
        while (after is not null);

        return count;
    }

    private Task<Result<Page<AuditRow>>> PartAsync(Actor actor, AccessRequest request, AuditQuery query, CancellationToken ct) =>
        gate.RunAsync<Page<AuditRow>>(actor, request, async (db, trace) =>
        {
            trace.GoesOn = true;
            return await AuditService.PageAsync(db, query, PartSize, ct);
        }, ct);
}
