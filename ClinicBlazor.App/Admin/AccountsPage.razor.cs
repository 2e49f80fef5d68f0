using ClinicBlazor.App.Shared.Dialogs;
using ClinicBlazor.App.Shared.Grids;
using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Accounts.Mail;
using ClinicBlazor.Domain.Kernel;
using Microsoft.AspNetCore.Components;

namespace ClinicBlazor.App.Admin;

/// <summary>Who may sign in. Filters, place and the chosen account live in the address.</summary>
public sealed partial class AccountsPage(CurrentActor current, AccountService accounts, MailEvents mails, ClinicDialogs dialogs,
    NavigationManager navigation, TimeProvider clock) : ComponentBase, IDisposable
{
    // Short enough to feel immediate, long enough that a word typed at speed is one search and one audit entry.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    private readonly CancellationTokenSource _gone = new();
    private CancellationTokenSource _load = new();
    private CancellationTokenSource _pause = new();
    private IReadOnlyList<GridColumn> _columns = [];
    private AccountGrid? _grid;
    private AccountFilter _filter = AccountFilter.From(null, null, null, null);
    private AccountQuery? _asked;
    private Page<AccountRow>? _page;
    private string _text = "";
    private string? _typed;
    private string? _invited;
    private string? _problem;
    private bool _refused;

    [SupplyParameterFromQuery(Name = "kind")]
    private string? Kind { get; set; }

    [SupplyParameterFromQuery(Name = "q")]
    private string? Query { get; set; }

    [SupplyParameterFromQuery(Name = "role")]
    private string? Role { get; set; }

    [SupplyParameterFromQuery(Name = "after")]
    private string? After { get; set; }

    [SupplyParameterFromQuery(Name = "sort")]
    private string? Sort { get; set; }

    [SupplyParameterFromQuery(Name = "columns")]
    private string? Columns { get; set; }

    [SupplyParameterFromQuery(Name = "account")]
    private Guid? Account { get; set; }

    private AccountRow? Chosen => _page?.Items.FirstOrDefault(row => row.Id == Account);

    private string Announcement => _page switch
    {
        null => "",
        { Items.Count: var count, Next: null } => T["{0} accounts", count],
        { Items.Count: var count } => T["{0} accounts, more follow", count],
    };

    /// <inheritdoc />
    public void Dispose()
    {
        mails.Tried -= OnMailTried;
        _gone.Cancel();
        _gone.Dispose();
        _load.Cancel();
        _load.Dispose();
        _pause.Cancel();
        _pause.Dispose();
    }

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        mails.Tried += OnMailTried;
        _columns = [.. AccountFilter.Columns.Select(column => column with { Title = T[column.Title] })];
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        _filter = AccountFilter.From(Kind, Query, Role, After, Sort, Columns);
        if (_filter.Search != _typed)
        {
            // Not the echo of what is being typed: somebody went back, or followed a link.
            _typed = _filter.Search;
            _text = _typed ?? "";
        }

        if (_filter.Query != _asked)
        {
            (_asked, _page) = (_filter.Query, null);
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        var ct = Renew(ref _load);
        try
        {
            var result = await accounts.ListAsync(await current.GetAsync(ct), _filter.Query, ct);
            ct.ThrowIfCancellationRequested();
            _refused = result.Error is { Kind: not ErrorKind.Invalid };
            _problem = result.Error?.Fields is [var field, ..] ? T[field.Message.Text, field.Message.Args].Value : null;
            _page = result.IsSuccess ? result.Value : new Page<AccountRow>([], Next: null);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Another list is asked for by now, or the page was left.
        }
    }

    // Whoever has just invited somebody is told when the mail does not leave.
    private void OnMailTried(Guid accountId) => _ = InvokeAsync(async () =>
    {
        if (_page?.Items.Any(row => row.Id == accountId && row.Status == AccountStatus.Invited) == true)
        {
            await LoadAsync();
            StateHasChanged();
        }
    });

    /// <summary>After a change: the rows stay in place while the new ones come, and the list has the focus again.</summary>
    private async Task ReloadAsync(AccountRow changed)
    {
        await LoadAsync();
        _grid?.Focus(changed.Id);
    }

    private async Task InviteAsync()
    {
        if (await dialogs.AskAsync<InviteDialog, Invitation>([], _gone.Token) is not { } invitation)
        {
            return;
        }

        _invited = invitation.Email;
        await LoadAsync();
        Choose(invitation.AccountId);
    }

    private async Task SearchSoonAsync(string? text)
    {
        _text = text ?? "";
        var ct = Renew(ref _pause);
        try
        {
            await Task.Delay(Pause, clock, ct);
            SearchNow();
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Typed on, or sent with Enter: the later search has taken over.
        }
    }

    private void SearchNow()
    {
        Renew(ref _pause);
        _typed = string.IsNullOrWhiteSpace(_text) ? null : _text.Trim();
        navigation.NavigateTo((_filter with { Search = _typed, After = null }).Address(navigation, null),
            new NavigationOptions { ReplaceHistoryEntry = true });
    }

    private string RoleText(Roles? role) => T[role?.ToString() ?? "Any role"];

    private void Clear() => Show(_filter with { Search = null, Role = null });

    private void Choose(string? columns) => navigation.NavigateTo(
        (_filter with { Choice = columns }).Address(navigation, Account), new NavigationOptions { ReplaceHistoryEntry = true });

    private void Show(AccountFilter filter)
    {
        _invited = null;
        navigation.NavigateTo((filter with { After = null }).Address(navigation, null));
    }

    private void Choose(Guid account)
    {
        if (account != Account)
        {
            navigation.NavigateTo(_filter.Address(navigation, account), new NavigationOptions { ReplaceHistoryEntry = true });
        }
    }

    private static CancellationToken Renew(ref CancellationTokenSource source)
    {
        source.Cancel();
        source.Dispose();
        source = new CancellationTokenSource();
        return source.Token;
    }
}
