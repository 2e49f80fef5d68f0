using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Input;
using ClinicBlazor.Domain.Visits;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Billing;

/// <summary>
/// What reception enters into the ledger of a visit: charges, payments, refunds, waivers. Each answers with the id of its entry;
/// whoever enters at the same time as somebody else is judged by what that one has entered.
/// </summary>
public sealed class BillingService(Ledgers ledgers)
{
    private const int LongestReason = 500;
    private const int LongestReference = 60;
    private const string Amount = "Amount";

    /// <summary>Charges something of the price list.</summary>
    public Task<Result<Guid>> AddChargeAsync(Actor actor, Guid patientId, Guid visitId, Guid priceId, CancellationToken ct) =>
        ledgers.EnterAsync(actor, RequestOf(AuditAct.ChargeAdded, patientId, visitId, priceId), async (db, visit, _) =>
        {
            if (visit.Status is not (VisitStatus.Arrived or VisitStatus.Triaged or VisitStatus.InProgress or VisitStatus.Finished))
            {
                return Error.Invalid("Price", "This visit does not take place; nothing is charged for it.");
            }

            var price = await db.Set<Price>().SingleOrDefaultAsync(row => row.Id == priceId && row.RetiredAt == null, ct);
            return price is null || price.Currency != ledgers.Currency ? Error.Invalid("Price", "Choose one of the prices.")
                : new LedgerLine(LedgerKind.Charge, price.Cents) { Price = price };
        }, ct);

    /// <summary>Takes a charge back, wholly; what was paid for it is owed back then.</summary>
    public Task<Result<Guid>> ReverseChargeAsync(
        Actor actor, Guid patientId, Guid visitId, Guid entryId, string reason, CancellationToken ct) =>
        EnterAsync(actor, RequestOf(AuditAct.ChargeReversed, patientId, visitId, (entryId, reason)), open =>
        {
            if (open.Ledger.Find(entryId) is not { Kind: LedgerKind.Charge } charge)
            {
                return Error.NotFound;
            }

            var (clean, findings) = ReasonOf(reason);
            return open.Ledger.LeftOf(charge, open.Now) == 0 ? Error.Conflict
                : !findings.IsEmpty ? findings.Error
                : new LedgerLine(LedgerKind.Reversal, charge.Cents) { OfId = entryId, Reason = clean };
        }, ct);

    /// <summary>Takes money, never more than is open.</summary>
    public Task<Result<Guid>> TakePaymentAsync(Actor actor, Guid patientId, Guid visitId, NewPayment input, CancellationToken ct) =>
        EnterAsync(actor, RequestOf(AuditAct.PaymentTaken, patientId, visitId, input), open =>
        {
            var findings = new Findings();
            var cents = ReadOpen(input.Amount, open, findings);
            var reference = InputRules.Clean(input.Reference);
            findings.Check(reference.Length <= LongestReference, "Reference", new Message("Use at most {0} characters.", LongestReference))
                .Check(Enum.IsDefined(input.Method), "Method", "Choose how it was paid.");
            return findings.IsEmpty ? new LedgerLine(LedgerKind.Payment, cents) { Method = input.Method, Reference = reference }
                : findings.Error;
        }, ct);

    /// <summary>Gives money of a payment back, never more than was taken and not given back yet.</summary>
    public Task<Result<Guid>> RefundAsync(
        Actor actor, Guid patientId, Guid visitId, Guid entryId, string amount, string reason, CancellationToken ct) =>
        EnterAsync(actor, RequestOf(AuditAct.PaymentRefunded, patientId, visitId, (entryId, amount, reason)), open =>
        {
            if (open.Ledger.Find(entryId) is not { Kind: LedgerKind.Payment } payment)
            {
                return Error.NotFound;
            }

            var left = open.Ledger.LeftOf(payment, open.Now);
            var (clean, findings) = ReasonOf(reason);
            var cents = ledgers.Read(amount, left, findings,
                new Message("No more than {0} of this payment is left to give back.", ledgers.MoneyOf(left)));
            return findings.IsEmpty
                ? new LedgerLine(LedgerKind.Refund, cents) { OfId = entryId, Method = payment.Method, Reason = clean } : findings.Error;
        }, ct);

    /// <summary>Lets go of what is open, or of a part of it, for a reason.</summary>
    public Task<Result<Guid>> WaiveAsync(Actor actor, Guid patientId, Guid visitId, string amount, string reason, CancellationToken ct) =>
        EnterAsync(actor, RequestOf(AuditAct.FeeWaived, patientId, visitId, (amount, reason)), open =>
        {
            var (clean, findings) = ReasonOf(reason);
            var cents = ReadOpen(amount, open, findings);
            return findings.IsEmpty ? new LedgerLine(LedgerKind.Waiver, cents) { Reason = clean } : findings.Error;
        }, ct);

    /// <summary>The reason that was typed, with a finding beside its field when there is none.</summary>
    internal static (string Clean, Findings Findings) ReasonOf(string? typed)
    {
        var clean = InputRules.Clean(typed);
        return (clean, new Findings().Text(clean, "Reason", LongestReason, "Say why."));
    }

    private static AccessRequest RequestOf(AuditAct act, Guid patientId, Guid visitId, object sent) =>
        new(Permission.BillingChange, act) { PatientId = patientId, VisitId = visitId, Sent = $"{sent}" };

    private Task<Result<Guid>> EnterAsync(
        Actor actor, AccessRequest request, Func<OpenLedger, Result<LedgerLine>> decide, CancellationToken ct) =>
        ledgers.EnterAsync(actor, request, (_, _, open) => Task.FromResult(decide(open)), ct);

    private long ReadOpen(string typed, OpenLedger open, Findings findings)
    {
        var most = open.Ledger.OpenCents;
        if (most <= 0)
        {
            findings.Add(Amount, "Nothing is open any more.");
            return 0;
        }

        return ledgers.Read(typed, most, findings, new Message("No more than {0} is open.", ledgers.MoneyOf(most)));
    }
}
