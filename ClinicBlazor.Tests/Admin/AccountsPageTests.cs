using Bunit;
using ClinicBlazor.App.Admin;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Tests.Audit;
using ClinicBlazor.Tests.Support;
using Microsoft.AspNetCore.Components;

namespace ClinicBlazor.Tests.Admin;

/// <summary>The grid of accounts: what its address says of order and columns.</summary>
[Trait("Requirement", "S4-11")]
public sealed class AccountsPageTests(SqliteClinic clinic) : IClassFixture<SqliteClinic>
{
    [Fact]
    public async Task Sort_FollowedByItsLink_TurnsTheListRoundInTheAddress()
    {
        await using var context = await OpenAsync("/admin/accounts?role=Reception");
        var page = context.Render<AccountsPage>();
        await page.WaitForElementAsync("[data-account]");
        Assert.Equal(["a.sorted@clinic.example", "b.sorted@clinic.example"], Emails(page));

        context.GoTo(page.Find("a.sort").GetAttribute("href")!);
        await page.WaitForAssertionAsync(() => Assert.Equal(["b.sorted@clinic.example", "a.sorted@clinic.example"], Emails(page)));

        Assert.Contains("sort=-email", context.Address, StringComparison.Ordinal);
        Assert.Contains("role=Reception", context.Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Column_PutAway_IsInTheAddressAndNoFurtherQuestion()
    {
        await using var context = await OpenAsync("/admin/accounts?q=sorted&columns=factor.nonsense");
        var page = context.Render<AccountsPage>();
        await page.WaitForElementAsync("[data-account]");
        Assert.Equal(["Person", "E-mail", "Role", "State", "Last sign-in", "Sessions"], Heads(page));
        var before = await LooksAsync();

        await page.Find("[aria-controls=column-choice]").ClickAsync();
        await page.Find("[data-column=role]").ChangeAsync(false);
        await page.WaitForAssertionAsync(() => Assert.Equal(["Person", "E-mail", "State", "Last sign-in", "Sessions"], Heads(page)));

        Assert.Contains("columns=role.factor", context.Address, StringComparison.Ordinal);
        Assert.Equal(before, await LooksAsync());
    }

    [Fact]
    [Trait("Requirement", "S0-06")]
    public async Task Open_WithRolesThatWait_ReadsEachListOnce()
    {
        await GiveRolesThatWaitAsync("Wanda Waiting", "w.waits@clinic.example");
        await using var context = await OpenAsync("/admin/accounts");
        var before = await LooksAsync();

        var page = context.Render<AccountsPage>();
        await page.WaitForElementAsync("[data-testid=waiting-roles]");
        await page.WaitForElementAsync("[data-account]");

        Assert.Equal(before + 2, await LooksAsync());
    }

    [Fact]
    [Trait("Requirement", "S0-06")]
    public async Task Withdraw_RolesThatWait_ReadsEachListOnceMore()
    {
        await GiveRolesThatWaitAsync("Wilma Withdrawn", "w.withdrawn@clinic.example");
        await using var context = await OpenAsync("/admin/accounts");
        var page = context.Render<AccountsPage>();
        await page.WaitForElementAsync("[data-testid=waiting-roles]");
        var before = await LooksAsync();

        await page.FindAll("[data-testid=waiting-roles] li").Single(row => row.TextContent.Contains("Wilma", StringComparison.Ordinal))
            .QuerySelectorAll("button")[^1].ClickAsync();

        await page.WaitForAssertionAsync(() => Assert.DoesNotContain("Wilma Withdrawn", WaitingIn(page), StringComparison.Ordinal));
        Assert.Equal(before + 2, await LooksAsync());
    }

    [Fact]
    public async Task Leave_WhileItAsks_ClosesTheQuestionWithThePage()
    {
        await using var context = await OpenAsync("/admin/accounts");
        var shown = context.Render<DynamicComponent>(parameters => parameters.Add(place => place.Type, typeof(AccountsPage)));
        await shown.WaitForElementAsync("[data-account]");
        var asking = shown.Find("[data-key=i]").ClickAsync();
        await context.Dialogs.WaitForElementAsync(".mud-dialog");

        shown.Render(parameters => parameters.Add(place => place.Type, typeof(LayoutView)));
        await asking;

        await context.Dialogs.WaitForAssertionAsync(() => Assert.Empty(context.Dialogs.FindAll(".mud-dialog")));
    }

    private async Task GiveRolesThatWaitAsync(string name, string email)
    {
        // The first clinical role of a clinic does not wait.
        await clinic.People.AddStaffAsync(Roles.Nurse);
        var giver = await clinic.People.ActorAsync(await clinic.People.AddStaffAsync(Roles.Administrator));
        var given = await clinic.Host.Get<AccountService>().InviteAsync(giver, name, email, Roles.Nurse, CancellationToken.None);
        Assert.True(given.IsSuccess);
    }

    private static string WaitingIn(IRenderedComponent<AccountsPage> page) =>
        string.Concat(page.FindAll("[data-testid=waiting-roles]").Select(list => list.TextContent));

    private static IEnumerable<string?> Emails(IRenderedComponent<AccountsPage> page) =>
        page.FindAll("[data-account]").Select(row => row.GetAttribute("data-account"))
            .Where(email => email!.Contains(".sorted@", StringComparison.Ordinal));

    private static IEnumerable<string> Heads(IRenderedComponent<AccountsPage> page) =>
        page.FindAll("thead th").Select(head => head.TextContent.Replace("sorted, ascending", "", StringComparison.Ordinal).Trim());

    private async Task<int> LooksAsync() =>
        (await AuditSamples.ReadAsync(clinic.Host)).Count(entry => entry.Act == AuditAct.AccountsListed);

    private async Task<PageContext> OpenAsync(string address)
    {
        var administrator = await clinic.People.AddStaffAsync(Roles.Administrator);
        foreach (var email in new[] { "a.sorted@clinic.example", "b.sorted@clinic.example" })
        {
            await clinic.Host.Get<AccountService>().InviteAsync(
                await clinic.People.ActorAsync(administrator), "Sorted Somebody", email, Roles.Reception, CancellationToken.None);
        }

        var context = await PageContext.OfStaffAsync(clinic.Host, administrator);
        context.GoTo(address);
        return context;
    }
}
