using System.Text.Json;
using ClinicBlazor.App.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;

namespace ClinicBlazor.App.Documents;

/// <summary>
/// Where files are added: chosen, dropped or, by a patient, taken with the camera. The script sends each as the body of a request
/// of its own; the circuit hears that one has arrived, and that some are on their way.
/// </summary>
public sealed partial class DocumentUpload(IJSRuntime js) : ComponentBase, IAsyncDisposable
{
    private const string Module = "js/upload.js";
    private const string HintId = "upload-hint";

    private PartScript<DocumentUpload>? _script;
    private ElementReference _root;
    private bool _busy;

    /// <summary>Where to; a page that changes it keys this part by it.</summary>
    [Parameter, EditorRequired]
    public DocumentScope Scope { get; set; } = null!;

    /// <summary>Raised when a file has arrived.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnUploaded { get; set; }

    /// <summary>Raised with true when files begin to be on their way, and with false when none is any more.</summary>
    [Parameter]
    public EventCallback<bool> OnBusy { get; set; }

    [CascadingParameter]
    private Audience Audience { get; set; }

    private bool IsRemoved => _script is not { IsOver: false };

    private bool IsStaff => Audience == Audience.Staff;

    private string Button => IsStaff ? "btn btn-s" : "btn btn--quiet";

    private string Quiet => IsStaff ? "btn btn-quiet btn-s" : "btn btn--text btn--small";

    private string? Small => IsStaff ? "icon-s" : null;

    private string ChooseWords => IsStaff ? T["Choose files…"] : T["Add a photo or document"];

    private string Hint => T["PDF, pictures or plain text, at most {0} MB each", DocumentWords.MostMegabytes];

    // The script says these, and can ask nobody for them: it must speak without a circuit, too.
    private string Words => JsonSerializer.Serialize(new
    {
        progress = T["{0}: {1} %"].Value,
        share = T["{0} %"].Value,
        waiting = T["Waiting for its turn"].Value,
        done = T["{0} was added."].Value,
        cancelled = T["{0} was left out."].Value,
        large = DocumentWords.TooLarge(T),
        lost = T["The connection was lost before the file had arrived."].Value,
        busy = T["The clinic’s server is busy. Try again in a moment."].Value,
        failed = T["This file was not taken. Open the page again, and then try once more."].Value,
    });

    /// <summary>For the browser: a file has arrived.</summary>
    [JSInvokable]
    public Task UploadedAsync() => IsRemoved ? Task.CompletedTask : OnUploaded.InvokeAsync();

    /// <summary>For the browser: files are on their way, or none any more.</summary>
    [JSInvokable]
    public async Task SetBusyAsync(bool busy)
    {
        _busy = busy && !IsRemoved;
        StateHasChanged();
        await OnBusy.InvokeAsync(_busy);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_busy)
        {
            // What was on its way is given up with this part.
            _busy = false;
            await OnBusy.InvokeAsync(false);
        }

        await (_script?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    /// <inheritdoc />
    protected override Task OnAfterRenderAsync(bool firstRender) =>
        firstRender ? (_script = new PartScript<DocumentUpload>(js, this)).BeginAsync(Assets[Module], _root) : Task.CompletedTask;

    private async Task AskBeforeLeavingAsync(LocationChangingContext leaving)
    {
        if (!await js.InvokeAsync<bool>("confirm", CancellationToken.None, T["A file is still on its way. Leave the page without it?"].Value))
        {
            leaving.PreventNavigation();
        }
    }
}
