using ClinicBlazor.App.Shared.Dialogs;
using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Kernel;
using MudBlazor;

namespace ClinicBlazor.App.Shared;

/// <summary>
/// Runs an act for the person at this page. When the act asks for a fresh proof of identity, the one dialog for that
/// opens, and the act runs again once the proof was given. For staff pages.
/// </summary>
/// <param name="current">Who sits here.</param>
/// <param name="dialogs">Opens the dialog.</param>
public sealed class StepUp(CurrentActor current, ClinicDialogs dialogs)
{
    /// <summary>Runs the one act that <paramref name="command"/> names, as below.</summary>
    public Task<Result<T>> RunAsync<T>(CommandId command, Func<Actor, Task<Result<T>>> act) => RunAsync(actor => act(actor.Doing(command)));

    /// <summary>Runs <paramref name="act"/>; <see cref="ErrorKind.StepUpNeeded"/> comes back only when the dialog was closed.</summary>
    public async Task<Result<T>> RunAsync<T>(Func<Actor, Task<Result<T>>> act)
    {
        var result = await act(await current.GetAsync());
        return result.Error?.Kind == ErrorKind.StepUpNeeded
            && await dialogs.AskAsync<StepUpDialog, bool>(new DialogParameters<StepUpDialog>())
            ? await act(await current.GetAsync())
            : result;
    }
}
