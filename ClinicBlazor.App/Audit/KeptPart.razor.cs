using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Security;
using Microsoft.AspNetCore.Components;

namespace ClinicBlazor.App.Audit;

/// <summary>How long entries are kept, and which archives there are; read once, when somebody opens it.</summary>
public sealed partial class KeptPart(CurrentActor current, AuditArchiveService archives) : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private KeptEntries? _kept;
    private bool _asked;

    /// <inheritdoc />
    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    private async Task OpenAsync()
    {
        if (_asked)
        {
            return;
        }

        _asked = true;
        var ct = _gone.Token;
        try
        {
            var result = await archives.ReadAsync(await current.GetAsync(ct), ct);
            _kept = result.IsSuccess ? result.Value : null;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The page was left.
        }
    }
}
