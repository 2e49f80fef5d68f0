using Bunit;
using ClinicBlazor.App.Visits;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Billing;
using ClinicBlazor.Domain.Visits;
using ClinicBlazor.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Tests.Billing;

/// <summary>The page of a visit with its bill, and what people press there.</summary>
public abstract class BillPage(SqliteClinic clinic)
{
    private protected const string Bill = "[data-testid=bill]";
    private protected const string Guard = "[data-testid=payment-guard]";
    private protected const string PaymentForm = "#payment-form";

    private protected SqliteClinic Clinic => clinic;

    private protected static IEnumerable<string> WaysOf(IRenderedComponent<VisitPage> page) =>
        page.FindAll($"{Guard} button").Select(button => button.TextContent.Trim());

    private protected static IEnumerable<string> OthersOf(IRenderedComponent<VisitPage> page) =>
        page.FindAll($"{Guard} .faint").Select(name => name.TextContent.Trim());

    private protected static string OpenOf(IRenderedComponent<VisitPage> page) => page.Find("[data-testid=bill-open]").TextContent.Trim();

    private protected static string? StateOf(IRenderedComponent<VisitPage> page) =>
        page.Find("[data-testid=bill-clearance]").GetAttribute("data-state");

    private protected static IEnumerable<string?> KindsOf(IRenderedComponent<VisitPage> page) =>
        page.FindAll("[data-testid=ledger] tbody tr").Select(row => row.GetAttribute("data-kind"));

    private protected static IEnumerable<string> SumsOf(IRenderedComponent<VisitPage> page) =>
        page.FindAll("[data-testid=ledger] tfoot .r").Select(cell => cell.TextContent.Trim());

    private protected static IEnumerable<string> ButtonsOf(IRenderedComponent<VisitPage> page) =>
        page.FindAll($"{Bill} button").Select(button => button.TextContent.Trim());

    private protected static Task AssertAmountAsync(PageContext context, string text) => context.Dialogs.WaitForAssertionAsync(
        () => Assert.Contains(text, context.Dialogs.Find("#payment-amount-error").TextContent, StringComparison.Ordinal));

    private protected static Task ChooseAsync(PageContext context, PaymentMethod method) => context.Dialogs.InvokeAsync(
        () => context.Dialogs.Find($"input[name=payment-method][value={method}]").ChangeAsync("on"));

    // From the row of an entry: it asks why first.
    private protected static async Task TakeBackAsync(PageContext context, IRenderedComponent<VisitPage> page, string button, string act)
    {
        var asking = PressAsync(page, button);
        await context.Dialogs.WaitForElementAsync("[data-testid=reason-dialog]");
        await TypeAsync(context, "#reason", "A heliotrope reason.");
        await PressInAsync(context, "reason-dialog", act);
        await asking;
    }

    // A click that opens a dialog is over only when the dialog is.
    private protected static Task PressAsync(IRenderedComponent<VisitPage> page, string act) => page.InvokeAsync(
        () => page.FindAll($"{Bill} button").Single(button => button.TextContent.Trim() == act).ClickAsync());

    private protected static Task PressInAsync(PageContext context, string dialog, string act) => context.Dialogs.InvokeAsync(
        () => context.Dialogs.FindAll($"[data-testid={dialog}] button").Single(button => button.TextContent.Trim() == act).ClickAsync());

    private protected static Task TypeAsync(PageContext context, string field, string text) =>
        context.Dialogs.InvokeAsync(() => context.Dialogs.Find(field).InputAsync(text));

    private protected static Task SubmitAsync(PageContext context, string form) =>
        context.Dialogs.InvokeAsync(() => context.Dialogs.Find(form).SubmitAsync());

    private protected static async Task<IRenderedComponent<VisitPage>> OpenAsync(
        PageContext context, BilledVisit visit, string shown = Bill)
    {
        var page = context.Render<VisitPage>(parameters => parameters.Add(value => value.Id, visit.VisitId));
        await page.WaitForElementAsync(shown);
        return page;
    }

    // By the clinic's clock, so that a clearance ends when the test says so.
    private protected static async Task<PageContext> ContextAsync(DomainHost host, TestPerson person)
    {
        var context = await PageContext.OfStaffAsync(host, person);
        context.Services.AddSingleton<TimeProvider>(host.Clock);
        return context;
    }

    private protected Task<PageContext> ContextAsync(TestPerson person) => ContextAsync(clinic.Host, person);

    private protected async Task<PageContext> ContextAsync(Roles roles) => await ContextAsync(await clinic.People.AddStaffAsync(roles));

    // Triage is never kept back, and whoever starts it takes part.
    private protected async Task<TestPerson> TakePartAsync(BillingFixtureActs acts, BilledVisit visit, Roles role)
    {
        var person = await clinic.People.AddStaffAsync(role);
        Assert.True((await acts.DoAsync(visit, VisitAct.StartTriage, await clinic.People.ActorAsync(person))).IsSuccess);
        return person;
    }

    private protected async Task<(BillingFixtureActs Acts, BilledVisit Visit)> CheckInAsync()
    {
        var acts = await BillingFixtureActs.OpenAsync(clinic.Host);
        return (acts, await acts.CheckInAsync());
    }
}
