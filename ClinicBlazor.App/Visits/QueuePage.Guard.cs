using ClinicBlazor.App.Billing;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Visits;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace ClinicBlazor.App.Visits;

/// <summary>What the board shows of visits that are stopped until they are cleared.</summary>
public sealed partial class QueuePage
{
    private readonly Dictionary<Guid, ElementReference> _guards = [];

    // Calls the board to read again when a clearance ends by itself: nobody does anything then that would tell of it.
    private ExpiryTimer? _expiry;

    // The patient would be called in, and is not: the guard stands where the button would.
    private static bool IsHeldBack(QueueRow row) => row is { Next: VisitAct.CallIn, Hold: not null };

    private async Task ShowGuardAsync(QueueRow row, Money open)
    {
        var cleared = await dialogs.AskAsync<PaymentGuardDialog, bool>(new DialogParameters<PaymentGuardDialog>
        {
            { dialog => dialog.PatientId, row.PatientId },
            { dialog => dialog.VisitId, row.VisitId },
            { dialog => dialog.PatientName, row.PatientName },
            { dialog => dialog.Open, open },
        }, _gone.Token);
        if (cleared && !_gone.IsCancellationRequested)
        {
            await LoadAsync();
            _focus = row.VisitId;
            StateHasChanged();
        }
    }

    // What a row is reached by: the guard where it stands in the place of the next act.
    private ElementReference? HandleOf(Guid visitId) => _board?.Rows.FirstOrDefault(row => row.VisitId == visitId) switch
    {
        { } row when IsHeldBack(row) => _guards[visitId],
        { IsMine: true } => _buttons[visitId],
        _ => null,
    };
}
