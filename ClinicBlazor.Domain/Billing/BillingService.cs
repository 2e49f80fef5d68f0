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
    /// <summary>The longest number of an approval or receipt, in characters.</summary>
    internal const int LongestReference = 60;

    /// <summary>The answer to somebody who would settle what is settled.</summary>
    internal const string NothingOpen = "Nothing is open any more.";

    private const int LongestReason = 500;
    private const string Amount = "Amount";

    /// <summary>Charges something of the price list.</summary>
    public Task<Result<Guid>> AddChargeAsync(Actor actor, Guid patientId, Guid visitId, Guid priceId, CancellationToken ct) =>
        ledgers.EnterAsync(actor, RequestOf(AuditAct.ChargeAdded, patientId, visitId, priceId), async (db, visit, open) =>
        {
            if (visit.Status is not (VisitStatus.Arrived or VisitStatus.Triaged or VisitStatus.InProgress or VisitStatus.Finished))
            {
                return Error.Invalid("Price", "Only a visit that takes place, or did, is charged.");
            }

            var price = await db.Set<Price>().SingleOrDefaultAsync(row => row.Id == priceId && row.RetiredAt == null, ct);
            return Ledgers.One(price is null || price.Currency != open.Invoice.Currency
                ? Error.Invalid("Price", "Choose one of the prices.")
                : new LedgerLine(LedgerKind.Charge, price.Cents) { PriceId = price.Id, Name = price.Name });
        }, ct);

    /// <summary>
    /// Takes a charge back, wholly. No more stays waived than is charged; what was paid for it is owed back.
    /// </summary>
    public Task<Result<Guid>> ReverseChargeAsync(
        Actor actor, Guid patientId, Guid visitId, Guid entryId, string reason, CancellationToken ct) =>
        ledgers.EnterAsync(actor, RequestOf(AuditAct.ChargeReversed, patientId, visitId, new { entryId, reason }), (_, _, open) =>
        {
            var (clean, findings) = ReasonOf(reason);
            return Task.FromResult(open.Ledger.Find(entryId) is not { Kind: LedgerKind.Charge } charge ? Error.NotFound
                : open.Ledger.LeftOf(charge) == 0 ? Error.Conflict
                : !findings.IsEmpty ? findings.Error
                : Result.Of(open.Ledger.LinesToReverse([charge], clean)));
        }, ct);

    /// <summary>Takes money, never more than is open.</summary>
    public Task<Result<Guid>> TakePaymentAsync(Actor actor, Guid patientId, Guid visitId, NewPayment input, CancellationToken ct) =>
        ledgers.EnterAsync(actor, RequestOf(AuditAct.PaymentTaken, patientId, visitId, input), open =>
        {
            var findings = new Findings();
            Ledgers.CheckSeen(input.Seen, open, findings, Amount);
            var cents = ReadOpen(input.Amount, open, findings);
            var reference = InputRules.CleanLine(input.Reference);
            findings.Check(reference.Length <= LongestReference, "Reference", new Message("Use at most {0} characters.", LongestReference))
                .Check(input.Method is { } method && Enum.IsDefined(method), "Method", "Choose how it was paid.");
            return findings.IsEmpty ? new LedgerLine(LedgerKind.Payment, cents) { Method = input.Method, Reference = reference }
                : findings.Error;
        }, ct);

    /// <summary>
    /// Gives money of a payment back, never more than was taken and not given back yet. Refused when the ledger has more entries than
    /// were <paramref name="seen"/>; null asks nothing.
    /// </summary>
    public Task<Result<Guid>> RefundAsync(
        Actor actor, Guid patientId, Guid visitId, Guid entryId, string amount, string reason, int? seen, CancellationToken ct) =>
        ledgers.EnterAsync(actor, RequestOf(AuditAct.PaymentRefunded, patientId, visitId, new { entryId, amount, reason, seen }), open =>
        {
            if (open.Ledger.Find(entryId) is not { Kind: LedgerKind.Payment } payment)
            {
                return Error.NotFound;
            }

            var left = open.Money(open.Ledger.LeftOf(payment));
            var (clean, findings) = ReasonOf(reason);
            Ledgers.CheckSeen(seen, open, findings, Amount);
            var cents = Ledgers.Read(amount, left, findings, new Message("No more than {0} of this payment is left to give back.", left));
            return findings.IsEmpty
                ? new LedgerLine(LedgerKind.Refund, cents) { OfId = entryId, Method = payment.Method, Reason = clean } : findings.Error;
        }, ct);

    /// <summary>
    /// Lets go of what is open, or of a part of it, for a reason. Refused when the ledger has more entries than were
    /// <paramref name="seen"/>; null asks nothing.
    /// </summary>
    public Task<Result<Guid>> WaiveAsync(
        Actor actor, Guid patientId, Guid visitId, string amount, string reason, int? seen, CancellationToken ct) =>
        ledgers.EnterAsync(actor, RequestOf(AuditAct.FeeWaived, patientId, visitId, new { amount, reason, seen }), open =>
        {
            var (clean, findings) = ReasonOf(reason);
            Ledgers.CheckSeen(seen, open, findings, Amount);
            var cents = ReadOpen(amount, open, findings);
            return findings.IsEmpty ? new LedgerLine(LedgerKind.Waiver, cents) { Reason = clean } : findings.Error;
        }, ct);

    /// <summary>Takes a waiver back that was made by mistake, for a reason: what was waived is open again.</summary>
    public Task<Result<Guid>> EndWaiverAsync(
        Actor actor, Guid patientId, Guid visitId, Guid entryId, string reason, CancellationToken ct) =>
        ledgers.EnterAsync(actor, RequestOf(AuditAct.WaiverEnded, patientId, visitId, new { entryId, reason }), open =>
        {
            if (open.Ledger.Find(entryId) is not { Kind: LedgerKind.Waiver } waiver)
            {
                return Error.NotFound;
            }

            var (clean, findings) = ReasonOf(reason);
            return open.Ledger.LeftOf(waiver) == 0 ? Error.Conflict
                : !findings.IsEmpty ? findings.Error
                : new LedgerLine(LedgerKind.WaiverEnd, open.Ledger.LeftOf(waiver)) { OfId = entryId, Reason = clean };
        }, ct);

    /// <summary>The reason that was typed, with a finding beside its field when there is none.</summary>
    internal static (string Clean, Findings Findings) ReasonOf(string? typed)
    {
        var clean = InputRules.Clean(typed);
        return (clean, new Findings().Text(clean, "Reason", LongestReason, "Say why."));
    }

    private static AccessRequest RequestOf(AuditAct act, Guid patientId, Guid visitId, object sent) =>
        new(Permission.BillingChange, act) { PatientId = patientId, VisitId = visitId, Sent = sent };

    private static long ReadOpen(string typed, OpenLedger open, Findings findings)
    {
        var most = open.Money(open.Ledger.OpenCents);
        if (most.Cents <= 0)
        {
            findings.Add(Amount, NothingOpen);
            return 0;
        }

        return Ledgers.Read(typed, most, findings, new Message("No more than {0} is open.", most));
    }
}
