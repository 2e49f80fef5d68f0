namespace ClinicBlazor.Domain.Billing;

/// <summary>
/// The entries of one invoice together, and what follows from them. Nothing of that is stored, so that it cannot disagree with them.
/// </summary>
/// <param name="currency">In which currency.</param>
/// <param name="entries">All of them.</param>
/// <param name="time">The clinic's time: a plan's months are those of its calendar.</param>
internal sealed class Ledger(string currency, IEnumerable<LedgerEntry> entries, TimeProvider time)
{
    private readonly List<LedgerEntry> entries = [.. entries.OrderBy(entry => entry.Number)];

    /// <summary>The entries in their order.</summary>
    public IReadOnlyList<LedgerEntry> Entries => entries;

    /// <summary>What is open, in cents; negative for what is owed back.</summary>
    public long OpenCents => entries.Sum(entry => LedgerEntry.SignedCents(entry.Kind, entry.Cents));

    /// <summary>An entry of the ledger; null for another one.</summary>
    public LedgerEntry? Find(Guid id) => entries.Find(entry => entry.Id == id);

    /// <summary>The charges that were not taken back.</summary>
    public IEnumerable<LedgerEntry> Charges(DateTimeOffset now) =>
        entries.Where(entry => entry.Kind == LedgerKind.Charge && LeftOf(entry, now) > 0);

    /// <summary>The sum of all entries of a kind, in cents.</summary>
    public long SumOf(LedgerKind kind) => entries.Where(entry => entry.Kind == kind).Sum(entry => entry.Cents);

    /// <summary>
    /// What of an entry can still be taken back, in cents: a charge wholly or not at all, a payment up to what was not refunded, an
    /// approval while it holds. 0 for every other kind.
    /// </summary>
    public long LeftOf(LedgerEntry entry, DateTimeOffset now) => entry.Kind switch
    {
        LedgerKind.Charge => IsTakenBack(entry) ? 0 : entry.Cents,
        LedgerKind.Payment => entry.Cents - entries.Where(refund => refund.OfId == entry.Id).Sum(refund => refund.Cents),
        LedgerKind.Approval => Holds(entry, now) ? entry.Cents : 0,
        _ => 0,
    };

    /// <summary>Whether the visit is cleared at a moment.</summary>
    public Clearance ClearanceAt(DateTimeOffset now)
    {
        var open = OpenCents;
        var money = new Money(open, currency);
        if (Has(LedgerKind.Emergency))
        {
            return new Clearance(ClearanceKind.Emergency, money);
        }

        if (open <= 0)
        {
            return new Clearance(Has(LedgerKind.Waiver) && SumOf(LedgerKind.Payment) == SumOf(LedgerKind.Refund) ? ClearanceKind.Waived
                : SumOf(LedgerKind.Charge) == SumOf(LedgerKind.Reversal) ? ClearanceKind.Free : ClearanceKind.Paid, money);
        }

        if (Has(LedgerKind.Override))
        {
            return new Clearance(ClearanceKind.Overridden, money);
        }

        return ApprovedAt(now, open, money) ?? DeferredAt(now, open, money) ?? PlannedAt(now, open, money)
            ?? new Clearance(ClearanceKind.Stopped, money);
    }

    /// <summary>The parts of the plan that was made last, with the moment from which each is late; empty without one.</summary>
    public IReadOnlyList<PlanPart> Parts()
    {
        if (entries.FindLast(entry => entry.Kind == LedgerKind.Plan) is not { Parts: { } count } plan)
        {
            return [];
        }

        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(plan.At, time.LocalTimeZone).DateTime);
        return [.. new Money(plan.Cents, currency).Split(count)
            .Select((part, i) => new PlanPart(part, ClinicDay.At(time, day.AddMonths(i + 1).AddDays(1), TimeOnly.MinValue)))];
    }

    // What is open is covered by what insurers have approved; it lasts as long as enough of them do.
    private Clearance? ApprovedAt(DateTimeOffset now, long open, Money money)
    {
        long covered = 0;
        foreach (var approval in entries.Where(entry => entry.Kind == LedgerKind.Approval && Holds(entry, now))
            .OrderByDescending(entry => entry.EndsAt))
        {
            covered += approval.Cents;
            if (covered >= open)
            {
                return new Clearance(ClearanceKind.Approved, money, approval.EndsAt);
            }
        }

        return null;
    }

    // A deferral is of what was open then: what is charged or given back later is not put off by it.
    private Clearance? DeferredAt(DateTimeOffset now, long open, Money money) =>
        entries.FindLast(entry => entry.Kind == LedgerKind.Deferral) is { } deferral && deferral.EndsAt > now && deferral.Cents >= open
            ? new Clearance(ClearanceKind.Deferred, money, deferral.EndsAt) : null;

    // A plan holds while what is open is no more than the parts that are not due yet.
    private Clearance? PlannedAt(DateTimeOffset now, long open, Money money)
    {
        var ahead = Parts().Where(part => part.DueAt > now).ToList();
        if (ahead.Sum(part => part.Amount.Cents) < open)
        {
            return null;
        }

        // The first moment at which the parts that are left by then are less than what is open now.
        var rest = ahead.Sum(part => part.Amount.Cents);
        foreach (var part in ahead)
        {
            rest -= part.Amount.Cents;
            if (rest < open)
            {
                return new Clearance(ClearanceKind.Planned, money, part.DueAt);
            }
        }

        return null;
    }

    private bool Has(LedgerKind kind) => entries.Exists(entry => entry.Kind == kind);

    private bool Holds(LedgerEntry entry, DateTimeOffset now) => entry.EndsAt > now && !IsTakenBack(entry);

    private bool IsTakenBack(LedgerEntry entry) => entries.Exists(other => other.OfId == entry.Id);
}
