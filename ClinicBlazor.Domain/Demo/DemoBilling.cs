using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Billing;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Visits;

namespace ClinicBlazor.Domain.Demo;

/// <summary>The demo clinic's prices, and what the visits of its morning cost: settled, put off, waived, and open.</summary>
public sealed class DemoBilling(Ledgers ledgers, AuditTrail trail, TimeProvider time)
{
    private static readonly (string Code, string Name, long Cents)[] List =
    [
        ("BLOOD", "Blood sample", 2250), ("CERT", "Medical certificate", 1500), ("CONS", "Consultation", 6500),
        ("DRESS", "Dressing material", 1200), ("ECG", "Electrocardiogram", 4800),
    ];

    private readonly Dictionary<string, Price> prices = [];
    private int invoices;

    /// <summary>Puts the price list in.</summary>
    internal void AddPrices(ClinicDbContext db)
    {
        foreach (var (code, name, cents) in List)
        {
            prices[code] = new Price
            {
                Id = time.NewId(), Code = code, Name = name, Cents = cents, Currency = ledgers.Currency, IsConsultation = code == "CONS",
            };
            db.Add(prices[code]);
        }
    }

    /// <summary>Charges a visit whose patient arrived, and settles it in one of the ways that there are.</summary>
    internal void Add(ClinicDbContext db, Visit visit, Account reception, DateTimeOffset arrived)
    {
        var number = invoices++;
        var invoice = new Invoice
        {
            Id = Guid.CreateVersion7(arrived), VisitId = visit.Id, PatientId = visit.PatientId, Number = 1001 + number,
            Currency = ledgers.Currency, OpenedAt = arrived,
        };
        db.Add(invoice);
        var ledger = new OpenLedger(invoice, new Ledger(invoice.Currency, [], time), arrived);
        var charge = ledgers.Add(db, ledger, reception.Id, Charge("CONS"));
        if (visit.Status is VisitStatus.Cancelled or VisitStatus.EnteredInError)
        {
            ledgers.Add(db, ledger, reception.Id, new LedgerLine(LedgerKind.Reversal, prices["CONS"].Cents) { OfId = charge });
            return;
        }

        if (number % 4 == 3)
        {
            ledgers.Add(db, ledger, reception.Id, Charge("ECG"));
            Tell(db, reception, AuditAct.ChargeAdded, visit, arrived);
        }

        // Whoever is with the doctor, or was, had been cleared before.
        var isCleared = visit.Status is VisitStatus.InProgress or VisitStatus.Finished || number % 3 != 1;
        var (act, line) = Settled(number, invoice.OpenCents, isCleared);
        if (line is not null)
        {
            ledgers.Add(db, ledger, reception.Id, line);
            Tell(db, reception, act, visit, arrived);
        }
    }

    private LedgerLine Charge(string code) => new(LedgerKind.Charge, prices[code].Cents)
    {
        PriceId = prices[code].Id, Name = prices[code].Name,
    };

    private (AuditAct Act, LedgerLine? Line) Settled(int number, long open, bool isCleared) => (isCleared, number % 6) switch
    {
        (false, 1) => (AuditAct.PaymentTaken, new LedgerLine(LedgerKind.Payment, 2500) { Method = PaymentMethod.Cash }),
        (false, _) => (default, null),
        (true, 2) => (AuditAct.ApprovalRecorded, new LedgerLine(LedgerKind.Approval, open)
        {
            Reference = $"H-{40_000 + number}", EndsAt = ClinicDay.Of(time).End.AddDays(30),
        }),
        (true, 3) => (AuditAct.FeeWaived, new LedgerLine(LedgerKind.Waiver, open) { Reason = DemoTexts.ReasonToWaive }),
        (true, 5) => (AuditAct.PaymentDeferred,
            new LedgerLine(LedgerKind.Deferral, open) { EndsAt = ClinicDay.Of(time).End.AddDays(ClearanceService.DeferralDays) }),
        _ => (AuditAct.PaymentTaken,
            new LedgerLine(LedgerKind.Payment, open) { Method = PaymentMethod.Card, Reference = $"{4000 + number}" }),
    };

    private void Tell(ClinicDbContext db, Account who, AuditAct act, Visit visit, DateTimeOffset then) =>
        trail.AddMadeUp(db, who.Roles, new AuditTrace(act) { AccountId = who.Id, PatientId = visit.PatientId, VisitId = visit.Id }, then);
}
