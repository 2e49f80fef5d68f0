using ClinicBlazor.App.Shared;
using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Security;
using Microsoft.AspNetCore.Components;

namespace ClinicBlazor.App.Audit;

/// <summary>What patients said of looks that they do not recognise, until an administrator has answered.</summary>
public sealed partial class LookReports(CurrentActor current, LookReportService reports, TimeProvider clock) : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private readonly FormCommand _command = new();
    private readonly Dictionary<Guid, string> _answers = [];
    private IReadOnlyList<OpenLookReport>? _reports;
    private Guid? _problemOf;
    private string? _problem;
    private string? _refusal;
    private bool _done;

    private TimeProvider Clock => clock;

    /// <inheritdoc />
    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    /// <inheritdoc />
    protected override Task OnInitializedAsync() => LoadAsync(_gone.Token);

    private void Type(Guid reportId, string? answer) => _answers[reportId] = answer ?? "";

    private async Task LoadAsync(CancellationToken ct)
    {
        try
        {
            var result = await reports.ListOpenAsync(await current.GetAsync(ct), ct);
            _reports = result.IsSuccess ? result.Value : [];
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The page was left.
        }
    }

    private async Task AnswerAsync(CommandId command, Guid reportId)
    {
        var ct = _gone.Token;
        (_problemOf, _problem, _refusal, _done) = (null, null, null, false);
        try
        {
            var actor = (await current.GetAsync(ct)).Doing(command);
            var result = await reports.AnswerAsync(actor, reportId, _answers.GetValueOrDefault(reportId, ""), ct);
            if (result.Error is { Kind: ErrorKind.Invalid, Fields: [var field, ..] })
            {
                (_problemOf, _problem) = (reportId, T[field.Message.Text, field.Message.Args].Value);
                return;
            }

            _command.Renew();
            _done = result.IsSuccess;
            _refusal = result.Error?.Kind switch
            {
                null => null,
                ErrorKind.Denied => T["You cannot answer this. Another administrator can."].Value,
                _ => T["Another administrator has answered this already."].Value,
            };
            if (_done)
            {
                _answers.Remove(reportId);
            }

            await LoadAsync(ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The page was left.
        }
    }
}
