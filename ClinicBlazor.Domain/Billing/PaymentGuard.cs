using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Visits;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Billing;

/// <summary>
/// Keeps care that waits for clearance back until a visit is cleared (<see cref="PaymentPolicy"/>), and charges the consultation's
/// fee at check-in. A visit that nothing was charged for is cleared.
/// </summary>
internal sealed class PaymentGuard(Ledgers ledgers, TimeProvider time) : IVisitRule
{
    /// <summary>
    /// Why the consultation cannot begin; null when it can. Whoever lets it begin changes the invoice's version: a refund at the same
    /// moment comes before that, and stops it, or after it.
    /// </summary>
    public async Task<Error?> RefusalAsync(ClinicDbContext db, Visit visit, VisitAct act, CancellationToken ct)
    {
        if (PaymentPolicy.Of(act) is not { } care || !PaymentPolicy.NeedsClearance(care)
            || await ledgers.FindAsync(db, visit.Id, ct) is not { } open)
        {
            return null;
        }

        if (!open.Ledger.ClearanceAt(open.Now).IsCleared)
        {
            return Error.Invalid("Payment",
                "The consultation waits for clearance: what the visit costs is not paid, approved, waived or put off. An emergency goes first, and a doctor can go on for a reason.");
        }

        open.Invoice.Judged();
        return null;
    }

    /// <inheritdoc/>
    public Task FollowAsync(ClinicDbContext db, AuditTrace trace, Visit visit, VisitEvent done, CancellationToken ct) => done.Act switch
    {
        VisitAct.CheckIn => ChargeAsync(db, trace, visit, done, ct),
        VisitAct.Undo => UndoAsync(db, trace, visit, done, ct),
        _ => IsWithoutCharge(visit.Status) ? TakeBackAsync(db, trace, visit, done, ct) : Task.CompletedTask,
    };

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<Guid, VisitHold>> HoldsAsync(
        ClinicDbContext db, IReadOnlyCollection<Guid> visitIds, CancellationToken ct)
    {
        var invoices = await db.Set<Invoice>().Where(invoice => visitIds.Contains(invoice.VisitId)).ToListAsync(ct);
        var open = await ledgers.OfAsync(db, invoices, ct);
        var now = time.Now();
        return invoices.Select(invoice => (invoice.VisitId, Clearance: open[invoice.Id].ClearanceAt(now)))
            .Where(visit => !visit.Clearance.IsCleared || visit.Clearance.Until is not null)
            .ToDictionary(visit => visit.VisitId,
                visit => new VisitHold(visit.Clearance.IsCleared ? null : visit.Clearance.Open, visit.Clearance.Until));
    }

    // A visit that does not take place costs nothing.
    private static bool IsWithoutCharge(VisitStatus status) =>
        status is VisitStatus.Planned or VisitStatus.Cancelled or VisitStatus.NoShow or VisitStatus.EnteredInError;

    private async Task ChargeAsync(ClinicDbContext db, AuditTrace trace, Visit visit, VisitEvent done, CancellationToken ct)
    {
        var price = await db.Set<Price>().SingleOrDefaultAsync(row => row.RetiredAt == null && row.IsConsultation, ct);
        var open = await ledgers.FindAsync(db, visit.Id, ct);
        if (price is null || price.Currency != (open?.Invoice.Currency ?? ledgers.Currency))
        {
            return;
        }

        if (open is null)
        {
            open = await ledgers.BeginAsync(db, visit, ct);
            db.Add(open.Invoice);
        }

        Add(db, trace, open, done, [new LedgerLine(LedgerKind.Charge, price.Cents) { PriceId = price.Id, Name = price.Name }]);
    }

    // What was paid is owed back then.
    private async Task TakeBackAsync(ClinicDbContext db, AuditTrace trace, Visit visit, VisitEvent done, CancellationToken ct)
    {
        if (await ledgers.FindAsync(db, visit.Id, ct) is { } open)
        {
            Add(db, trace, open, done, open.Ledger.LinesToReverse(open.Ledger.Charges));
        }
    }

    // A check-in that is taken back is charged no more; what an act had taken back that is taken back itself is charged as it was.
    private async Task UndoAsync(ClinicDbContext db, AuditTrace trace, Visit visit, VisitEvent done, CancellationToken ct)
    {
        if (IsWithoutCharge(visit.Status))
        {
            await TakeBackAsync(db, trace, visit, done, ct);
            return;
        }

        if (await ledgers.FindAsync(db, visit.Id, ct) is not { } open)
        {
            return;
        }

        var undone = await db.Set<VisitEvent>().Where(row => row.VisitId == visit.Id && row.Number == done.Number - 1)
            .Select(row => row.Id).SingleAsync(ct);
        Add(db, trace, open, done,
        [
            .. from line in open.Ledger.Entries
               where line.EventId == undone && open.Ledger.Find(line.OfId) is not null
               let former = open.Ledger.Find(line.OfId)!
               select new LedgerLine(former.Kind, line.Cents) { PriceId = former.PriceId, Name = former.Name },
        ]);
    }

    private void Add(ClinicDbContext db, AuditTrace trace, OpenLedger open, VisitEvent done, IEnumerable<LedgerLine> lines)
    {
        foreach (var line in lines)
        {
            ledgers.Add(db, open, done.AccountId, line with { EventId = done.Id });
            trace.AlsoHappened.Add((ActOf(line.Kind), AuditOutcome.Done));
        }
    }

    private static AuditAct ActOf(LedgerKind kind) => kind switch
    {
        LedgerKind.Charge => AuditAct.ChargeAdded,
        LedgerKind.Reversal => AuditAct.ChargeReversed,
        LedgerKind.Waiver => AuditAct.FeeWaived,
        LedgerKind.WaiverEnd => AuditAct.WaiverEnded,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
