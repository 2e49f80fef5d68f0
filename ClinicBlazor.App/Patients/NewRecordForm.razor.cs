using ClinicBlazor.App.Describe;
using ClinicBlazor.App.Hosting;
using ClinicBlazor.App.Shared;
using ClinicBlazor.Domain;
using ClinicBlazor.Domain.Records;
using Microsoft.AspNetCore.Components;

namespace ClinicBlazor.App.Patients;

/// <summary>A doctor writes down what a patient says. What is typed is kept as a draft until the record is saved.</summary>
public sealed partial class NewRecordForm(
    CurrentActor current, RecordService records, DraftService drafts, NavigationManager navigation, TimeProvider clock, ILogger<DraftSaver> log) : ComponentBase
{
    private readonly CancellationTokenSource _gone = new();
    private DraftSaver _saver = null!;
    private NewRecordDraft _draft = new();
    private IReadOnlyList<FieldProblem> _problems = [];
    private bool _loaded;
    private bool _finished;
    private bool _discarding;
    private bool _busy;

    [CascadingParameter]
    private PatientChart Chart { get; set; } = null!;

    private Guid PatientId => Chart.Patient.Id;

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
        _saver = new DraftSaver(KeepAsync, Redraw, clock, log);
        var found = await drafts.FindAsync(await current.GetAsync(_gone.Token), PatientId, DraftService.NewRecordForm, _gone.Token);
        if (!found.IsSuccess)
        {
            await Chart.ReloadAsync();
            return;
        }

        if (found.Value is { } draft)
        {
            _draft = NewRecordDraft.Read(draft.Body);
            _saver.Found(draft.SavedAt);
        }

        _loaded = true;
    }

    private void SetOnset(string onset)
    {
        _draft.Onset = onset;
        _saver.Touch();
    }

    private void SetSeverity(int? severity)
    {
        _draft.Severity = severity;
        _saver.Touch();
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
            var result = await records.WriteOnBehalfAsync(await current.GetAsync(_gone.Token), PatientId, _draft.ToInput(), _gone.Token);
            if (result.IsSuccess)
            {
                _finished = true;
                navigation.NavigateTo($"/records/{result.Value}");
            }
            else if (result.Error!.Kind == ErrorKind.Invalid)
            {
                _problems = [.. result.Error.Fields.Select(field => new FieldProblem(NewRecordDraft.IdOf(field.Field), T[field.Message.Text, field.Message.Args]))];
            }
            else
            {
                await Chart.ReloadAsync();
            }
        }
        finally
        {
            _busy = false;
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
        var result = await drafts.DiscardAsync(await current.GetAsync(_gone.Token), PatientId, DraftService.NewRecordForm, _gone.Token);
        (_busy, _discarding) = (false, false);
        if (result.IsSuccess)
        {
            _finished = true;
            navigation.NavigateTo($"/patients/{PatientId}/records");
        }
        else
        {
            await Chart.ReloadAsync();
        }
    }

    private async Task<Result<DateTimeOffset>> KeepAsync() =>
        _finished ? clock.GetUtcNow() : await drafts.SaveAsync(await current.GetAsync(CancellationToken.None), PatientId, DraftService.NewRecordForm, _draft.Write(), CancellationToken.None);

    private void Redraw()
    {
        StateHasChanged();
        if (_saver.Refused)
        {
            _ = Chart.ReloadAsync();
        }
    }

    private string? ProblemOf(string id) => _problems.FirstOrDefault(problem => problem.FieldId == id)?.Text;

    private string? Invalid(string id) => ProblemOf(id) is null ? null : "true";

    private string DescribedBy(string id, string hintId) => ProblemOf(id) is null ? hintId : $"{FieldMessage.IdFor(id)} {hintId}";
}
