using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;

namespace ClinicBlazor.Domain.Visits;

/// <summary>
/// A rule that a concept above visits registers: it can refuse acts on a visit, and adds what follows from them, in the same
/// transaction.
/// </summary>
internal interface IVisitRule
{
    /// <summary>Why an act is kept back; null when it is not.</summary>
    Task<Error?> RefusalAsync(ClinicDbContext db, Visit visit, VisitAct act, CancellationToken ct);

    /// <summary>Adds what follows from an act to what is about to be saved with it, and to what the audit trail says of it.</summary>
    Task FollowAsync(ClinicDbContext db, AuditTrace trace, Visit visit, VisitEvent done, CancellationToken ct);

    /// <summary>Which of these visits something keeps back, or will at a moment that is known.</summary>
    Task<IReadOnlyDictionary<Guid, VisitHold>> HoldsAsync(ClinicDbContext db, IReadOnlyCollection<Guid> visitIds, CancellationToken ct);
}

/// <summary>What keeps a visit back.</summary>
/// <param name="Open">What is open; null while nothing keeps the visit back.</param>
/// <param name="From">When something will keep it back; null when it is so already.</param>
internal sealed record VisitHold(Money? Open, DateTimeOffset? From);

/// <summary>All that is registered to keep acts on visits back, or to follow on them.</summary>
public sealed class VisitRules
{
    private readonly IReadOnlyList<IVisitRule> rules;

    internal VisitRules(IEnumerable<IVisitRule> rules) => this.rules = [.. rules];

    /// <summary>Why an act is kept back, by the first that does; null when none does.</summary>
    internal async Task<Error?> RefusalAsync(ClinicDbContext db, Visit visit, VisitAct act, CancellationToken ct)
    {
        foreach (var rule in rules)
        {
            if (await rule.RefusalAsync(db, visit, act, ct) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    /// <summary>Adds an act to what is about to be saved, and what follows from it.</summary>
    internal async Task AddAsync(ClinicDbContext db, AuditTrace trace, Visit visit, VisitEvent done, CancellationToken ct)
    {
        db.Add(done);
        foreach (var rule in rules)
        {
            await rule.FollowAsync(db, trace, visit, done, ct);
        }
    }

    /// <summary>Which of these visits something keeps back; where several do, what the first says.</summary>
    internal async Task<IReadOnlyDictionary<Guid, VisitHold>> HoldsAsync(
        ClinicDbContext db, IReadOnlyCollection<Guid> visitIds, CancellationToken ct)
    {
        var holds = new Dictionary<Guid, VisitHold>();
        foreach (var rule in rules)
        {
            foreach (var (visitId, hold) in await rule.HoldsAsync(db, visitIds, ct))
            {
                holds.TryAdd(visitId, hold);
            }
        }

        return holds;
    }
}
