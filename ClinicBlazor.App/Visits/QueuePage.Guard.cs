using ClinicBlazor.App.Billing;
using ClinicBlazor.Domain.Visits;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace ClinicBlazor.App.Visits;

/// <summary>What the board shows of visits that are stopped until they are cleared.</summary>
public sealed partial class QueuePage
{
    private readonly Dictionary<Guid, ElementReference> _guards = [];

    // The row whose guard is shown, and what closes that.
    private (Guid VisitId, CancellationTokenSource Closing)? _asked;

    // The patient would be called in, and is not: the guard stands where the button would.
    private static bool IsHeldBack(QueueRow row) => row is { Next: VisitAct.CallIn, IsHeld: true };

    private async Task ShowGuardAsync(QueueRow row)
    {
        if (_asked is not null)
        {
            return;
        }

        using var closing = CancellationTokenSource.CreateLinkedTokenSource(_gone.Token);
        _asked = (row.VisitId, closing);
        var cleared = false;
        try
        {
            cleared = await dialogs.AskAsync<PaymentGuardDialog, bool>(new DialogParameters<PaymentGuardDialog>
            {
                { dialog => dialog.PatientId, row.PatientId },
                { dialog => dialog.VisitId, row.VisitId },
                { dialog => dialog.PatientName, row.PatientName },
                { dialog => dialog.Open, row.Open },
            }, closing.Token);
        }
        finally
        {
            _asked = null;
        }

        // Cleared from here, or by somebody else meanwhile: what stood under the hand is another button now.
        if ((cleared || closing.IsCancellationRequested) && !_gone.IsCancellationRequested)
        {
            await LoadAsync();
            _focus = row.VisitId;
            StateHasChanged();
        }
    }

    // What holds a visit that nothing holds any more is not said any longer.
    private void CloseGuard()
    {
        if (_asked is var (visitId, closing) && _board?.Rows.Any(row => row.VisitId == visitId && row.IsHeld) != true)
        {
            closing.Cancel();
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
