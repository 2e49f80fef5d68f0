using ClinicBlazor.Domain.Billing;

namespace ClinicBlazor.Tests.Billing;

/// <summary>An entry as somebody means it, or as it was stored.</summary>
internal sealed record ModelEntry(
    LedgerKind Kind, long Cents, DateTimeOffset At, Guid Id = default, Guid OfId = default, DateTimeOffset? EndsAt = null, int Parts = 0)
{
    public static ModelEntry Of(LedgerEntry entry) =>
        new(entry.Kind, entry.Cents, entry.At, entry.Id, entry.OfId ?? default, entry.EndsAt, entry.Parts ?? 0);
}

/// <summary>
/// What a ledger must say, kept in the plainest way: what is left of each thing, changed by each entry. It holds what the ledger
/// derives, and knows nothing of how.
/// </summary>
internal sealed class LedgerModel
{
    private readonly List<ModelEntry> entries = [];
    private readonly Dictionary<Guid, long> charges = [];
    private readonly Dictionary<Guid, long> payments = [];
    private readonly Dictionary<Guid, ModelEntry> approvals = [];
    private IReadOnlyList<(long Cents, DateTimeOffset DueAt)> plan = [];
    private ModelEntry? deferral;

    public IReadOnlyList<ModelEntry> Entries => entries;

    public long Waived { get; private set; }

    public bool IsEmergency { get; private set; }

    public bool HasReversal { get; private set; }

    public long Charged => charges.Values.Sum();

    public long Paid => payments.Values.Sum();

    public long Open => Charged - Paid - Waived;

    public long LeftOf(Guid paymentId) => payments.GetValueOrDefault(paymentId);

    /// <summary>True when the entry may come next.</summary>
    public bool Takes(ModelEntry entry) => entry.Kind switch
    {
        LedgerKind.Charge or LedgerKind.Approval => entry.Cents > 0,
        LedgerKind.Payment or LedgerKind.Waiver => entry.Cents > 0 && entry.Cents <= Open,
        LedgerKind.Reversal => charges.TryGetValue(entry.OfId, out var cents) && cents == entry.Cents,
        LedgerKind.Refund => entry.Cents > 0 && entry.Cents <= LeftOf(entry.OfId),
        LedgerKind.ApprovalEnd => approvals.TryGetValue(entry.OfId, out var approval) && approval.EndsAt > entry.At,
        LedgerKind.Deferral => Open > 0 && entry.Cents == Open,
        LedgerKind.Plan => Open > 0 && entry.Cents == Open && Open >= entry.Parts,
        LedgerKind.Emergency => !IsEmergency,
        LedgerKind.Override => throw new ArgumentOutOfRangeException(nameof(entry)),
    };

    public void Enter(ModelEntry entry)
    {
        entries.Add(entry);
        switch (entry.Kind)
        {
            case LedgerKind.Charge:
                charges[entry.Id] = entry.Cents;
                break;
            case LedgerKind.Reversal:
                HasReversal |= charges.Remove(entry.OfId);
                break;
            case LedgerKind.Payment:
                payments[entry.Id] = entry.Cents;
                break;
            case LedgerKind.Refund:
                payments[entry.OfId] -= entry.Cents;
                break;
            case LedgerKind.Waiver:
                Waived += entry.Cents;
                break;
            case LedgerKind.Approval:
                approvals[entry.Id] = entry;
                break;
            case LedgerKind.ApprovalEnd:
                approvals.Remove(entry.OfId);
                break;
            case LedgerKind.Deferral:
                deferral = entry;
                break;
            case LedgerKind.Plan:
                plan = PartsOf(entry);
                break;
            case LedgerKind.Emergency:
                IsEmergency = true;
                break;
            case LedgerKind.Override:
                throw new ArgumentOutOfRangeException(nameof(entry));
        }
    }

    /// <summary>True when nothing of the visit may be kept back at a moment.</summary>
    public bool IsClearedAt(DateTimeOffset now) => IsEmergency || Open <= 0
        || approvals.Values.Where(approval => approval.EndsAt > now).Sum(approval => approval.Cents) >= Open
        || (deferral is not null && deferral.EndsAt > now && deferral.Cents >= Open)
        || plan.Where(part => part.DueAt > now).Sum(part => part.Cents) >= Open;

    // The clinic of the tests keeps the time of Greenwich.
    private static IReadOnlyList<(long Cents, DateTimeOffset DueAt)> PartsOf(ModelEntry entry)
    {
        var midnight = new DateTimeOffset(entry.At.UtcDateTime.Date, TimeSpan.Zero);
        var parts = new List<(long Cents, DateTimeOffset DueAt)>();
        for (var i = 0; i < entry.Parts; i++)
        {
            var cents = (entry.Cents / entry.Parts) + (i < entry.Cents % entry.Parts ? 1 : 0);
            parts.Add((cents, midnight.AddMonths(i + 1).AddDays(1)));
        }

        return parts;
    }
}
