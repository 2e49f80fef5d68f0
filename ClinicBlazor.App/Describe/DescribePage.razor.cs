using ClinicBlazor.App.Hosting;
using ClinicBlazor.App.Shared;
using ClinicBlazor.Domain;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Records;
using Microsoft.AspNetCore.Components;

namespace ClinicBlazor.App.Describe;

/// <summary>
/// A patient describes a problem, one question a screen. The answers live here and in the draft; the address only names
/// the screen.
/// </summary>
public sealed partial class DescribePage
{
    private ProblemAnswers _answers = new();
    private DraftSaver? _saver;
    private Guid _patientId;
    private DescribeStep _step;
    private IReadOnlyList<FieldProblem> _problems = [];
    private bool _notLinked;
    private bool _refused;
    private bool _busy;
    private bool _sentElsewhere;

    [Inject]
    private CurrentActor Current { get; set; } = null!;

    [Inject]
    private RecordService Records { get; set; } = null!;

    [Inject]
    private DraftService Drafts { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Inject]
    private ILogger<DraftSaver> Log { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "step")]
    private string? StepName { get; set; }

    [SupplyParameterFromQuery(Name = "change")]
    private string? Change { get; set; }

    private int Number => (int)_step + 1;

    private bool IsChange => Change == "true";

    private DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(Clock.GetUtcNow(), Clock.LocalTimeZone).DateTime);

    private string BackAddress =>
        IsChange ? DescribeStep.Review.Address()
        : _step == DescribeStep.Problem ? "/"
        : (_step - 1).Address();

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_saver is not null)
        {
            await _saver.DisposeAsync();
        }
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        var actor = await Current.GetAsync();
        if (actor.PatientId is not { } patientId)
        {
            _notLinked = actor.Roles.HasAny(Roles.Patient);
            return;
        }

        _patientId = patientId;
        var draft = await Drafts.FindAsync(actor, patientId, DraftService.NewRecordForm, CancellationToken.None);
        if (!draft.IsSuccess)
        {
            _refused = true;
            return;
        }

        _saver = new DraftSaver(SaveDraftAsync, Redraw, Clock, Log);
        if (draft.Value is { } found)
        {
            _answers = ProblemAnswers.FromDraft(found.Body);
            _saver.Found(found.SavedAt);
        }
    }

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        var step = DescribeSteps.Parse(StepName);
        if (_saver is null || step == _step)
        {
            return;
        }

        if (step == DescribeStep.Sent)
        {
            Navigation.NavigateTo("/records", replace: true);
        }
        else if (step != DescribeStep.Problem && string.IsNullOrWhiteSpace(_answers.Problem))
        {
            Navigation.NavigateTo(DescribeStep.Problem.Address(), replace: true);
        }
        else
        {
            Show(step);
        }
    }

    private void Show(DescribeStep step) => (_step, _problems, _sentElsewhere) = (step, [], false);

    private void SetProblem(string text)
    {
        _answers.Problem = text;
        _saver!.Touch();
    }

    private void SetBetterOrWorse(string text)
    {
        _answers.BetterOrWorse = text;
        _saver!.Touch();
    }

    private string? ProblemOf(string fieldId) => _problems.FirstOrDefault(problem => problem.FieldId == fieldId)?.Text;

    private async Task ContinueAsync(DescribeStep from)
    {
        // The second tap of two finds the first one under way, or the screen it was meant for gone.
        if (_busy || from != _step)
        {
            return;
        }

        _problems = from == DescribeStep.Review ? ProblemCheck.OfAll(_answers, Today, T) : ProblemCheck.Of(from, _answers, Today, T);
        if (_problems.Count > 0)
        {
            return;
        }

        _busy = true;
        try
        {
            await _saver!.SaveAsync();
            if (from == DescribeStep.Review)
            {
                await SendAsync();
            }
            else
            {
                var next = IsChange ? DescribeStep.Review : from + 1;
                Show(next);
                Navigation.NavigateTo(next.Address());
            }
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task SendAsync()
    {
        var actor = await Current.GetAsync();
        var draft = await Drafts.FindAsync(actor, _patientId, DraftService.NewRecordForm, CancellationToken.None);
        if (draft is { IsSuccess: true, Value: null })
        {
            _sentElsewhere = true;
            return;
        }

        var result = await Records.DescribeAsync(actor, _patientId, _answers.Describe(T), CancellationToken.None);
        if (result.IsSuccess)
        {
            _answers = new ProblemAnswers();
            Show(DescribeStep.Sent);
            Navigation.NavigateTo(DescribeStep.Sent.Address(), replace: true);
        }
        else
        {
            _sentElsewhere = result.Error!.Kind == ErrorKind.Conflict;
            _refused = !_sentElsewhere;
        }
    }

    private async Task<Result<DateTimeOffset>> SaveDraftAsync() =>
        await Drafts.SaveAsync(await Current.GetAsync(), _patientId, DraftService.NewRecordForm, _answers.ToDraft(), CancellationToken.None);

    private void Redraw()
    {
        _refused |= _saver!.Refused;
        StateHasChanged();
    }
}
