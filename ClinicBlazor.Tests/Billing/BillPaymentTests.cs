using Bunit;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Billing;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Billing;

/// <summary>Money that is taken and given back on the page of a visit.</summary>
[Trait("Requirement", "S2-09")]
public sealed class BillPaymentTests(SqliteClinic clinic) : BillPage(clinic), IClassFixture<SqliteClinic>
{
    [Fact]
    public async Task TakePayment_OfTooMuchAndThenOfWhatIsOpen_EntersTheSecondAloneAndOpensTheGuard()
    {
        var (acts, visit) = await CheckInAsync();
        await using var context = await ContextAsync(Roles.Reception);
        var page = await OpenAsync(context, visit);
        var dialog = context.Dialogs;

        var asking = PressAsync(page, "Take payment");
        await dialog.WaitForElementAsync(PaymentForm);
        Assert.Equal("40.00", dialog.Find("#payment-amount").GetAttribute("value"));
        Assert.Empty(dialog.FindAll("input[name=payment-method][checked]"));
        await TypeAsync(context, "#payment-amount", "999");
        await SubmitAsync(context, PaymentForm);
        await dialog.WaitForAssertionAsync(() => Assert.Contains(
            "No more than $40.00 is open.", dialog.Find("#payment-amount-error").TextContent, StringComparison.Ordinal));
        Assert.Contains("Choose how it was paid.", dialog.Find("#payment-method-error").TextContent, StringComparison.Ordinal);
        Assert.Equal("999", dialog.Find("#payment-amount").GetAttribute("value"));
        Assert.Single((await acts.BillAsync(visit)).Lines);

        await TypeAsync(context, "#payment-amount", "40.00");
        await TypeAsync(context, "#payment-reference", "R-77");
        await ChooseAsync(context, PaymentMethod.Card);
        await SubmitAsync(context, PaymentForm);
        await asking;

        await page.WaitForAssertionAsync(() => Assert.Empty(page.FindAll(Guard)));
        Assert.Equal(["Charge", "Payment"], KindsOf(page));
        var line = page.Find("[data-testid=ledger] tr[data-kind=Payment]").TextContent;
        Assert.Contains("Payment by card", line, StringComparison.Ordinal);
        Assert.Contains("number R-77", line, StringComparison.Ordinal);
        Assert.Equal(["40.00", "40.00", "$0.00"], SumsOf(page));
        Assert.Equal(("$0.00", "Paid"), (OpenOf(page), StateOf(page)));
    }

    [Fact]
    [Trait("Requirement", "B-14")]
    public async Task TakePayment_PressedTwice_IsOnePayment()
    {
        var interference = new Interference();
        await using var own = await interference.StartAsync(DatabaseKind.Sqlite);
        var acts = await BillingFixtureActs.OpenAsync(own);
        var visit = await acts.CheckInAsync();
        await using var context = await ContextAsync(own, await own.People.AddStaffAsync(Roles.Reception));
        var page = await OpenAsync(context, visit);
        var asking = PressAsync(page, "Take payment");
        await context.Dialogs.WaitForElementAsync(PaymentForm);
        await ChooseAsync(context, PaymentMethod.Cash);

        // The first waits at its save until the second was pressed.
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        interference.BeforeNextSave(() => go.Task);
        var first = SubmitAsync(context, PaymentForm);
        var second = SubmitAsync(context, PaymentForm);
        go.SetResult();
        await Task.WhenAll(first, second, asking);

        await page.WaitForAssertionAsync(() => Assert.Equal(["Charge", "Payment"], KindsOf(page)));
        Assert.Single((await acts.StoredAsync(visit)).Entries, entry => entry.Kind == LedgerKind.Payment);
    }

    [Fact]
    public async Task TakePayment_ThatAnotherDeskHasTakenMeanwhile_SaysSoAndTakesNothing()
    {
        var (acts, visit) = await CheckInAsync();
        await using var context = await ContextAsync(Roles.Reception);
        var page = await OpenAsync(context, visit);
        var asking = PressAsync(page, "Take payment");
        await context.Dialogs.WaitForElementAsync(PaymentForm);
        await ChooseAsync(context, PaymentMethod.Cash);
        Assert.True((await acts.PayAsync(visit, BillingFixtureActs.Fee)).IsSuccess);

        await SubmitAsync(context, PaymentForm);
        await AssertAmountAsync(context, "Somebody has entered something meanwhile: $0.00 is open now.");
        await SubmitAsync(context, PaymentForm);
        await AssertAmountAsync(context, "Nothing is open any more.");
        await PressInAsync(context, "payment-dialog", "Cancel");
        await asking;

        await page.WaitForAssertionAsync(() => Assert.Equal("Paid", StateOf(page)));
        Assert.Equal(BillingFixtureActs.FeeCents, (await acts.BillAsync(visit)).Paid.Cents);
    }

    [Fact]
    public async Task TakePayment_OfAPartWhileAnotherDeskTookOne_IsAskedOnceAndThenTaken()
    {
        var (acts, visit) = await CheckInAsync();
        await using var context = await ContextAsync(Roles.Reception);
        var page = await OpenAsync(context, visit);
        var asking = PressAsync(page, "Take payment");
        await context.Dialogs.WaitForElementAsync(PaymentForm);
        await ChooseAsync(context, PaymentMethod.Cash);
        await TypeAsync(context, "#payment-amount", "10.00");
        Assert.True((await acts.PayAsync(visit, "10.00")).IsSuccess);

        await SubmitAsync(context, PaymentForm);
        await AssertAmountAsync(context, "Somebody has entered something meanwhile: $30.00 is open now.");
        Assert.Equal(1000, (await acts.BillAsync(visit)).Paid.Cents);
        await SubmitAsync(context, PaymentForm);
        await asking;

        await page.WaitForAssertionAsync(() => Assert.Equal("$20.00", OpenOf(page)));
        Assert.Equal(2000, (await acts.BillAsync(visit)).Paid.Cents);
    }

    [Fact]
    public async Task TakePayment_BesideAnApproval_BeginsWithWhatClearsTheVisit()
    {
        var (acts, visit) = await CheckInAsync();
        await acts.ApproveAsync(visit, "25.00", acts.Day(3));
        await using var context = await ContextAsync(Roles.Reception);
        var page = await OpenAsync(context, visit);
        Assert.Contains("Payment of $15.00", page.Find(Guard).TextContent, StringComparison.Ordinal);

        var asking = PressAsync(page, "Take payment");
        await context.Dialogs.WaitForElementAsync(PaymentForm);
        Assert.Equal("15.00", context.Dialogs.Find("#payment-amount").GetAttribute("value"));
        await ChooseAsync(context, PaymentMethod.Cash);
        await SubmitAsync(context, PaymentForm);
        await asking;

        await page.WaitForAssertionAsync(() => Assert.Empty(page.FindAll(Guard)));
        Assert.Equal(("$25.00", "Approved"), (OpenOf(page), StateOf(page)));
    }

    [Fact]
    public async Task Refund_AtAnotherDesk_ClosesTheGuardInAnOpenPageThatNobodyTouches()
    {
        var (acts, visit) = await CheckInAsync();
        var payment = (await acts.PayAsync(visit, BillingFixtureActs.Fee)).Value;
        await using var context = await ContextAsync(await TakePartAsync(acts, visit, Roles.Doctor));
        var page = await OpenAsync(context, visit);
        Assert.Empty(page.FindAll(Guard));

        Assert.True((await acts.RefundAsync(visit, payment, "15.00", await acts.DeskAsync())).IsSuccess);

        await page.WaitForElementAsync(Guard);
        Assert.Equal(("$15.00", "Stopped"), (OpenOf(page), StateOf(page)));
    }

    [Fact]
    public async Task Refund_OfAPart_ClosesTheGuardAndLeavesTheRestToGiveBack()
    {
        var (acts, visit) = await CheckInAsync();
        await acts.PayAsync(visit, BillingFixtureActs.Fee);
        await using var context = await ContextAsync(Roles.Reception);
        var page = await OpenAsync(context, visit);
        var dialog = context.Dialogs;

        var asking = PressAsync(page, "Refund no. 2");
        await dialog.WaitForElementAsync("#amount-form");
        Assert.Equal("40.00", dialog.Find("#amount").GetAttribute("value"));
        await TypeAsync(context, "#amount", "15.00");
        await TypeAsync(context, "#amount-reason", "Taken twice.");
        await SubmitAsync(context, "#amount-form");
        await asking;

        await page.WaitForElementAsync(Guard);
        Assert.Equal(["Charge", "Payment", "Refund"], KindsOf(page));
        Assert.Equal(["40.00", "25.00", "$15.00"], SumsOf(page));
        await dialog.WaitForAssertionAsync(() => Assert.Empty(dialog.FindAll("#amount-form")));
        var again = PressAsync(page, "Refund no. 2");
        await dialog.WaitForElementAsync("#amount-form");
        Assert.Equal("25.00", dialog.Find("#amount").GetAttribute("value"));
        await PressInAsync(context, "amount-dialog", "Cancel");
        await again;
    }

    [Fact]
    public async Task Refund_WhenSomethingIsOwedBack_BeginsWithThat()
    {
        var (acts, visit) = await CheckInAsync();
        var lab = (await acts.ChargeAsync(visit, await acts.SetPriceAsync("LAB", "15.00"))).Value;
        await acts.PayAsync(visit, "55.00");
        await acts.ReverseAsync(visit, lab);
        await using var context = await ContextAsync(Roles.Reception);
        var page = await OpenAsync(context, visit);

        var asking = PressAsync(page, "Refund no. 3");
        await context.Dialogs.WaitForElementAsync("#amount-form");
        Assert.Equal("15.00", context.Dialogs.Find("#amount").GetAttribute("value"));
        await TypeAsync(context, "#amount-reason", "Not done.");
        await SubmitAsync(context, "#amount-form");
        await asking;

        await page.WaitForAssertionAsync(() => Assert.Equal("$0.00", OpenOf(page)));
        Assert.Equal("Paid", StateOf(page));
    }
}
