using ClinicBlazor.App.Hosting;
using ClinicBlazor.Domain;
using ClinicBlazor.Domain.Access;

namespace ClinicBlazor.App.Accounts;

/// <summary>
/// Runs an act for the person at this page. When the act asks for a fresh proof of identity, the one dialog for that
/// opens, and the act runs again once the proof was given. Cascaded to every page by <see cref="StepUpProvider"/>.
/// </summary>
/// <param name="current">Who sits here.</param>
/// <param name="askAsync">Opens the dialog; true when the proof was given, false when it was closed.</param>
public sealed class StepUp(CurrentActor current, Func<Task<bool>> askAsync)
{
    /// <summary>Runs <paramref name="act"/>; <see cref="ErrorKind.StepUpNeeded"/> comes back only when the dialog was closed.</summary>
    public async Task<Result<T>> RunAsync<T>(Func<Actor, Task<Result<T>>> act)
    {
        var result = await act(await current.GetAsync());
        return result.Error?.Kind == ErrorKind.StepUpNeeded && await askAsync()
            ? await act(await current.GetAsync())
            : result;
    }
}
