using System.Security.Cryptography;
using ClinicBlazor.App.Shared;
using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Records;
using Microsoft.AspNetCore.Components;

namespace ClinicBlazor.App.Records;

/// <summary>
/// The record component: given an id and whoever is signed in, it renders the record or the one answer for missing and
/// forbidden. It holds a record only while it shows it. Another id clears it before anything is asked; every act and
/// every reload ask anew, and a refusal empties it.
/// </summary>
public sealed partial class RecordView(
    RecordService records, PrintService prints, CurrentActor current, TimeProvider clock, ILogger<RecordView> log)
    : ComponentBase, IDisposable
{
    private enum Answer
    {
        None,
        Shown,
        Missing,
        Unreadable,
    }

    private CancellationTokenSource? _load;
    private Guid? _asked;
    private bool _removed;
    private Answer _answer;
    private RecordDetails? _record;
    private string _reader = "";
    private DateTimeOffset _openedAt;
    private bool _mayDiagnose;

    /// <summary>Which record.</summary>
    [Parameter, EditorRequired]
    public Guid RecordId { get; set; }

    /// <summary>What stands above the record, given the patient's id; it comes and goes with the record.</summary>
    [Parameter]
    public RenderFragment<Guid>? Above { get; set; }

    [CascadingParameter]
    private Audience Audience { get; set; }

    private TimeProvider Clock => clock;

    /// <inheritdoc />
    public void Dispose()
    {
        _removed = true;
        Clear();
        AbandonLoad();
    }

    /// <inheritdoc />
    protected override Task OnParametersSetAsync()
    {
        if (_asked == RecordId)
            return Task.CompletedTask;
        _asked = RecordId;
        return OpenAsync();
    }

    /// <summary>Empties the page, then asks for the record. Also what follows when an act was refused.</summary>
    private async Task OpenAsync()
    {
        var ct = BeginLoad();
        await EmptyAsync(Answer.None);
        await AskAsync(ct);
    }

    /// <summary>Asks for the record again; what is shown stays until the answer is there.</summary>
    private Task<RecordDetails?> ReloadAsync() => AskAsync(BeginLoad());

    /// <summary>Answers with the record, or with null when it may not be shown or a later question has overtaken this one.</summary>
    private async Task<RecordDetails?> AskAsync(CancellationToken ct)
    {
        try
        {
            ct.ThrowIfCancellationRequested();
            var actor = await current.GetAsync(ct);
            var result = await records.GetAsync(actor, RecordId, ct);
            ct.ThrowIfCancellationRequested();
            if (result.IsSuccess)
                Show(result.Value, actor);
            else
                await EmptyAsync(Answer.Missing);
            return result.IsSuccess ? result.Value : null;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return null;
        }
        catch (CryptographicException) when (!ct.IsCancellationRequested)
        {
            LogUnreadable(log, RecordId);
            await EmptyAsync(Answer.Unreadable);
            return null;
        }
    }

    /// <summary>Somebody comes back to the tab: may the record still stand there? Asked without reading it again.</summary>
    private async Task AskAgainAsync()
    {
        if (_load is null)
            return;
        var ct = _load.Token;
        try
        {
            var may = await records.ExistsAsync(await current.GetAsync(ct), RecordId, ct);
            ct.ThrowIfCancellationRequested();
            if (!may)
                await EmptyAsync(Answer.Missing);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The record is being asked for itself.
        }
    }

    /// <summary>The page was printed. Who may not see the record any more has it taken from the page as well.</summary>
    private async Task PrintedAsync()
    {
        if (_load is null)
            return;
        var ct = _load.Token;
        try
        {
            if (!(await prints.RecordAsync(await current.GetAsync(ct), RecordId, ct)).IsSuccess)
                await EmptyAsync(Answer.Missing);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The page was left.
        }
    }

    private void Show(RecordDetails record, Actor actor)
    {
        (_record, _answer) = (record, Answer.Shown);
        (_reader, _openedAt) = (actor.DisplayName, clock.GetUtcNow());
        _mayDiagnose = actor.May(Permission.DiagnosisAssign);
        StateHasChanged();
    }

    private async Task EmptyAsync(Answer answer)
    {
        Clear();
        _answer = answer;
        StateHasChanged();

        // Drawn twice: for comparison the renderer keeps the tree before the present one, and the record would stay in it.
        await Task.Yield();
        StateHasChanged();
    }

    private void Clear() => (_record, _answer, _reader, _mayDiagnose) = (null, Answer.None, "", false);

    private CancellationToken BeginLoad()
    {
        AbandonLoad();
        _load = new CancellationTokenSource();
        if (_removed)
            _load.Cancel();
        return _load.Token;
    }

    private void AbandonLoad()
    {
        _load?.Cancel();
        _load?.Dispose();
        _load = null;
    }

    [LoggerMessage(Level = LogLevel.Error,
        Message = "Record {RecordId} cannot be opened: a stored value was changed, or its key is missing")]
    private static partial void LogUnreadable(ILogger log, Guid recordId);
}
