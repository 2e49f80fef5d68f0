using ClinicBlazor.App.Shared;
using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Records;
using Microsoft.AspNetCore.Components;

namespace ClinicBlazor.App.Describe;

/// <summary>
/// A patient describes a problem, one question a screen. The answers live here and in the draft; the address only names
/// the screen.
/// </summary>
public sealed partial class DescribePage
{
    private const string WaitId = "send-waits";

    private ProblemAnswers _answers = new();
    private DraftSaver? _saver;
    private Guid _patientId;
    private DescribeStep _step;
    private IReadOnlyList<FieldProblem> _problems = [];
    private bool _notLinked;
    private bool _refused;
    private bool _busy;
    private bool _sentElsewhere;
    private bool _uploading;

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
    private DraftSavers Savers { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "step")]
    private string? StepName { get; set; }

    [SupplyParameterFromQuery(Name = "change")]
    private string? Change { get; set; }

    private int Number => (int)_step + 1;

    private bool IsChange => Change == "true";

    // A photo that is on its way belongs to this description: it is not sent without it.
    private bool IsWaiting => _uploading && _step == DescribeStep.Review;

    private DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(Clock.GetUtcNow(), Clock.LocalTimeZone).DateTime);

    private string BackAddress =>
        IsChange ? DescribeStep.Review.Address()
        : _step == DescribeStep.Symptoms ? "/"
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

        _saver = Savers.Begin(SaveDraftAsync, Redraw);
        if (_saver.Open(draft.Value) is { } body)
        {
            _answers = ProblemAnswers.FromDraft(body);
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
        else if (step != DescribeStep.Symptoms && string.IsNullOrWhiteSpace(_answers.Symptoms))
        {
            Navigation.NavigateTo(DescribeStep.Symptoms.Address(), replace: true);
        }
        else
        {
            Show(step);
        }
    }

    private void Show(DescribeStep step) => (_step, _problems, _sentElsewhere) = (step, [], false);

    private void SetUploading(bool uploading) => _uploading = uploading;

    private void SetSymptoms(string text)
    {
        _answers.Symptoms = text;
        Typed(ProblemCheck.SymptomsId);
    }

    private void SetModifyingFactors(string text)
    {
        _answers.ModifyingFactors = text;
        Typed(ProblemCheck.ModifyingFactorsId);
    }

    private void Typed(string fieldId)
    {
        _problems = _problems.Without(fieldId);
        _saver!.Touch();
    }

    private string? ProblemOf(string fieldId) => _problems.FirstOrDefault(problem => problem.FieldId == fieldId)?.Text;

    private async Task ContinueAsync(DescribeStep from)
    {
        // The second tap of two finds the first one under way, or the screen it was meant for gone.
        if (_busy || from != _step || IsWaiting)
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
            if (_saver.Overtaken)
            {
                return;
            }

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

        var result = await Records.DescribeAsync(actor.Doing(new CommandId(_answers.Command)), _patientId,
            _answers.Describe() with { Draft = _saver!.SavedAt }, CancellationToken.None);
        if (result.IsSuccess)
        {
            _answers = new ProblemAnswers();
            _saver!.Found(null);
            Show(DescribeStep.Sent);
            Navigation.NavigateTo(DescribeStep.Sent.Address(), replace: true);
        }
        else if (result.Error!.Kind == ErrorKind.Conflict)
        {
            await GiveWayAsync();
        }
        else
        {
            _refused = true;
        }
    }

    private async Task<Result<DateTimeOffset>> SaveDraftAsync() =>
        await Drafts.SaveOverAsync(await Current.GetAsync(), _patientId, DraftService.NewRecordForm, _answers.ToDraft(), _saver!.SavedAt,
            CancellationToken.None);

    private void Redraw()
    {
        _refused |= _saver!.Refused;
        StateHasChanged();
    }
}
