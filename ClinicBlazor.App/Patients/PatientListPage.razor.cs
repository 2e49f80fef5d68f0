using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Input;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using Microsoft.AspNetCore.Components;

namespace ClinicBlazor.App.Patients;

/// <summary>
/// The list of patients. Search, filter and place live in the address, so that Back and a reload find them again; a
/// text that could be an SSN lives in the circuit alone and is gone with it.
/// </summary>
public sealed partial class PatientListPage(CurrentActor current, PatientService patients, NavigationManager navigation, TimeProvider clock)
    : ComponentBase, IDisposable
{
    // Short enough to feel immediate, long enough that a word typed at speed is one search.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private CancellationTokenSource _load = new();
    private CancellationTokenSource _pause = new();
    private Page<PatientRow>? _page;
    private Place? _shown;
    private string? _awaited;
    private string? _private;
    private string _text = "";
    private string? _problem;
    private bool _everyone;
    private bool _mayRegister;
    private bool _refused;

    /// <summary>What is searched for.</summary>
    [SupplyParameterFromQuery(Name = "q")]
    private string? Query { get; set; }

    /// <summary>Whether inactive patients are listed too.</summary>
    [SupplyParameterFromQuery(Name = "inactive")]
    private bool Inactive { get; set; }

    /// <summary>The place to go on from.</summary>
    [SupplyParameterFromQuery(Name = "after")]
    private string? After { get; set; }

    private string Announcement => _page switch
    {
        null => "",
        { Items.Count: 0 } => T["No patients found"],
        { Items.Count: var count, Next: null } => T["{0} patients", count],
        { Items.Count: var count } => T["{0} patients, more follow", count],
    };

    /// <inheritdoc />
    public void Dispose()
    {
        Renew(ref _load);
        Renew(ref _pause);
        _load.Dispose();
        _pause.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        var address = AddressOf(Query, Inactive, After);
        if (_awaited is not null)
        {
            // The echo of a search that was typed here; its results stand already, or are on their way.
            _awaited = _awaited == address ? null : _awaited;
            return;
        }

        if (!string.IsNullOrEmpty(Query) || After is not null)
        {
            _private = null;
        }

        _text = _private ?? Query ?? "";
        if (SearchAddress.MayHold(_text) || _private is not null)
        {
            await ShowAsync(new Place(InputRules.CleanLine(_text), Inactive, After));
        }
        else
        {
            // Somebody wrote it into the address by hand; it does not stay there.
            await SearchNowAsync();
        }
    }

    private async Task SearchSoonAsync(string? text)
    {
        _text = text ?? "";
        var ct = Renew(ref _pause);
        try
        {
            await Task.Delay(Pause, clock, ct);
            await SearchNowAsync();
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Typed on, or sent with Enter: the later search has taken over.
        }
    }

    private Task SearchNowAsync() => GoAsync(InputRules.CleanLine(_text), Inactive);

    private Task ClearAsync() => GoAsync(_text = "", inactive: false);

    private Task ToggleInactiveAsync(ChangeEventArgs change) => ShowInactiveAsync(change.Value is true);

    private Task ShowInactiveAsync(bool inactive) => GoAsync(InputRules.CleanLine(_text), inactive);

    /// <summary>Shows a search from its first page, and puts into the address what may stand there.</summary>
    private Task GoAsync(string search, bool inactive)
    {
        Renew(ref _pause);
        _private = SearchAddress.MayHold(search) ? null : search;
        var address = AddressOf(_private is null ? search : null, inactive, after: null);
        if (address != (_awaited ?? AddressOf(Query, Inactive, After)))
        {
            _awaited = address;
            navigation.NavigateTo(address, new NavigationOptions { ReplaceHistoryEntry = true });
        }

        return ShowAsync(new Place(search, inactive, After: null));
    }

    private async Task ShowAsync(Place place)
    {
        if (_shown == place)
        {
            return;
        }

        (_shown, _page) = (place, null);
        var ct = Renew(ref _load);
        try
        {
            var actor = await current.GetAsync(ct);
            var result = await patients.ListAsync(actor, new PatientQuery(place.Search, place.Inactive, place.After), ct);
            ct.ThrowIfCancellationRequested();
            _refused = result.Error is { Kind: not ErrorKind.Invalid };
            if (_refused)
            {
                // What was asked for may be an SSN.
                (_private, _text, _shown) = (null, "", null);
            }

            _problem = result.Error?.Fields is [var field, ..] ? T[field.Message.Text, field.Message.Args].Value : null;
            _page = result.IsSuccess ? result.Value : new Page<PatientRow>([], Next: null);
            _mayRegister = actor.May(Permission.PatientRegister);
            _everyone = AccessPolicy.ReachOf(actor.Roles, Permission.PatientList).HasFlag(Reach.Everyone);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Another place is asked for by now, or the page was left.
        }
    }

    private string AddressOf(string? search, bool inactive, string? after) =>
        navigation.ToAbsoluteUri(navigation.GetUriWithQueryParameters("/patients", new Dictionary<string, object?>
        {
            ["q"] = string.IsNullOrEmpty(search) ? null : search,
            ["inactive"] = inactive ? true : null,
            ["after"] = after,
        })).PathAndQuery;

    private static CancellationToken Renew(ref CancellationTokenSource source)
    {
        source.Cancel();
        source.Dispose();
        source = new CancellationTokenSource();
        return source.Token;
    }

    private readonly record struct Place(string Search, bool Inactive, string? After);
}
