using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Billing;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Visits;
using Microsoft.AspNetCore.Components;

namespace ClinicBlazor.App.Billing;

/// <summary>What a visit cost and what was paid, for paper: as the ledger stood when the page was opened, and when that was.</summary>
public sealed partial class ReceiptPage(
    CurrentActor current, VisitHistoryService visits, PatientService patients, BillingReader bills, TimeProvider clock)
    : ComponentBase, IDisposable
{
    private CancellationTokenSource _load = new();
    private Receipt? _receipt;
    private DateTimeOffset _readAt;
    private Guid? _shown;
    private bool _missing;
    private bool _left;

    /// <summary>Of which visit.</summary>
    [Parameter]
    public Guid Id { get; set; }

    private TimeProvider Clock => clock;

    /// <inheritdoc />
    public void Dispose()
    {
        (_left, _receipt) = (true, null);
        _load.Cancel();
        _load.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (_shown == Id)
        {
            return;
        }

        (_shown, _receipt, _missing) = (Id, null, false);
        await _load.CancelAsync();
        _load.Dispose();
        _load = new CancellationTokenSource();
        var ct = _load.Token;
        try
        {
            var receipt = await FindAsync(Id, ct);
            ct.ThrowIfCancellationRequested();
            (_receipt, _missing, _readAt) = (receipt, receipt is null, clock.GetUtcNow());
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Another visit is asked for by now, or the page was left.
        }
    }

    private static bool IsAboutMoney(BillLine line) =>
        BillingWords.InCharges(line) is not null || BillingWords.InPayments(line) is not null
        || line.Kind is LedgerKind.Waiver or LedgerKind.WaiverEnd;

    private static bool IsAgreed(BillLine line) =>
        line is { Stands: true, Kind: LedgerKind.Approval or LedgerKind.Deferral or LedgerKind.Plan };

    // Nobody has received anything yet.
    private string Name(Bill bill) => bill.Paid.Cents > 0 ? T["Receipt"] : T["Statement"];

    private async Task<Receipt?> FindAsync(Guid visitId, CancellationToken ct)
    {
        var actor = await current.GetAsync(ct);

        // Patients may read about themselves; this page is one of the staff.
        var visit = actor.Roles.HasAny(Roles.Staff) ? await visits.GetAsync(actor, visitId, again: false, ct) : Error.NotFound;
        if (!visit.IsSuccess)
        {
            return null;
        }

        var patient = await patients.GetAsync(actor, visit.Value.PatientId, ct);
        var bill = await bills.GetAsync(actor, visit.Value.PatientId, visitId, again: false, ct);
        return patient.IsSuccess && bill.IsSuccess ? new Receipt(patient.Value, visit.Value, bill.Value) : null;
    }

    private async Task PrintedAsync()
    {
        if (_left || _receipt is not { } receipt)
        {
            return;
        }

        var ct = _load.Token;
        try
        {
            var result = await bills.ReceiptPrintedAsync(await current.GetAsync(ct), receipt.Patient.Id, receipt.Visit.Visit.Id, ct);
            ct.ThrowIfCancellationRequested();
            if (!result.IsSuccess)
            {
                (_receipt, _missing) = (null, true);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Another visit is asked for by now, or the page was left.
        }
    }

    private sealed record Receipt(PatientDetails Patient, VisitDetails Visit, Bill Bill);
}
