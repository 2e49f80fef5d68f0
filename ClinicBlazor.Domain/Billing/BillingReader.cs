using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Input;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Protection;
using ClinicBlazor.Domain.Visits;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Billing;

/// <summary>What visits cost, and what is open; nothing of a chart.</summary>
public sealed class BillingReader(ClinicGate gate, Ledgers ledgers, FieldProtector protector, TimeProvider time)
{
    private const int PageSize = 25;

    /// <summary>
    /// What a visit costs; <see cref="ErrorKind.NotFound"/> when there is no such visit, or it is not the actor's to see. A page that
    /// stays open and reads <paramref name="again"/> what it shows already has its entry in the audit trail.
    /// </summary>
    public Task<Result<Bill>> GetAsync(Actor actor, Guid patientId, Guid visitId, bool again, CancellationToken ct)
    {
        var request = new AccessRequest(Permission.BillingRead, AuditAct.BillRead) { PatientId = patientId, VisitId = visitId };
        return gate.RunAsync<Bill>(actor, request, async (db, trace) =>
        {
            if (!await db.Set<Visit>().AnyAsync(row => row.Id == visitId && row.PatientId == patientId, ct))
            {
                return Error.NotFound;
            }

            trace.GoesOn = again;
            return await ledgers.FindAsync(db, visitId, ct) is { } open
                ? await BillOfAsync(db, actor, open, ct) : Empty(patientId, visitId);
        }, ct);
    }

    /// <summary>
    /// Visits that are not settled, whoever owes whom, the oldest first. A page that stays open hands in whom it has shown
    /// (<paramref name="known"/>, null at first): its next look is an entry of its own in the audit trail only when it shows somebody
    /// else.
    /// </summary>
    public Task<Result<Page<OpenBalance>>> ListOpenAsync(Actor actor, string? after, IReadOnlySet<Guid>? known, CancellationToken ct)
    {
        var request = new AccessRequest(Permission.BillingChange, AuditAct.BalancesListed);
        return gate.RunAsync<Page<OpenBalance>>(actor, request, async (db, trace) =>
        {
            var unsettled = db.Set<Invoice>().Where(invoice => invoice.OpenCents != 0);
            if (PageCursor.ReadMoment(after) is var (moment, last))
            {
                unsettled = unsettled.Where(invoice => invoice.OpenedAt > moment || (invoice.OpenedAt == moment && invoice.Id > last));
            }

            var invoices = await unsettled.OrderBy(invoice => invoice.OpenedAt).ThenBy(invoice => invoice.Id)
                .Take(PageSize + 1).ToListAsync(ct);
            var shown = invoices.Take(PageSize).ToList();
            var rows = await RowsAsync(db, shown, ct);
            var others = shown.Select(invoice => invoice.PatientId).Where(patientId => known?.Contains(patientId) != true).ToList();
            trace.GoesOn = known is not null && others.Count == 0;
            trace.List(others);
            return new Page<OpenBalance>(rows, invoices.Count > PageSize ? PageCursor.Write(shown[^1].OpenedAt, shown[^1].Id) : null);
        }, ct);
    }

    /// <summary>What can be charged.</summary>
    public Task<Result<IReadOnlyList<PriceRow>>> PricesAsync(Actor actor, CancellationToken ct) =>
        gate.RunAsync<IReadOnlyList<PriceRow>>(actor, new AccessRequest(Permission.BillingChange, AuditAct.PricesListed),
            async db => Result.Of(await PriceListService.RowsAsync(db, ledgers.Currency, ct)), ct);

    /// <summary>
    /// Writes down that a receipt was printed; <see cref="ErrorKind.NotFound"/> when it is not the actor's to see.
    /// </summary>
    public Task<Result<Done>> ReceiptPrintedAsync(Actor actor, Guid patientId, Guid visitId, CancellationToken ct)
    {
        var request = new AccessRequest(Permission.BillingRead, AuditAct.ReceiptPrinted) { PatientId = patientId, VisitId = visitId };
        return gate.RunAsync<Done>(actor, request, async db =>
            await db.Set<Invoice>().AnyAsync(row => row.VisitId == visitId && row.PatientId == patientId, ct)
                ? Done.Instance : Error.NotFound, ct);
    }

    private async Task<Bill> BillOfAsync(ClinicDbContext db, Actor actor, OpenLedger bill, CancellationToken ct)
    {
        var (invoice, ledger, now) = bill;
        var names = await AccountNames.OfAsync(db, ledger.Entries.Select(entry => entry.AccountId), ct);
        var clearance = ledger.ClearanceAt(now);
        long open = 0;
        var lines = new List<BillLine>();
        foreach (var entry in ledger.Entries)
        {
            open += LedgerEntry.SignedCents(entry.Kind, entry.Cents);
            lines.Add(new BillLine(entry.Id, entry.Number, entry.Kind, entry.At,
                entry.AccountId is { } id ? names.GetValueOrDefault(id) : null, bill.Money(entry.Cents), bill.Money(open), entry.Name,
                ledger.Find(entry.OfId)?.Number, entry.Method,
                protector.OpenOptional(entry.Reference, FieldPlace.Of(entry, nameof(LedgerEntry.Reference))),
                IsClinical(ledger, entry) && !actor.Roles.HasAny(Roles.Clinical) ? null
                    : protector.OpenOptional(entry.Reason, FieldPlace.Of(entry, nameof(LedgerEntry.Reason))),
                entry.EndsAt, entry.Parts, bill.Money(ledger.LeftOf(entry)), ledger.Stands(entry, now)));
        }

        return new Bill(invoice.VisitId, invoice.PatientId, invoice.Number, clearance, bill.Money(ledger.ChargedCents),
            bill.Money(ledger.PaidCents), bill.Money(ledger.WaivedCents), lines,
            clearance.Kind == ClearanceKind.Planned ? ledger.Parts(now) : []);
    }

    // Why a doctor goes on, or that something was no emergency, is said in words about what is wrong with the patient.
    private static bool IsClinical(Ledger ledger, LedgerEntry entry) =>
        entry.Kind == LedgerKind.Override || ledger.Find(entry.OfId)?.Kind == LedgerKind.Emergency;

    private Bill Empty(Guid patientId, Guid visitId)
    {
        var nothing = ledgers.MoneyOf(0);
        return new Bill(visitId, patientId, null, new Clearance(ClearanceKind.Free, nothing, nothing), nothing, nothing, nothing, [], []);
    }

    private async Task<IReadOnlyList<OpenBalance>> RowsAsync(ClinicDbContext db, IReadOnlyList<Invoice> invoices, CancellationToken ct)
    {
        var patientIds = invoices.Select(invoice => invoice.PatientId).Distinct().ToList();
        var visitIds = invoices.Select(invoice => invoice.VisitId).ToList();
        var patients = await db.Set<Patient>().Where(patient => patientIds.Contains(patient.Id))
            .Select(patient => new { patient.Id, patient.Number, patient.GivenName, patient.FamilyName })
            .ToDictionaryAsync(patient => patient.Id, ct);
        var over = (await db.Set<Visit>().Where(visit => visitIds.Contains(visit.Id) && visit.ClosedAt != null).Select(visit => visit.Id)
            .ToListAsync(ct)).ToHashSet();
        var open = await ledgers.OfAsync(db, invoices, ct);
        var now = time.Now();
        return [.. invoices.Select(invoice => new OpenBalance(invoice.VisitId, invoice.PatientId,
            $"{patients[invoice.PatientId].GivenName} {patients[invoice.PatientId].FamilyName}".Trim(), patients[invoice.PatientId].Number,
            invoice.Number, invoice.OpenedAt, over.Contains(invoice.VisitId), open[invoice.Id].ClearanceAt(now)))];
    }
}
