using ClinicBlazor.App.Shared;
using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Documents;
using ClinicBlazor.Domain.Kernel;
using Microsoft.AspNetCore.Components;

namespace ClinicBlazor.App.Documents;

/// <summary>
/// The documents of a record, a visit, a chart, or of a description that is not sent yet, and where more can be added. Another
/// place empties it before anything is asked; a refusal empties it and leaves it empty. It reads again when
/// <see cref="DocumentEvents"/> tell of a change, a finished check for viruses among them.
/// </summary>
public sealed partial class DocumentList(
    CurrentActor current, DocumentService documents, DocumentEvents events, TimeProvider clock, ILogger<DocumentList> log)
    : ComponentBase, IDisposable
{
    private const string TitleId = "documents-title";

    private readonly FormCommand _command = new();
    private CancellationTokenSource _load = new();
    private LiveReading? _live;
    private DocumentScope? _shown;
    private IReadOnlyList<DocumentRow>? _rows;
    private string? _next;
    private DocumentInError? _errors;
    private bool _mayAdd;
    private bool _refused;
    private bool _left;

    /// <summary>Which documents.</summary>
    [Parameter, EditorRequired]
    public DocumentScope Scope { get; set; } = null!;

    /// <summary>The heading; that of all documents by default.</summary>
    [Parameter]
    public string? Title { get; set; }

    /// <summary>What stands beside the heading on a page of the staff.</summary>
    [Parameter]
    public RenderFragment? Beside { get; set; }

    /// <summary>Links to the other pages of the list, given the place of the next one; null for a list that has one page.</summary>
    [Parameter]
    public RenderFragment<string?>? Pages { get; set; }

    /// <summary>Raised when the reader may not see these documents any more.</summary>
    [Parameter]
    public EventCallback OnRefused { get; set; }

    /// <summary>Raised with true when files begin to be on their way here, and with false when none is any more.</summary>
    [Parameter]
    public EventCallback<bool> OnUploading { get; set; }

    [CascadingParameter]
    private Audience Audience { get; set; }

    private bool IsStaff => Audience == Audience.Staff;

    /// <inheritdoc />
    public void Dispose()
    {
        (_left, _rows, _next) = (true, null, null);
        _live?.Dispose();
        _load.Cancel();
        _load.Dispose();
    }

    /// <inheritdoc />
    protected override void OnInitialized() =>
        _live = new LiveReading(events.Follow, clock, InvokeAsync, log, ReadAsync, () => Scope.PatientId);

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (_shown == Scope)
        {
            return;
        }

        (_shown, _rows, _next, _mayAdd, _refused) = (Scope, null, null, false, false);

        // What is on its way is of another place.
        await _load.CancelAsync();
        await _live!.ReadAsync();
    }

    private async Task ReadAsync()
    {
        // Who was told that there is nothing is not told again with each change.
        if (_left || _refused)
        {
            return;
        }

        await _load.CancelAsync();
        _load.Dispose();
        _load = new CancellationTokenSource();
        var ct = _load.Token;
        try
        {
            var actor = await current.GetAsync(ct);

            // A page that has more than documents is shown to some who may see none; they have asked for nothing that is refused.
            var result = actor.May(Permission.DocumentRead) ? await AskAsync(actor, Scope, ct) : null;
            ct.ThrowIfCancellationRequested();
            if (result is { IsSuccess: true })
            {
                (_rows, _next, _mayAdd) = (result.Value.Items, result.Value.Next, MayAdd(actor));
            }
            else
            {
                (_rows, _next, _mayAdd, _refused) = (null, null, false, true);
            }

            StateHasChanged();
            if (result is { IsSuccess: false })
            {
                await OnRefused.InvokeAsync();
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Another place is asked for by now, or the page was left.
        }
    }

    // What a patient adds goes somewhere: to a record, a visit, or the description that it is for.
    private bool MayAdd(Actor actor) => actor.May(Permission.DocumentAdd)
        && (Scope is not { RecordId: null, VisitId: null, IsUnsent: false } || actor.PatientId != Scope.PatientId);

    private async Task<Result<Page<DocumentRow>>> AskAsync(Actor actor, DocumentScope scope, CancellationToken ct)
    {
        if (scope is { RecordId: null, VisitId: null, IsUnsent: false })
        {
            return await documents.ListAsync(actor, scope.PatientId, scope.After, scope.WithErrors, ct);
        }

        var result = scope switch
        {
            { RecordId: { } recordId } => await documents.ListOfRecordAsync(actor, recordId, ct),
            { VisitId: { } visitId } => await documents.ListOfVisitAsync(actor, visitId, ct),
            _ => await documents.ListUnattachedAsync(actor, ct),
        };
        return result.IsSuccess ? new Page<DocumentRow>(result.Value, Next: null) : result.Error!;
    }

    private Task UploadedAsync() => _live!.ReadAgainAsync();

    private Func<Task> Discard(Guid documentId) => _command.Once(async command =>
    {
        var actor = (await current.GetAsync(CancellationToken.None)).Doing(command);
        await documents.DiscardAsync(actor, documentId, CancellationToken.None);
        _command.Renew();
        await _live!.ReadAgainAsync();
    });

    private string Added(DocumentRow row)
    {
        var at = clock.Local(row.AddedAt);
        return (IsStaff, row.ByPatient) switch
        {
            (true, true) => T["added by the patient, {0:d MMM yyyy}, {0:t}", at],
            (true, false) => T["added by {0}, {1:d MMM yyyy}, {1:t}", row.AddedBy, at],
            (false, true) => T["you added it on {0:D}", at],
            (false, false) => T["{0} added it on {1:D}", row.AddedBy, at],
        };
    }
}
