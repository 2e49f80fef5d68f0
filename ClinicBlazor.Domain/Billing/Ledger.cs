namespace ClinicBlazor.Domain.Billing;

/// <summary>
/// The entries of one invoice together, and what follows from them at a moment. Whether a visit is cleared is stored nowhere, so that
/// it cannot disagree with them.
/// </summary>
/// <param name="currency">In which currency.</param>
/// <param name="entries">All of them.</param>
/// <param name="time">The clinic's time: a plan's months are those of its calendar.</param>
internal sealed class Ledger(string currency, IEnumerable<LedgerEntry> entries, TimeProvider time)
{
    private readonly List<LedgerEntry> entries = [.. entries.OrderBy(entry => entry.Number)];

    /// <summary>The entries in their order.</summary>
    public IReadOnlyList<LedgerEntry> Entries => entries;

    /// <summary>The charges that were not taken back.</summary>
    public IReadOnlyList<LedgerEntry> Charges => entries.FindAll(entry => entry.Kind == LedgerKind.Charge && LeftOf(entry) > 0);

    /// <summary>All charges that were not taken back, in cents.</summary>
    public long ChargedCents => SumOf(LedgerKind.Charge) - SumOf(LedgerKind.Reversal);

    /// <summary>All payments without what was given back, in cents.</summary>
    public long PaidCents => SumOf(LedgerKind.Payment) - SumOf(LedgerKind.Refund);

    /// <summary>What was waived and is still, in cents.</summary>
    public long WaivedCents => SumOf(LedgerKind.Waiver) - SumOf(LedgerKind.WaiverEnd);

    /// <summary>What is open, in cents; negative for what is owed back.</summary>
    public long OpenCents => entries.Sum(entry => LedgerEntry.SignedCents(entry.Kind, entry.Cents));

    /// <summary>An entry of the ledger; null for another one.</summary>
    public LedgerEntry? Find(Guid? id) => entries.Find(entry => entry.Id == id);

    /// <summary>
    /// What of an entry can still be taken back, in cents: a charge wholly or not at all, a payment or a waiver up to what was not. 0
    /// for every other kind.
    /// </summary>
    public long LeftOf(LedgerEntry entry) => entry.Kind is LedgerKind.Charge or LedgerKind.Payment or LedgerKind.Waiver
        ? entry.Cents - entries.Where(other => other.OfId == entry.Id).Sum(other => other.Cents) : 0;

    /// <summary>True while an entry can be taken back.</summary>
    public bool Stands(LedgerEntry entry, DateTimeOffset now) => entry.Kind switch
    {
        LedgerKind.Charge or LedgerKind.Payment or LedgerKind.Waiver => LeftOf(entry) > 0,
        LedgerKind.Approval or LedgerKind.Deferral => entry.EndsAt > now && !IsTakenBack(entry),
        LedgerKind.Plan or LedgerKind.Emergency => !IsTakenBack(entry),
        _ => false,
    };

    /// <summary>
    /// The lines that take charges back, and as much of the waivers that no more stays waived than is charged: never is more owed back
    /// than was paid.
    /// </summary>
    public IReadOnlyList<LedgerLine> LinesToReverse(IReadOnlyCollection<LedgerEntry> charges, string reason = "")
    {
        var lines = charges.Select(charge =>
            new LedgerLine(LedgerKind.Reversal, charge.Cents) { OfId = charge.Id, Reason = reason }).ToList();
        var tooMuch = WaivedCents - (ChargedCents - charges.Sum(charge => charge.Cents));
        foreach (var waiver in entries.Where(entry => entry.Kind == LedgerKind.Waiver).Reverse())
        {
            var cents = Math.Min(tooMuch, LeftOf(waiver));
            if (cents > 0)
            {
                lines.Add(new LedgerLine(LedgerKind.WaiverEnd, cents) { OfId = waiver.Id });
                tooMuch -= cents;
            }
        }

        return lines;
    }

    /// <summary>Whether the visit is cleared at a moment.</summary>
    public Clearance ClearanceAt(DateTimeOffset now)
    {
        var open = OpenCents;
        if (entries.Exists(entry => entry.Kind == LedgerKind.Emergency && Stands(entry, now)))
        {
            return Of(ClearanceKind.Emergency);
        }

        if (open <= 0)
        {
            return Of(ChargedCents == 0 ? ClearanceKind.Free : PaidCents > 0 ? ClearanceKind.Paid : ClearanceKind.Waived);
        }

        var covers = CoversAt(now, open).ToList();
        return covers.FirstOrDefault(cover => cover.Cents >= open) is { Cents: > 0 } enough
            ? Of(enough.Kind, until: enough.Until)
            : Of(ClearanceKind.Stopped, open - covers.Select(cover => cover.Cents).Append(0).Max());

        Clearance Of(ClearanceKind kind, long needed = 0, DateTimeOffset? until = null) =>
            new(kind, new Money(open, currency), new Money(needed, currency), until);
    }

    /// <summary>The parts of the plan that stands, with the moment from which each is late; empty without one.</summary>
    public IReadOnlyList<PlanPart> Parts(DateTimeOffset now)
    {
        if (LastOf(LedgerKind.Plan, now) is not { Parts: { } count } plan)
        {
            return [];
        }

        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(plan.At, time.LocalTimeZone).DateTime);
        return [.. new Money(plan.Cents, currency).Split(count)
            .Select((part, i) => new PlanPart(part, ClinicDay.At(time, day.AddMonths(i + 1).AddDays(1), TimeOnly.MinValue)))];
    }

    private long SumOf(LedgerKind kind) => entries.Where(entry => entry.Kind == kind).Sum(entry => entry.Cents);

    private bool IsTakenBack(LedgerEntry entry) => entries.Exists(other => other.OfId == entry.Id);

    private LedgerEntry? LastOf(LedgerKind kind, DateTimeOffset now) =>
        entries.FindLast(entry => entry.Kind == kind && Stands(entry, now));

    // What stands beside money: how much of what is open each covers, and until when it covers all of it.
    private IEnumerable<(ClearanceKind Kind, long Cents, DateTimeOffset? Until)> CoversAt(DateTimeOffset now, long open)
    {
        if (entries.FindLast(entry => entry.Kind == LedgerKind.Override) is { } overridden)
        {
            yield return (ClearanceKind.Overridden, LeastSince(overridden), null);
        }

        yield return ApprovedAt(now, open);
        if (LastOf(LedgerKind.Deferral, now) is { } deferral)
        {
            yield return (ClearanceKind.Deferred, LeastSince(deferral), deferral.EndsAt);
        }

        if (LastOf(LedgerKind.Plan, now) is { } plan)
        {
            yield return PlannedAt(now, open, plan);
        }
    }

    // The insurers pay up to what they have approved; it lasts as long as enough of them do.
    private (ClearanceKind Kind, long Cents, DateTimeOffset? Until) ApprovedAt(DateTimeOffset now, long open)
    {
        var (covered, until) = (0L, (DateTimeOffset?)null);
        foreach (var approval in entries.Where(entry => entry.Kind == LedgerKind.Approval && Stands(entry, now))
            .OrderByDescending(entry => entry.EndsAt))
        {
            until = covered < open ? approval.EndsAt : until;
            covered += approval.Cents;
        }

        return (ClearanceKind.Approved, covered, until);
    }

    // A plan covers the parts that are not due yet.
    private (ClearanceKind Kind, long Cents, DateTimeOffset? Until) PlannedAt(DateTimeOffset now, long open, LedgerEntry plan)
    {
        var ahead = Parts(now).Where(part => part.DueAt > now).ToList();
        var (rest, until) = (ahead.Sum(part => part.Amount.Cents), (DateTimeOffset?)null);
        var covered = Math.Min(rest, LeastSince(plan));
        foreach (var part in ahead)
        {
            rest -= part.Amount.Cents;
            until ??= rest < open ? part.DueAt : null;
        }

        return (ClearanceKind.Planned, covered, until);
    }

    // What puts payment off is of what was open then and stayed so: what was paid meanwhile and given back is not put off by it, nor
    // what was charged since. A visit that was cancelled by mistake and goes on is put off as it was.
    private long LeastSince(LedgerEntry since)
    {
        var (open, least) = (0L, long.MaxValue);
        foreach (var entry in entries)
        {
            open += LedgerEntry.SignedCents(entry.Kind, entry.Cents);
            least = entry.Number >= since.Number && entry.EventId is null ? Math.Min(least, open) : least;
        }

        return Math.Max(least, 0);
    }
}
