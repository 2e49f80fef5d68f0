using System.Globalization;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Input;
using ClinicBlazor.Domain.Protection;
using ClinicBlazor.Domain.Visits;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ClinicBlazor.Domain.Billing;

/// <summary>An invoice with its ledger, as one lease of the database sees them.</summary>
/// <param name="Invoice">The invoice, tracked.</param>
/// <param name="Ledger">Its entries.</param>
/// <param name="Now">The moment of the act.</param>
internal sealed record OpenLedger(Invoice Invoice, Ledger Ledger, DateTimeOffset Now)
{
    /// <summary>An amount in the currency of the invoice.</summary>
    public Money Money(long cents) => new(cents, Invoice.Currency);
}

/// <summary>What is to be entered into a ledger.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Cents">How much, in cents.</param>
internal sealed record LedgerLine(LedgerKind Kind, long Cents = 0)
{
    /// <summary>The entry that it takes back.</summary>
    public Guid? OfId { get; init; }

    /// <summary>By which price it is charged.</summary>
    public Guid? PriceId { get; init; }

    /// <summary>What is charged, as the price list calls it.</summary>
    public string? Name { get; init; }

    /// <summary>The event of the visit that it follows from.</summary>
    public Guid? EventId { get; init; }

    /// <summary>How money was taken.</summary>
    public PaymentMethod? Method { get; init; }

    /// <summary>In how many monthly parts.</summary>
    public int? Parts { get; init; }

    /// <summary>Until when it holds.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>Number of an approval or receipt; may be empty.</summary>
    public string Reference { get; init; } = "";

    /// <summary>Why; may be empty.</summary>
    public string Reason { get; init; } = "";
}

/// <summary>Opens ledgers, and enters into them: the one way to do that.</summary>
public sealed class Ledgers(ClinicGate gate, FieldProtector protector, IOptions<ClinicSettings> settings, TimeProvider time)
{
    /// <summary>The most that one entry can be about, in cents.</summary>
    internal const long MostCents = 100_000_000;

    private const int FirstNumber = 1001;

    /// <summary>The clinic's currency.</summary>
    internal string Currency => settings.Value.Currency;

    /// <summary>
    /// Enters lines into the ledger of a visit, decided by what stands there, and answers with the id of the first; begins the invoice
    /// where there is none. Of two who do so at once, the second decides by what the first has entered.
    /// </summary>
    internal Task<Result<Guid>> EnterAsync(Actor actor, AccessRequest request,
        Func<ClinicDbContext, Visit, OpenLedger, Task<Result<IReadOnlyList<LedgerLine>>>> decide, CancellationToken ct) =>
        gate.RunAsync<Guid>(actor, request, async (db, trace) =>
        {
            var (patientId, visitId) = (request.PatientId, request.VisitId);
            var visit = await db.Set<Visit>().AsTracking()
                .SingleOrDefaultAsync(row => row.Id == visitId && row.PatientId == patientId, ct);
            if (visit is null)
            {
                return Error.NotFound;
            }

            var ledger = await FindAsync(db, visit.Id, ct);
            var isNew = ledger is null;
            ledger ??= await BeginAsync(db, visit, ct);
            var lines = await decide(db, visit, ledger);
            if (lines.Error is { } error)
            {
                return error;
            }

            // Where the visit stands decides about these: whoever moves it at the same time comes before or after.
            if (lines.Value.Any(line => line.Kind is LedgerKind.Charge or LedgerKind.Emergency or LedgerKind.Override))
            {
                visit.Judged();
            }

            if (isNew)
            {
                db.Add(ledger.Invoice);
            }

            // A waiver that goes with the charge that it was of is an act of its own.
            trace.AlsoHappened.AddRange(lines.Value.Skip(1).Where(line => line.Kind == LedgerKind.WaiverEnd)
                .Select(_ => (AuditAct.WaiverEnded, AuditOutcome.Done)));

            return lines.Value.Select(line => Add(db, ledger, actor.AccountId, line)).ToList()[0];
        }, ct, retry: true);

    /// <summary>
    /// The same for one line, where nothing but the ledger decides.
    /// </summary>
    internal Task<Result<Guid>> EnterAsync(
        Actor actor, AccessRequest request, Func<OpenLedger, Result<LedgerLine>> decide, CancellationToken ct) =>
        EnterAsync(actor, request, (_, _, open) => Task.FromResult(One(decide(open))), ct);

    /// <summary>One line, where several could be.</summary>
    internal static Result<IReadOnlyList<LedgerLine>> One(Result<LedgerLine> line) =>
        line.Error is { } error ? error : Result.Of<IReadOnlyList<LedgerLine>>([line.Value]);

    /// <summary>The ledgers of some invoices, by the invoices' ids.</summary>
    internal async Task<IReadOnlyDictionary<Guid, Ledger>> OfAsync(
        ClinicDbContext db, IReadOnlyCollection<Invoice> invoices, CancellationToken ct)
    {
        var ids = invoices.Select(invoice => invoice.Id).ToList();
        var entries = (await db.Set<LedgerEntry>().Where(entry => ids.Contains(entry.InvoiceId)).ToListAsync(ct))
            .ToLookup(entry => entry.InvoiceId);
        return invoices.ToDictionary(invoice => invoice.Id, invoice => new Ledger(invoice.Currency, entries[invoice.Id], time));
    }

    /// <summary>The ledger of a visit; null while nothing was ever entered.</summary>
    internal async Task<OpenLedger?> FindAsync(ClinicDbContext db, Guid visitId, CancellationToken ct)
    {
        if (await db.Set<Invoice>().AsTracking().SingleOrDefaultAsync(row => row.VisitId == visitId, ct) is not { } invoice)
        {
            return null;
        }

        return new OpenLedger(invoice, (await OfAsync(db, [invoice], ct))[invoice.Id], time.Now());
    }

    /// <summary>A ledger for a visit that has none; its invoice is not added yet.</summary>
    internal async Task<OpenLedger> BeginAsync(ClinicDbContext db, Visit visit, CancellationToken ct)
    {
        // Whoever begins one after this takes the same number, and this begins anew.
        var number = await db.Set<InvoiceNumber>().MaxAsync(row => (int?)row.Number, ct) + 1 ?? FirstNumber;
        var invoice = new Invoice
        {
            Id = time.NewId(), VisitId = visit.Id, PatientId = visit.PatientId, Number = number, Currency = Currency, OpenedAt = time.Now(),
        };
        return new OpenLedger(invoice, new Ledger(Currency, [], time), time.Now());
    }

    /// <summary>Enters a line into what is about to be saved; answers with the id of the entry.</summary>
    internal Guid Add(ClinicDbContext db, OpenLedger open, Guid? accountId, LedgerLine line)
    {
        var (id, invoice) = (time.NewId(), open.Invoice);
        var owner = LedgerEntry.OwnerOf(invoice.PatientId, invoice.Id);
        var last = open.Ledger.Entries.Count == 0 ? open.Now : open.Ledger.Entries[^1].At;
        db.Add(new LedgerEntry
        {
            Id = id,
            InvoiceId = invoice.Id,
            PatientId = invoice.PatientId,
            Number = invoice.Entered(LedgerEntry.SignedCents(line.Kind, line.Cents)),
            Kind = line.Kind,
            Cents = line.Cents,
            OfId = line.OfId,
            EventId = line.EventId,
            PriceId = line.PriceId,
            Name = line.Name,
            Method = line.Method,
            Parts = line.Parts,
            EndsAt = line.EndsAt,
            Reference = Seal(line.Reference, nameof(LedgerEntry.Reference)),
            Reason = Seal(line.Reason, nameof(LedgerEntry.Reason)),

            // Clocks are set back; what is entered later does not stand earlier.
            At = open.Now < last ? last : open.Now,
            AccountId = accountId,
        });
        return id;

        SealedText? Seal(string text, string column) =>
            text.Length == 0 ? null : protector.Seal(text, FieldPlace.Of<LedgerEntry>(id, owner, column));
    }

    /// <summary>
    /// The amount that was typed, in cents, of at most <paramref name="most"/>; a finding beside the field when it is none, and 0 then.
    /// </summary>
    internal static long Read(string? typed, Money most, Findings findings, Message tooMuch)
    {
        const string field = "Amount";
        var cents = WrittenAmount.Read(typed, CultureInfo.CurrentUICulture, most.Currency);
        findings.Check(cents is > 0, field, "Give an amount, for instance 40.00.")
            .Check(cents is null or <= 0 || cents <= most.Cents, field, tooMuch);
        return findings.IsEmpty ? cents!.Value : 0;
    }

    /// <summary>
    /// Adds a finding when somebody has entered something since the ledger was <paramref name="seen"/> with so many entries: of two who
    /// take the same money, the second is asked.
    /// </summary>
    internal static void CheckSeen(int? seen, OpenLedger open, Findings findings, string field) =>
        findings.Check(seen is not { } count || count == open.Invoice.Entries, field, new Message(
            "Somebody has entered something meanwhile: {0} is open now. Press again if that is right.", open.Money(open.Ledger.OpenCents)));

    /// <summary>An amount in the clinic's currency.</summary>
    internal Money MoneyOf(long cents) => new(cents, Currency);
}
