using Bunit;
using ClinicBlazor.App.Visits;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Billing;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Visits;
using ClinicBlazor.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Tests.Billing;

/// <summary>What a visit costs, on its page: whether it is stopped, what opens it, and what reception enters.</summary>
[Trait("Requirement", "S2-09")]
public sealed class VisitBillTests(SqliteClinic clinic) : IClassFixture<SqliteClinic>
{
    private const string Bill = "[data-testid=bill]";
    private const string Guard = "[data-testid=payment-guard]";
    private const string PaymentForm = "#payment-form";

    [Fact]
    public async Task Guard_OfAStoppedVisitForReception_OffersItsWaysAndNamesThoseOfOthers()
    {
        var (_, visit) = await CheckInAsync();
        await using var context = await ContextAsync(Roles.Reception);

        var page = await OpenAsync(context, visit);

        var guard = page.Find(Guard).TextContent;
        Assert.Contains("The consultation cannot start", guard, StringComparison.Ordinal);
        Assert.Contains("$40.00still open", guard, StringComparison.Ordinal);
        Assert.Equal(["Take payment", "Record approval", "Pay later", "Pay in three parts", "Waive"], WaysOf(page));
        Assert.Equal(["a doctor or nurse", "a doctor"], OthersOf(page));
        Assert.Equal(("$40.00", "Stopped"), (OpenOf(page), StateOf(page)));
    }

    [Theory]
    [InlineData(Roles.Doctor, "Treat now, pay later|Go on without clearance", "reception")]
    [InlineData(Roles.Nurse, "Treat now, pay later", "reception|a doctor")]
    public async Task Guard_OfAStoppedVisitForThoseWhoCare_OffersWhatIsTheirsAlone(Roles role, string ways, string others)
    {
        var (acts, visit) = await CheckInAsync();
        await using var context = await ContextAsync(await TakePartAsync(acts, visit, role));

        var page = await OpenAsync(context, visit);

        Assert.Equal(ways.Split('|'), WaysOf(page));
        Assert.Equal(others.Split('|'), OthersOf(page).Distinct());
        Assert.Equal(ways.Split('|'), page.FindAll($"{Bill} button").Select(button => button.TextContent.Trim()));
    }

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
    public async Task Bill_OfAVisitThatIsOverAndNotPaid_IsUnpaidAndStopsNothing()
    {
        var (acts, visit) = await CheckInAsync();
        await acts.DoAsync(visit, VisitAct.Finish, visit.Desk);
        await using var context = await ContextAsync(Roles.Reception);

        var page = await OpenAsync(context, visit);

        Assert.Empty(page.FindAll(Guard));
        Assert.Contains("Unpaid", page.Find("[data-testid=bill-clearance]").TextContent, StringComparison.Ordinal);
        Assert.Equal("$40.00", OpenOf(page));
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
    public async Task Approval_ThatEnds_ClosesTheGuardInAnOpenPageByItself()
    {
        await using var own = await DomainHost.StartAsync(DatabaseKind.Sqlite);
        var acts = await BillingFixtureActs.OpenAsync(own);
        var end = acts.EndOf(0);

        // So late in the day that nobody is signed out before the approval ends.
        own.Clock.Advance(end - own.Clock.GetUtcNow() - TimeSpan.FromMinutes(1));
        var visit = await acts.CheckInAsync();
        Assert.True((await acts.ApproveAsync(visit, BillingFixtureActs.Fee, acts.Day(0))).IsSuccess);
        await using var context = await ContextAsync(own, await own.People.AddStaffAsync(Roles.Reception));
        var page = await OpenAsync(context, visit);
        Assert.Empty(page.FindAll(Guard));
        Assert.Equal("Approved", StateOf(page));

        own.Clock.Advance(TimeSpan.FromMinutes(1) + TimeSpan.FromSeconds(2));

        await page.WaitForElementAsync(Guard);
        Assert.Equal("Stopped", StateOf(page));
    }

    [Fact]
    public async Task RecordApproval_WithoutNumberAndDay_SaysSoBesideThemAndWithThemOpensTheGuard()
    {
        var (acts, visit) = await CheckInAsync();
        await using var context = await ContextAsync(Roles.Reception);
        var page = await OpenAsync(context, visit);
        var dialog = context.Dialogs;

        var asking = PressAsync(page, "Record approval");
        await dialog.WaitForElementAsync("#approval-form");
        Assert.Equal("40.00", dialog.Find("#approval-amount").GetAttribute("value"));
        await SubmitAsync(context, "#approval-form");
        await dialog.WaitForAssertionAsync(() => Assert.Contains(
            "Give the number of the approval.", dialog.Find("#approval-reference-error").TextContent, StringComparison.Ordinal));
        Assert.Contains("Give a day, for instance 2026-07-02.", dialog.Markup, StringComparison.Ordinal);
        await TypeAsync(context, "#approval-reference", "A-12");
        await TypeAsync(context, "#approval-day", acts.Day(30));
        await SubmitAsync(context, "#approval-form");
        await asking;

        await page.WaitForAssertionAsync(() => Assert.Equal("Approved", StateOf(page)));
        Assert.Empty(page.FindAll(Guard));
        Assert.Contains("number A-12", page.Find("[data-testid=ledger] tr[data-kind=Approval]").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Pay later", ClearanceKind.Deferred, 0)]
    [InlineData("Pay in three parts", ClearanceKind.Planned, 3)]
    public async Task PutOff_WithOnePress_OpensTheGuard(string way, ClearanceKind kind, int parts)
    {
        var (acts, visit) = await CheckInAsync();
        await using var context = await ContextAsync(Roles.Reception);
        var page = await OpenAsync(context, visit);

        await PressAsync(page, way);

        await page.WaitForAssertionAsync(() => Assert.Empty(page.FindAll(Guard)));
        Assert.Equal(("$40.00", kind.ToString()), (OpenOf(page), StateOf(page)));
        Assert.Equal(parts, page.FindAll($"{Bill} dl ol li").Count);
        Assert.Equal(kind, await acts.ClearanceAsync(visit));
    }

    [Fact]
    public async Task Waive_AsksForAReasonAndKeepsIt()
    {
        var (acts, visit) = await CheckInAsync();
        await using var context = await ContextAsync(Roles.Reception);
        var page = await OpenAsync(context, visit);
        var dialog = context.Dialogs;

        var asking = PressAsync(page, "Waive");
        await dialog.WaitForElementAsync("#amount-form");
        Assert.Equal("40.00", dialog.Find("#amount").GetAttribute("value"));
        await SubmitAsync(context, "#amount-form");
        await dialog.WaitForAssertionAsync(
            () => Assert.Contains("Say why.", dialog.Find("#amount-reason-error").TextContent, StringComparison.Ordinal));
        Assert.Single((await acts.BillAsync(visit)).Lines);
        await TypeAsync(context, "#amount-reason", "Lost the job.");
        await SubmitAsync(context, "#amount-form");
        await asking;

        await page.WaitForAssertionAsync(() => Assert.Empty(page.FindAll(Guard)));
        Assert.Equal("Waived", StateOf(page));
        Assert.Contains("Lost the job.", page.Find("[data-testid=ledger] tr[data-kind=Waiver]").TextContent, StringComparison.Ordinal);
        Assert.Equal("Lost the job.", (await acts.BillAsync(visit)).Lines[^1].Reason);
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

    [Fact]
    public async Task Waiver_TakenBackForAReason_ClosesTheGuardAgain()
    {
        var (acts, visit) = await CheckInAsync();
        await acts.WaiveAsync(visit, BillingFixtureActs.Fee);
        await using var context = await ContextAsync(Roles.Reception);
        var page = await OpenAsync(context, visit);
        Assert.Empty(page.FindAll(Guard));

        await TakeBackAsync(context, page, "Take back no. 2", "Take back");

        await page.WaitForElementAsync(Guard);
        Assert.Equal(["Charge", "Waiver", "WaiverEnd"], KindsOf(page));
        Assert.Equal(("$40.00", "Stopped"), (OpenOf(page), StateOf(page)));
    }

    [Theory]
    [InlineData(ClearanceKind.Approved)]
    [InlineData(ClearanceKind.Deferred)]
    [InlineData(ClearanceKind.Planned)]
    public async Task WhatClearsAVisit_WithdrawnForAReason_ClosesTheGuardAgain(ClearanceKind kind)
    {
        var (acts, visit) = await CheckInAsync();
        await acts.ClearAsync(visit, kind);
        await using var context = await ContextAsync(Roles.Reception);
        var page = await OpenAsync(context, visit);
        Assert.Empty(page.FindAll(Guard));

        await TakeBackAsync(context, page, "Withdraw no. 2", "Withdraw");

        await page.WaitForElementAsync(Guard);
        Assert.Equal("Withdrawal", KindsOf(page).Last());
        Assert.Equal(ClearanceKind.Stopped, await acts.ClearanceAsync(visit));
    }

    [Fact]
    public async Task Emergency_WithdrawnByANurse_ClosesTheGuardAndReceptionDoesNotReadWhy()
    {
        var (acts, visit) = await CheckInAsync();
        var nurse = await TakePartAsync(acts, visit, Roles.Nurse);
        await acts.MarkEmergencyAsync(visit, await clinic.People.ActorAsync(nurse));
        await using (var reception = await ContextAsync(Roles.Reception))
        {
            Assert.DoesNotContain("Withdraw no. 2", ButtonsOf(await OpenAsync(reception, visit)));
        }

        await using var context = await ContextAsync(nurse);
        var page = await OpenAsync(context, visit);

        await TakeBackAsync(context, page, "Withdraw no. 2", "Withdraw");

        await page.WaitForElementAsync(Guard);
        Assert.Contains("A heliotrope reason.", page.Find(Bill).TextContent, StringComparison.Ordinal);
        await using var desk = await ContextAsync(Roles.Reception);
        Assert.DoesNotContain("heliotrope", (await OpenAsync(desk, visit)).Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Emergency_WithOnePressOfANurse_OpensTheGuard()
    {
        var (acts, visit) = await CheckInAsync();
        await using var context = await ContextAsync(await TakePartAsync(acts, visit, Roles.Nurse));
        var page = await OpenAsync(context, visit);

        await PressAsync(page, "Treat now, pay later");

        await page.WaitForAssertionAsync(() => Assert.Empty(page.FindAll(Guard)));
        Assert.Equal(("$40.00", "Emergency"), (OpenOf(page), StateOf(page)));
    }

    [Fact]
    [Trait("Requirement", "B-02")]
    public async Task Override_AsksForAReasonAndAFreshProof()
    {
        var (acts, visit) = await CheckInAsync();
        await using var context = await ContextAsync(await TakePartAsync(acts, visit, Roles.Doctor));
        var page = await OpenAsync(context, visit);
        var dialog = context.Dialogs;
        var asking = PressAsync(page, "Go on without clearance");
        await dialog.WaitForElementAsync("[data-testid=reason-dialog]");
        await PressInAsync(context, "reason-dialog", "Go on without clearance");
        await dialog.WaitForAssertionAsync(
            () => Assert.Contains("Say why.", dialog.Find("#reason-error").TextContent, StringComparison.Ordinal));
        await TypeAsync(context, "#reason", "Chest pain.");
        clinic.Host.Clock.Advance(TimeSpan.FromMinutes(AccessPolicy.ProofMinutes + 1));

        var unproved = PressInAsync(context, "reason-dialog", "Go on without clearance");
        await dialog.WaitForElementAsync("#step-up-proof");
        await PressInAsync(context, "step-up", "Cancel");
        await unproved;
        await dialog.WaitForAssertionAsync(
            () => Assert.Contains("the fresh proof is missing", dialog.Find("#reason-error").TextContent, StringComparison.Ordinal));
        await dialog.WaitForAssertionAsync(() => Assert.Empty(dialog.FindAll("#step-up-proof")));
        Assert.Equal(ClearanceKind.Stopped, await acts.ClearanceAsync(visit));

        var proved = PressInAsync(context, "reason-dialog", "Go on without clearance");
        await dialog.WaitForElementAsync("#step-up-proof");
        await context.ProveAsync();
        await Task.WhenAll(proved, asking);

        await page.WaitForAssertionAsync(() => Assert.Empty(page.FindAll(Guard)));
        Assert.Equal("Overridden", StateOf(page));
        Assert.Contains("Chest pain.", page.Find("[data-testid=ledger] tr[data-kind=Override]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "S4-01")]
    public async Task Page_OfAnotherPatientsVisit_ShowsNothingOfThisBill()
    {
        var (acts, visit) = await CheckInAsync();
        await acts.WaiveAsync(visit, "10.00", reason: "A heliotrope reason.");
        var number = (await acts.BillAsync(visit)).InvoiceNumber;
        var other = await acts.CheckInAsync();
        await using var context = await ContextAsync(Roles.Reception);
        var page = await OpenAsync(context, visit);
        Assert.Equal("$30.00", OpenOf(page));
        Assert.Contains("heliotrope", page.Find(Bill).TextContent, StringComparison.Ordinal);
        Assert.Contains($"invoice no. {number}", page.Find(Bill).TextContent, StringComparison.Ordinal);

        page.Render(parameters => parameters.Add(value => value.Id, other.VisitId));

        await page.WaitForAssertionAsync(() => Assert.Equal("$40.00", OpenOf(page)));
        Assert.DoesNotContain("heliotrope", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain($"invoice no. {number}", page.Markup, StringComparison.Ordinal);
        await using var elsewhere = await ContextAsync(await TakePartAsync(acts, other, Roles.Nurse));
        var missing = elsewhere.Render<VisitPage>(parameters => parameters.Add(value => value.Id, visit.VisitId));
        await missing.WaitForElementAsync("[data-testid=not-found]");
        Assert.Empty(missing.FindAll(Bill));
    }

    [Fact]
    [Trait("Requirement", "S4-01")]
    public async Task Bill_OfAReaderWhosePartIsEnded_GoesFromTheOpenPage()
    {
        var (acts, visit) = await CheckInAsync();
        var nurse = await TakePartAsync(acts, visit, Roles.Nurse);
        await using var context = await ContextAsync(nurse);
        var page = await OpenAsync(context, visit);
        clinic.Host.Clock.Advance(TimeSpan.FromMilliseconds(1));

        var left = await clinic.Host.Get<VisitStaffService>()
            .LeaveAsync(visit.Desk, visit.PatientId, visit.VisitId, nurse.AccountId, default);

        Assert.True(left.IsSuccess);
        await page.WaitForElementAsync("[data-testid=not-found]");
        Assert.Empty(page.FindAll(Bill));
        Assert.DoesNotContain("$40.00", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "S4-01")]
    public async Task Page_OfAnAdministratorOfTheCareTeam_ShowsNoBill()
    {
        var (_, visit) = await CheckInAsync();
        var administrator = await clinic.People.AddStaffAsync(Roles.Administrator);
        await clinic.People.AssignAsync(administrator, visit.PatientId);
        await using var context = await ContextAsync(administrator);

        var page = await OpenAsync(context, visit, "[data-testid=visit-state]");

        Assert.Empty(page.FindAll(Bill));
        Assert.DoesNotContain("$40.00", page.Markup, StringComparison.Ordinal);
    }

    private static IEnumerable<string> WaysOf(IRenderedComponent<VisitPage> page) =>
        page.FindAll($"{Guard} button").Select(button => button.TextContent.Trim());

    private static IEnumerable<string> OthersOf(IRenderedComponent<VisitPage> page) =>
        page.FindAll($"{Guard} .faint").Select(name => name.TextContent.Trim());

    private static string OpenOf(IRenderedComponent<VisitPage> page) => page.Find("[data-testid=bill-open]").TextContent.Trim();

    private static string? StateOf(IRenderedComponent<VisitPage> page) =>
        page.Find("[data-testid=bill-clearance]").GetAttribute("data-state");

    private static IEnumerable<string?> KindsOf(IRenderedComponent<VisitPage> page) =>
        page.FindAll("[data-testid=ledger] tbody tr").Select(row => row.GetAttribute("data-kind"));

    private static IEnumerable<string> SumsOf(IRenderedComponent<VisitPage> page) =>
        page.FindAll("[data-testid=ledger] tfoot .r").Select(cell => cell.TextContent.Trim());

    private static IEnumerable<string> ButtonsOf(IRenderedComponent<VisitPage> page) =>
        page.FindAll($"{Bill} button").Select(button => button.TextContent.Trim());

    private static Task AssertAmountAsync(PageContext context, string text) => context.Dialogs.WaitForAssertionAsync(
        () => Assert.Contains(text, context.Dialogs.Find("#payment-amount-error").TextContent, StringComparison.Ordinal));

    private static Task ChooseAsync(PageContext context, PaymentMethod method) => context.Dialogs.InvokeAsync(
        () => context.Dialogs.Find($"input[name=payment-method][value={method}]").ChangeAsync("on"));

    // From the row of an entry: it asks why first.
    private static async Task TakeBackAsync(PageContext context, IRenderedComponent<VisitPage> page, string button, string act)
    {
        var asking = PressAsync(page, button);
        await context.Dialogs.WaitForElementAsync("[data-testid=reason-dialog]");
        await TypeAsync(context, "#reason", "A heliotrope reason.");
        await PressInAsync(context, "reason-dialog", act);
        await asking;
    }

    // A click that opens a dialog is over only when the dialog is.
    private static Task PressAsync(IRenderedComponent<VisitPage> page, string act) => page.InvokeAsync(
        () => page.FindAll($"{Bill} button").Single(button => button.TextContent.Trim() == act).ClickAsync());

    private static Task PressInAsync(PageContext context, string dialog, string act) => context.Dialogs.InvokeAsync(
        () => context.Dialogs.FindAll($"[data-testid={dialog}] button").Single(button => button.TextContent.Trim() == act).ClickAsync());

    private static Task TypeAsync(PageContext context, string field, string text) =>
        context.Dialogs.InvokeAsync(() => context.Dialogs.Find(field).InputAsync(text));

    private static Task SubmitAsync(PageContext context, string form) =>
        context.Dialogs.InvokeAsync(() => context.Dialogs.Find(form).SubmitAsync());

    private static async Task<IRenderedComponent<VisitPage>> OpenAsync(PageContext context, BilledVisit visit, string shown = Bill)
    {
        var page = context.Render<VisitPage>(parameters => parameters.Add(value => value.Id, visit.VisitId));
        await page.WaitForElementAsync(shown);
        return page;
    }

    // By the clinic's clock, so that a clearance ends when the test says so.
    private static async Task<PageContext> ContextAsync(DomainHost host, TestPerson person)
    {
        var context = await PageContext.OfStaffAsync(host, person);
        context.Services.AddSingleton<TimeProvider>(host.Clock);
        return context;
    }

    private Task<PageContext> ContextAsync(TestPerson person) => ContextAsync(clinic.Host, person);

    private async Task<PageContext> ContextAsync(Roles roles) => await ContextAsync(await clinic.People.AddStaffAsync(roles));

    // Triage is never kept back, and whoever starts it takes part.
    private async Task<TestPerson> TakePartAsync(BillingFixtureActs acts, BilledVisit visit, Roles role)
    {
        var person = await clinic.People.AddStaffAsync(role);
        Assert.True((await acts.DoAsync(visit, VisitAct.StartTriage, await clinic.People.ActorAsync(person))).IsSuccess);
        return person;
    }

    private async Task<(BillingFixtureActs Acts, BilledVisit Visit)> CheckInAsync()
    {
        var acts = await BillingFixtureActs.OpenAsync(clinic.Host);
        return (acts, await acts.CheckInAsync());
    }
}
