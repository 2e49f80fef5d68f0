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
    private readonly HashSet<Guid> emergencies = [];

    // In their order: a waiver that came later is ended first, and of what puts payment off the last is what counts.
    private readonly List<(Guid Id, long Left)> waivers = [];
    private readonly List<PutOff> deferrals = [];
    private readonly List<PutOff> plans = [];
    private readonly List<PutOff> overrides = [];

    public IReadOnlyList<ModelEntry> Entries => entries;

    public bool IsEmergency => emergencies.Count > 0;

    public long Charged => charges.Values.Sum();

    public long Paid => payments.Values.Sum();

    public long Waived => waivers.Sum(waiver => waiver.Left);

    public long Open => Charged - Paid - Waived;

    /// <summary>The end of a waiver that must come next, because more is waived than charged; null when nothing must.</summary>
    public (Guid OfId, long Cents)? MustFollow => Waived > Charged && waivers.FindLast(waiver => waiver.Left > 0) is var (id, left)
        ? (id, Math.Min(left, Waived - Charged)) : null;

    /// <summary>What of a payment or a waiver was not taken back.</summary>
    public long LeftOf(Guid id) => payments.GetValueOrDefault(id) + waivers.Find(waiver => waiver.Id == id).Left;

    /// <summary>True when the entry may come next.</summary>
    public bool Takes(ModelEntry entry) => MustFollow is { } end
        ? (entry.Kind, entry.OfId, entry.Cents) == (LedgerKind.WaiverEnd, end.OfId, end.Cents) : TakesOwn(entry);

    public void Enter(ModelEntry entry)
    {
        entries.Add(entry);
        switch (entry.Kind)
        {
            case LedgerKind.Charge:
                charges[entry.Id] = entry.Cents;
                break;
            case LedgerKind.Reversal:
                charges.Remove(entry.OfId);
                break;
            case LedgerKind.Payment:
                payments[entry.Id] = entry.Cents;
                break;
            case LedgerKind.Refund:
                payments[entry.OfId] -= entry.Cents;
                break;
            case LedgerKind.Waiver:
                waivers.Add((entry.Id, entry.Cents));
                break;
            case LedgerKind.WaiverEnd:
                var place = waivers.FindIndex(waiver => waiver.Id == entry.OfId);
                waivers[place] = (entry.OfId, waivers[place].Left - entry.Cents);
                break;
            case LedgerKind.Approval:
                approvals[entry.Id] = entry;
                break;
            case LedgerKind.Deferral:
                deferrals.Add(new PutOff(entry.Id, [(entry.Cents, entry.EndsAt!.Value)], Open));
                break;
            case LedgerKind.Plan:
                plans.Add(new PutOff(entry.Id, PartsOf(entry), Open));
                break;
            case LedgerKind.Emergency:
                emergencies.Add(entry.Id);
                break;
            case LedgerKind.Withdrawal:
                approvals.Remove(entry.OfId);
                emergencies.Remove(entry.OfId);
                deferrals.RemoveAll(deferral => deferral.Id == entry.OfId);
                plans.RemoveAll(plan => plan.Id == entry.OfId);
                break;
            case LedgerKind.Override:
                overrides.Add(new PutOff(entry.Id, [(entry.Cents, DateTimeOffset.MaxValue)], Open));
                break;
        }

        // What was settled once is put off no more.
        deferrals.ForEach(deferral => deferral.Left = Math.Min(deferral.Left, Open));
        plans.ForEach(plan => plan.Left = Math.Min(plan.Left, Open));
        overrides.ForEach(overridden => overridden.Left = Math.Min(overridden.Left, Open));
    }

    /// <summary>True when nothing of the visit may be kept back at a moment.</summary>
    public bool IsClearedAt(DateTimeOffset now) => IsEmergency || Open <= CoveredAt(now);

    /// <summary>The least payment that clears the visit at a moment; 0 while it is cleared.</summary>
    public long NeededAt(DateTimeOffset now) => IsClearedAt(now) ? 0 : Open - CoveredAt(now);

    // What somebody enters, as against what follows from it.
    private bool TakesOwn(ModelEntry entry) => entry.Kind switch
    {
        LedgerKind.Charge or LedgerKind.Approval => entry.Cents > 0,
        LedgerKind.Payment or LedgerKind.Waiver => entry.Cents > 0 && entry.Cents <= Open,
        LedgerKind.Reversal => charges.TryGetValue(entry.OfId, out var cents) && cents == entry.Cents,
        LedgerKind.Refund => entry.Cents > 0 && entry.Cents <= LeftOf(entry.OfId),
        LedgerKind.WaiverEnd => entry.Cents > 0 && entry.Cents == LeftOf(entry.OfId),
        LedgerKind.Deferral => Open > 0 && entry.Cents == Open,
        LedgerKind.Plan => Open > 0 && entry.Cents == Open && Open >= entry.Parts,
        LedgerKind.Emergency => !IsEmergency,
        LedgerKind.Withdrawal => Stands(entry.OfId, entry.At),
        LedgerKind.Override => !IsClearedAt(entry.At) && entry.Cents == Open,
    };

    private long CoveredAt(DateTimeOffset now)
    {
        var approved = approvals.Values.Where(approval => approval.EndsAt > now).Sum(approval => approval.Cents);
        var deferred = deferrals.FindLast(deferral => deferral.AheadAt(now) > 0)?.CoveredAt(now) ?? 0;
        long[] covers = [0, approved, deferred, .. plans.TakeLast(1).Select(plan => plan.CoveredAt(now)),
            .. overrides.TakeLast(1).Select(overridden => overridden.CoveredAt(now))];
        return covers.Max();
    }

    private bool Stands(Guid id, DateTimeOffset now) => emergencies.Contains(id) || plans.Exists(plan => plan.Id == id)
        || deferrals.Exists(deferral => deferral.Id == id && deferral.AheadAt(now) > 0)
        || (approvals.TryGetValue(id, out var approval) && approval.EndsAt > now);

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

    /// <summary>A deferral, which is due at once, what a doctor went on in spite of, which never is, or a plan: its parts, and what of the whole was open ever since.</summary>
    private sealed class PutOff(Guid id, IReadOnlyList<(long Cents, DateTimeOffset DueAt)> parts, long left)
    {
        public Guid Id => id;

        public long Left { get; set; } = left;

        public long AheadAt(DateTimeOffset now) => parts.Where(part => part.DueAt > now).Sum(part => part.Cents);

        public long CoveredAt(DateTimeOffset now) => Math.Min(AheadAt(now), Left);
    }
}
