using ClinicBlazor.App.Shared;
using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Security;
using Microsoft.AspNetCore.Components;

namespace ClinicBlazor.App.Audit;

/// <summary>The monthly reviews of the audit: which months were signed off, and the figures of one. The month is in the address.</summary>
public sealed partial class ReviewsPage(CurrentActor current, AuditReviewService reviews, TimeProvider clock) : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private readonly FormCommand _command = new();
    private CancellationToken _untilGone;
    private CancellationTokenSource _load = new();
    private IReadOnlyList<ReviewRow>? _rows;
    private ReviewDetails? _review;
    private DateOnly? _month;
    private string _note = "";
    private string? _problem;
    private string? _refusal;

    // What was typed for a month that somebody else signed off first: to be read and copied, for theirs is what is kept.
    private string? _unkept;
    private string? _done;
    private bool _refused;
    private bool _missing;

    [SupplyParameterFromQuery(Name = "month")]
    private string? Month { get; set; }

    [Inject]
    private StepUp StepUp { get; set; } = null!;

    private TimeProvider Clock => clock;

    /// <inheritdoc />
    public void Dispose()
    {
        _load.Cancel();
        _load.Dispose();
        _gone.Cancel();
        _gone.Dispose();
    }

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        // Kept: who signs is asked for a proof first, and by then the page may be gone, and what gives the token with it.
        _untilGone = _gone.Token;
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        try
        {
            if (_rows is null && !_refused)
            {
                await LoadAsync();
            }

            var month = Month is null ? _rows is [var newest, ..] ? newest.Month : (DateOnly?)null : ReviewShape.Read(Month);
            if (month != _month || (month is null && Month is not null))
            {
                (_month, _note, _problem, _refusal, _unkept, _done) = (month, "", null, null, null, null);
                _command.Renew();
                await ReadAsync();
            }
        }
        catch (OperationCanceledException) when (_untilGone.IsCancellationRequested)
        {
            // The page was left.
        }
    }

    private async Task LoadAsync()
    {
        var result = await reviews.ListAsync(await current.GetAsync(_untilGone), _untilGone);
        _untilGone.ThrowIfCancellationRequested();
        (_rows, _refused) = (result.IsSuccess ? result.Value : null, !result.IsSuccess);
    }

    private async Task ReadAsync()
    {
        (_review, _missing) = (null, _month is null);
        await _load.CancelAsync();
        _load.Dispose();
        _load = new CancellationTokenSource();
        var ct = _load.Token;
        if (_month is not { } month)
        {
            return;
        }

        try
        {
            var actor = await current.GetAsync(ct);
            var result = await reviews.ReadAsync(actor, month, ct);
            ct.ThrowIfCancellationRequested();
            (_review, _missing) = (result.IsSuccess ? result.Value : null, !result.IsSuccess);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Another month is asked for by now, or the page was left.
        }
    }

    private async Task SignAsync(CommandId command)
    {
        if (_review is not { Month: var month })
        {
            return;
        }

        var note = _note;
        (_problem, _refusal, _unkept, _done) = (null, null, null, null);
        try
        {
            var result = await StepUp.RunAsync(command, actor => reviews.SignOffAsync(actor, month, note, _untilGone));
            _untilGone.ThrowIfCancellationRequested();
            if (result.Error is { Kind: ErrorKind.Invalid, Fields: [var field, ..] })
            {
                _problem = T[field.Message.Text, field.Message.Args].Value;
                return;
            }

            _refusal = result.Error?.Kind switch
            {
                null => null,
                ErrorKind.StepUpNeeded => T["Nothing was signed: the fresh proof is missing."].Value,
                ErrorKind.Conflict => T["Somebody else has signed this month off already."].Value,
                _ => T["You may not do this any more."].Value,
            };
            if (result.Error?.Kind != ErrorKind.StepUpNeeded)
            {
                _unkept = result.Error?.Kind == ErrorKind.Conflict && !string.IsNullOrWhiteSpace(note) ? note : null;
                (_done, _note) = (result.IsSuccess ? T["Signed off"].Value : null, "");
                _command.Renew();
                await LoadAsync();
                await ReadAsync();
            }
        }
        catch (OperationCanceledException) when (_untilGone.IsCancellationRequested)
        {
            // The page was left.
        }
    }
}
