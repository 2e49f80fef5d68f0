using ClinicBlazor.App.Shared;
using ClinicBlazor.App.Shared.Dialogs;
using ClinicBlazor.App.Shared.Unsent;
using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Records;
using Microsoft.AspNetCore.Components;

namespace ClinicBlazor.App.Patients;

/// <summary>A doctor writes down what a patient says. What is typed is kept as a draft until the record is saved.</summary>
public sealed partial class NewRecordForm(
    CurrentActor current, RecordService records, DraftService drafts, ClinicDialogs dialogs, NavigationManager navigation,
        TimeProvider clock, DraftSavers savers) : ComponentBase
{
    // Too long a text is told, not cut.
    private const int Unlimited = 524_288;

    private readonly CancellationTokenSource _gone = new();
    private DraftSaver _saver = null!;
    private NewRecordDraft _draft = new();
    private IReadOnlyList<FieldProblem> _problems = [];
    private bool _loaded;
    private bool _finished;
    private bool _busy;

    [CascadingParameter]
    private PatientChart Chart { get; set; } = null!;

    private Guid PatientId => Chart.Patient.Id;

    private string UnsentAddress =>
        new UnsentDraft(UnsentNewRecord.Name, PatientId, RecordId: null, _saver.SavedAt, _draft.Command).Address;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        await _saver.DisposeAsync();
        _gone.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        _saver = savers.Begin(KeepAsync, Redraw);
        var found = await drafts.FindAsync(await current.GetAsync(_gone.Token), PatientId, DraftService.NewRecordForm, _gone.Token);
        if (!found.IsSuccess)
        {
            await Chart.ReloadAsync();
            return;
        }

        if (_saver.Open(found.Value) is { } body)
        {
            _draft = NewRecordDraft.Read(body);
        }

        _loaded = true;
    }

    private void SetOnset(string onset)
    {
        _draft.Onset = onset;
        Typed("onset");
    }

    private void SetSeverity(int? severity)
    {
        _draft.Severity = severity;
        Typed("severity");
    }

    private void Typed(string fieldId)
    {
        _problems = _problems.Without(fieldId);
        _saver.Touch();
    }

    private async Task GoOnAsync(bool withTheirs)
    {
        var found = await drafts.FindAsync(await current.GetAsync(_gone.Token), PatientId, DraftService.NewRecordForm, _gone.Token);
        if (!found.IsSuccess)
        {
            await Chart.ReloadAsync();
            return;
        }

        if (withTheirs)
        {
            (_draft, _problems) = (_saver.OpenOther(found.Value) is { } body ? NewRecordDraft.Read(body) : new NewRecordDraft(), []);
            return;
        }

        _saver.Found(found.Value?.SavedAt);
        // What the other window has made of the same draft may be sent already: this is another record then.
        _draft = found.Value is { } other && NewRecordDraft.Read(other.Body).Command == _draft.Command ? _draft : _draft.AsAnother();
        _saver.Touch();
        await _saver.SaveAsync();
    }

    private async Task SaveAsync()
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            // The text first: should the record be refused, it is there again all the same.
            await _saver.SaveAsync();
            if (_saver.Overtaken)
            {
                return;
            }

            var result = await records.WriteOnBehalfAsync((await current.GetAsync(_gone.Token)).Doing(new CommandId(_draft.Command)),
                PatientId, _draft.ToInput() with { Draft = _saver.SavedAt }, _gone.Token);
            if (result.IsSuccess)
            {
                _finished = true;
                navigation.NavigateTo($"/records/{result.Value}");
            }
            else if (result.Error!.Kind == ErrorKind.Invalid)
            {
                _problems = [
                    .. result.Error.Fields.Select(
                    field => new FieldProblem(NewRecordDraft.IdOf(field.Field), T[field.Message.Text, field.Message.Args]))];
            }
            else
            {
                await GiveWayAsync(result.Error);
            }
        }
        finally
        {
            _busy = false;
        }
    }

    /// <summary>Another window of the same person may have been quicker: then both texts are asked about.</summary>
    private async Task GiveWayAsync(Error error)
    {
        if (error.Kind == ErrorKind.Conflict)
        {
            _saver.Touch();
            await _saver.SaveAsync();
        }

        if (!_saver.Overtaken)
        {
            await Chart.ReloadAsync();
        }
    }

    private async Task AskToDiscardAsync()
    {
        var question = new Confirmation(T["Throw away what is written here?"], T["Throw away"],
            T["The text is gone then. Nothing has been put into the chart yet."])
        { Danger = true, TestId = "discard-draft" };
        if (await dialogs.ConfirmAsync(question, _gone.Token))
        {
            await DiscardAsync();
        }
    }

    private async Task DiscardAsync()
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        await _saver.SaveAsync();
        var result = await drafts.DiscardAsync(
            await current.GetAsync(_gone.Token), PatientId, DraftService.NewRecordForm, _saver.SavedAt, _gone.Token);
        _busy = false;
        if (result.IsSuccess)
        {
            _finished = true;
            navigation.NavigateTo($"/patients/{PatientId}/records");
        }
        else
        {
            await GiveWayAsync(result.Error!);
        }
    }

    private async Task<Result<DateTimeOffset>> KeepAsync() =>
        _finished ? clock.GetUtcNow() : await drafts.SaveOverAsync(
            await current.GetAsync(CancellationToken.None), PatientId, DraftService.NewRecordForm, _draft.Write(), _saver.SavedAt,
                CancellationToken.None);

    private void Redraw()
    {
        StateHasChanged();
        if (_saver.Refused)
        {
            _ = Chart.ReloadAsync();
        }
    }

    private string? ProblemOf(string id) => _problems.FirstOrDefault(problem => problem.FieldId == id)?.Text;
}
