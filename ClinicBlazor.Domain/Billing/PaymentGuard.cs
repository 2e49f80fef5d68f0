using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Visits;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Billing;

/// <summary>
/// Keeps care that waits for clearance back until a visit is cleared (<see cref="PaymentPolicy"/>), and charges the consultation's
/// fee at check-in. A clinic without such a price has no guard.
/// </summary>
internal sealed class PaymentGuard(Ledgers ledgers, TimeProvider time) : IVisitRule
{
    /// <inheritdoc/>
    public async Task<Error?> RefusalAsync(ClinicDbContext db, Visit visit, VisitAct act, CancellationToken ct)
    {
        if (PaymentPolicy.Of(act) is not { } care || !PaymentPolicy.NeedsClearance(care)
            || await ledgers.FindAsync(db, visit.Id, ct) is not { } open)
        {
            return null;
        }

        if (open.Ledger.ClearanceAt(open.Now) is { IsCleared: false } clearance)
        {
            return Error.Invalid("Payment", new Message(
                "The consultation waits for clearance: {0} is open. Reception takes it or puts it off; an emergency goes first.",
                clearance.Open));
        }

        // A refund at the same moment comes before this, and stops it, or after it.
        open.Invoice.Judged();
        return null;
    }

    /// <inheritdoc/>
    public async Task FollowAsync(ClinicDbContext db, Visit visit, VisitEvent done, CancellationToken ct)
    {
        var wasOpen = done.From is { } from && VisitTransitions.IsOpen(from);
        if (visit.IsOpen && !wasOpen)
        {
            await ChargeAsync(db, visit, done.AccountId, ct);
        }
        else if (visit.Status is VisitStatus.Planned or VisitStatus.Cancelled or VisitStatus.EnteredInError)
        {
            await TakeBackAsync(db, visit, done.AccountId, ct);
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<Guid, VisitHold>> HoldsAsync(
        ClinicDbContext db, IReadOnlyCollection<Guid> visitIds, CancellationToken ct)
    {
        var invoices = await db.Set<Invoice>().Where(invoice => visitIds.Contains(invoice.VisitId)).ToListAsync(ct);
        var ids = invoices.Select(invoice => invoice.Id).ToList();
        var entries = (await db.Set<LedgerEntry>().Where(entry => ids.Contains(entry.InvoiceId)).ToListAsync(ct))
            .ToLookup(entry => entry.InvoiceId);
        var now = time.Now();
        return invoices.ToDictionary(invoice => invoice.VisitId, invoice =>
        {
            var clearance = new Ledger(invoice.Currency, entries[invoice.Id], time).ClearanceAt(now);
            return new VisitHold(clearance.IsCleared ? null : clearance.Open, clearance.Until);
        });
    }

    // Not twice: a visit that was closed by mistake, and is open again, has its charge.
    private async Task ChargeAsync(ClinicDbContext db, Visit visit, Guid? accountId, CancellationToken ct)
    {
        var price = await db.Set<Price>().SingleOrDefaultAsync(row => row.RetiredAt == null && row.IsConsultation, ct);
        if (price is null || price.Currency != ledgers.Currency)
        {
            return;
        }

        var open = await ledgers.FindAsync(db, visit.Id, ct);
        if (open?.Ledger.Charges(open.Now).Any() != true)
        {
            if (open is null)
            {
                open = await ledgers.BeginAsync(db, visit, ct);
                db.Add(open.Invoice);
            }

            ledgers.Add(db, open, accountId, new LedgerLine(LedgerKind.Charge, price.Cents) { Price = price });
        }
    }

    // A visit that did not take place costs nothing; what was paid is owed back.
    private async Task TakeBackAsync(ClinicDbContext db, Visit visit, Guid? accountId, CancellationToken ct)
    {
        if (await ledgers.FindAsync(db, visit.Id, ct) is not { } open)
        {
            return;
        }

        foreach (var charge in open.Ledger.Charges(open.Now))
        {
            ledgers.Add(db, open, accountId, new LedgerLine(LedgerKind.Reversal, charge.Cents) { OfId = charge.Id });
        }
    }
}
