using Bunit;
using ClinicBlazor.App.Billing;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Billing;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Billing;

/// <summary>The price list on its page.</summary>
[Trait("Requirement", "S2-09")]
public sealed class PricesPageTests(SqliteClinic clinic) : IClassFixture<SqliteClinic>
{
    private const string NoFee = "[data-testid=no-fee]";

    [Fact]
    public async Task Set_AndChange_ReplaceTheOneThatHasTheCode()
    {
        await using var context = await ContextAsync(Roles.Administrator);
        var page = await OpenAsync(context);

        await SetAsync(page, "XRAY", "X-ray", "40");
        await page.WaitForElementAsync("[data-code=XRAY]");
        Assert.Contains("$40.00", RowOf(page, "XRAY"), StringComparison.Ordinal);
        Assert.Contains("Price saved", page.Find("aside [role=status]").TextContent, StringComparison.Ordinal);
        await page.WaitForAssertionAsync(() => Assert.Equal("", ValueOf(page, "#price-code") ?? ""));

        await page.InvokeAsync(() => page.Find("[data-code=XRAY] button").ClickAsync());
        await page.WaitForAssertionAsync(() => Assert.Equal(("XRAY", "X-ray", "40.00"), TypedIn(page)));
        await TypeAsync(page, "#price-amount", "45.50");
        await SubmitAsync(page);

        await page.WaitForAssertionAsync(() => Assert.Contains("$45.50", RowOf(page, "XRAY"), StringComparison.Ordinal));
        Assert.Single(page.FindAll("[data-code=XRAY]"));
        await using var db = await clinic.Host.OpenAsync();
        var stored = await db.Set<Price>().Where(price => price.Code == "XRAY").ToListAsync();
        Assert.Equal([4000L, 4550L], stored.Select(price => price.Cents).Order());
        Assert.Equal(4550, Assert.Single(stored, price => price.RetiredAt is null).Cents);
    }

    [Fact]
    public async Task Set_WithNothingAndWithAnAmountThatIsNone_SaysSoBesideTheFieldsAndKeepsWhatWasTyped()
    {
        await using var context = await ContextAsync(Roles.Administrator);
        var page = await OpenAsync(context);

        await SubmitAsync(page);
        await page.WaitForAssertionAsync(() => Assert.Equal("Give a code.", page.Find("#price-code-error").TextContent.Trim()));
        Assert.Equal("Give a name.", page.Find("#price-name-error").TextContent.Trim());
        Assert.Equal("Give an amount, for instance 40.00.", page.Find("#price-amount-error").TextContent.Trim());

        await SetAsync(page, "WRONG", "Wrong", "a lot");
        await page.WaitForAssertionAsync(() => Assert.Empty(page.FindAll("#price-code-error")));
        Assert.Equal("Give an amount, for instance 40.00.", page.Find("#price-amount-error").TextContent.Trim());
        Assert.Equal(("WRONG", "Wrong", "a lot"), TypedIn(page));
        Assert.Empty(page.FindAll("[data-code=WRONG]"));
    }

    [Fact]
    public async Task Retire_AsksFirstAndTakesThePriceFromTheList()
    {
        var acts = BillingFixtureActs.OpenWithoutFee(clinic.Host);
        await acts.SetPriceAsync("GONE", "12.00");
        await using var context = await ContextAsync(Roles.Administrator);
        var page = await OpenAsync(context);

        await AnswerAsync(context, page, "Cancel");
        Assert.NotEmpty(page.FindAll("[data-code=GONE]"));
        await AnswerAsync(context, page, "Retire");

        await page.WaitForAssertionAsync(() => Assert.Empty(page.FindAll("[data-code=GONE]")));
        Assert.Contains("Price retired", page.Find("aside [role=status]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ChargedAtCheckIn_SetForASecondPrice_IsTheSecondAlone()
    {
        await using var context = await ContextAsync(Roles.Administrator);
        var page = await OpenAsync(context);

        await SetAsync(page, "FIRST", "First visit", "40.00", atCheckIn: true);
        await page.WaitForAssertionAsync(() => Assert.Contains("every visit", RowOf(page, "FIRST"), StringComparison.Ordinal));
        await SetAsync(page, "SECOND", "Any visit", "55.00", atCheckIn: true);

        await page.WaitForAssertionAsync(() => Assert.Contains("every visit", RowOf(page, "SECOND"), StringComparison.Ordinal));
        Assert.DoesNotContain("every visit", RowOf(page, "FIRST"), StringComparison.Ordinal);
        var acts = BillingFixtureActs.OpenWithoutFee(clinic.Host);
        var line = Assert.Single((await acts.BillAsync(await acts.CheckInAsync())).Lines);
        Assert.Equal(("Any visit", 5500L), (line.Name, line.Amount.Cents));
    }

    [Fact]
    public async Task ChargedAtCheckIn_SetToBeItNoMore_AsksFirstAndSaysThatNoVisitIsChargedThen()
    {
        await using var context = await ContextAsync(Roles.Administrator);
        var page = await OpenAsync(context);
        await SetAsync(page, "FEE", "Consultation", "40.00", atCheckIn: true);
        await page.WaitForAssertionAsync(() => Assert.Contains("every visit", RowOf(page, "FEE"), StringComparison.Ordinal));
        Assert.Empty(page.FindAll(NoFee));

        await EndFeeAsync(context, page, "Cancel");
        Assert.Contains("every visit", RowOf(page, "FEE"), StringComparison.Ordinal);

        await EndFeeAsync(context, page, "Save price");
        await page.WaitForElementAsync(NoFee);
        Assert.DoesNotContain("every visit", RowOf(page, "FEE"), StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Requirement", "S4-01")]
    [InlineData(Roles.Reception)]
    [InlineData(Roles.Doctor)]
    public async Task Page_OfAnybodyButAnAdministrator_IsNotThere(Roles role)
    {
        await using var context = await ContextAsync(role);

        var page = await OpenAsync(context, "[data-testid=not-found]");

        Assert.Empty(page.FindAll("#price-code"));
    }

    private static string RowOf(IRenderedComponent<PricesPage> page, string code) => page.Find($"[data-code={code}]").TextContent;

    private static (string? Code, string? Name, string? Amount) TypedIn(IRenderedComponent<PricesPage> page) =>
        (ValueOf(page, "#price-code"), ValueOf(page, "#price-name"), ValueOf(page, "#price-amount"));

    private static string? ValueOf(IRenderedComponent<PricesPage> page, string field) => page.Find(field).GetAttribute("value");

    private static Task TypeAsync(IRenderedComponent<PricesPage> page, string field, string text) =>
        page.InvokeAsync(() => page.Find(field).InputAsync(text));

    private static Task SubmitAsync(IRenderedComponent<PricesPage> page) =>
        page.InvokeAsync(() => page.Find("form[aria-label='Set a price']").SubmitAsync());

    private static async Task SetAsync(IRenderedComponent<PricesPage> page, string code, string name, string amount, bool atCheckIn = false)
    {
        await TypeAsync(page, "#price-code", code);
        await TypeAsync(page, "#price-name", name);
        await TypeAsync(page, "#price-amount", amount);
        if (atCheckIn)
        {
            await page.InvokeAsync(() => page.Find("form input[type=checkbox]").ChangeAsync(true));
        }

        await SubmitAsync(page);
    }

    // The click is over when what it asks is answered.
    private static Task AnswerAsync(PageContext context, IRenderedComponent<PricesPage> page, string answer) => AnswerAsync(
        context, page.InvokeAsync(() => page.FindAll("[data-code=GONE] button")[^1].ClickAsync()), "[data-testid=retire-price]", answer);

    private static async Task EndFeeAsync(PageContext context, IRenderedComponent<PricesPage> page, string answer)
    {
        await page.InvokeAsync(() => page.Find("[data-code=FEE] button").ClickAsync());
        await page.WaitForAssertionAsync(() => Assert.Equal(("FEE", "Consultation", "40.00"), TypedIn(page)));
        await page.InvokeAsync(() => page.Find("form input[type=checkbox]").ChangeAsync(false));
        await AnswerAsync(context, SubmitAsync(page), "[data-testid=end-fee]", answer);
    }

    private static async Task AnswerAsync(PageContext context, Task asking, string question, string answer)
    {
        var dialog = context.Dialogs;
        await dialog.WaitForElementAsync(question);
        await dialog.InvokeAsync(() => dialog.FindAll($"{question} button")
            .Single(button => button.TextContent.Trim() == answer).ClickAsync());
        await asking;
        await dialog.WaitForAssertionAsync(() => Assert.Empty(dialog.FindAll(question)));
    }

    private static async Task<IRenderedComponent<PricesPage>> OpenAsync(PageContext context, string shown = "#price-code")
    {
        var page = context.Render<PricesPage>();
        await page.WaitForElementAsync(shown);
        return page;
    }

    private async Task<PageContext> ContextAsync(Roles roles) =>
        await PageContext.OfStaffAsync(clinic.Host, await clinic.People.AddStaffAsync(roles));
}
