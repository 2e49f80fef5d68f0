using Bunit;
using ClinicBlazor.App.Visits;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Billing;
using ClinicBlazor.Domain.Visits;
using ClinicBlazor.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Tests.Billing;

/// <summary>The guard on the board: it stands where the patient would be called in, and says what opens it.</summary>
[Trait("Requirement", "S2-09")]
public sealed class QueueGuardTests(SqliteClinic clinic) : IClassFixture<SqliteClinic>
{
    private const string GuardOf = "Not cleared, $40.00 open for Pat Queued";
    private const string GuardOfOthers = "Not cleared for Pat Queued";
    private const string CallInOf = "Call in for Pat Queued";
    private const string Dialog = "[data-testid=payment-guard-dialog]";
    private const string Emergency = "Emergency: treat now, pay later for Pat Queued";
    private const string GoOn = "Go on without clearance";

    [Fact]
    public async Task Board_OfATriagedVisitThatIsStopped_OffersNoCallInUntilItIsPaid()
    {
        var (acts, visit) = await TriagedAsync();
        await using var context = await ContextAsync(Roles.Doctor);
        var page = await OpenAsync(context);
        Assert.Equal([GuardOfOthers], ButtonsOf(page, visit));

        Assert.True((await acts.PayAsync(visit, BillingFixtureActs.Fee)).IsSuccess);

        await page.WaitForAssertionAsync(() => Assert.Equal([CallInOf], ButtonsOf(page, visit)));
    }

    [Fact]
    public async Task Board_OfAnArrivedVisitThatIsStopped_OffersItsTriageBesideTheGuard()
    {
        var (acts, visit) = await ArrivedAsync();
        await using var context = await ContextAsync(Roles.Nurse);
        var page = await OpenAsync(context);
        Assert.Equal(["Start triage for Pat Queued", GuardOfOthers], ButtonsOf(page, visit));

        await page.InvokeAsync(() => page.Find($"[data-visit-id='{visit.VisitId}'] button").ClickAsync());

        await page.WaitForAssertionAsync(() => Assert.Equal([GuardOf], ButtonsOf(page, visit)));
        Assert.Equal(VisitStatus.Triaged, await acts.StatusAsync(visit));
    }

    [Fact]
    public async Task Emergency_FromTheDialogOfADoctor_OpensTheGuard()
    {
        var (acts, visit) = await TriagedAsync();
        await using var context = await ContextAsync(Roles.Doctor);
        var page = await OpenAsync(context);

        var asking = AskAsync(page, visit);
        await OfferedAsync(context, "Back", GoOn, Emergency);
        var why = context.Dialogs.Find(Dialog).TextContent;
        Assert.Contains("What this visit costs is not cleared.", why, StringComparison.Ordinal);
        Assert.DoesNotContain("$40.00", why, StringComparison.Ordinal);
        Assert.Empty(context.Dialogs.FindAll($"{Dialog} a"));
        await PressAsync(context, Emergency);
        await asking;

        await page.WaitForAssertionAsync(() => Assert.Equal([CallInOf], ButtonsOf(page, visit)));
        Assert.Equal(ClearanceKind.Emergency, await acts.ClearanceAsync(visit));
    }

    [Fact]
    public async Task Dialog_OfAVisitThatAnotherClearsMeanwhile_ClosesByItself()
    {
        var (acts, visit) = await TriagedAsync();
        await using var context = await ContextAsync(Roles.Nurse);
        var page = await OpenAsync(context);
        var asking = AskAsync(page, visit);
        await OfferedAsync(context, "Back", Emergency);

        Assert.True((await acts.MarkEmergencyAsync(visit, await acts.NurseAsync())).IsSuccess);
        await asking;

        await page.WaitForAssertionAsync(() => Assert.Empty(ButtonsOf(page, visit)));
        await context.Dialogs.WaitForAssertionAsync(() => Assert.Empty(context.Dialogs.FindAll(Dialog)));
        Assert.Single((await acts.StoredAsync(visit)).Entries, entry => entry.Kind == LedgerKind.Emergency);
    }

    [Fact]
    [Trait("Requirement", "S4-01")]
    public async Task Board_OfADoctorOnTheCareTeam_SaysWhatIsOpen()
    {
        var (_, visit) = await TriagedAsync();
        var doctor = await clinic.People.AddStaffAsync(Roles.Doctor);
        await clinic.People.AssignAsync(doctor, visit.PatientId);
        await using var context = await ContextAsync(doctor);

        var page = await OpenAsync(context);

        Assert.Equal([GuardOf], ButtonsOf(page, visit));
    }

    [Fact]
    public async Task Override_FromTheDialog_AsksForAReasonFirstAndKeepsIt()
    {
        var (acts, visit) = await TriagedAsync();
        await using var context = await ContextAsync(Roles.Doctor);
        var page = await OpenAsync(context);
        var dialog = context.Dialogs;
        var asking = AskAsync(page, visit);
        await OfferedAsync(context, "Back", GoOn, Emergency);
        Assert.Empty(dialog.FindAll("#override-reason"));

        await PressAsync(context, GoOn);
        await dialog.WaitForElementAsync("#override-reason");
        await PressAsync(context, GoOn);
        await dialog.WaitForAssertionAsync(
            () => Assert.Contains("Say why.", dialog.Find("#override-reason-error").TextContent, StringComparison.Ordinal));
        Assert.Equal(ClearanceKind.Stopped, await acts.ClearanceAsync(visit));

        await dialog.InvokeAsync(() => dialog.Find("#override-reason").InputAsync("Chest pain."));
        await PressAsync(context, GoOn);
        await asking;

        await page.WaitForAssertionAsync(() => Assert.Equal([CallInOf], ButtonsOf(page, visit)));
        var bill = await acts.BillAsync(visit, await acts.CareTeamAsync(visit, Roles.Doctor));
        Assert.Equal((ClearanceKind.Overridden, "Chest pain."), (bill.Clearance.Kind, bill.Lines[^1].Reason));
    }

    [Fact]
    public async Task Dialog_OfReception_LeadsToTheBillAndOffersNothingOfOthers()
    {
        var (_, visit) = await TriagedAsync();
        await using var context = await ContextAsync(Roles.Reception);
        var page = await OpenAsync(context);

        var asking = AskAsync(page, visit);
        await context.Dialogs.WaitForElementAsync($"{Dialog} a[href='/visits/{visit.VisitId}']");
        await OfferedAsync(context, "Back");
        Assert.Contains("$40.00 of this visit is open.", context.Dialogs.Find(Dialog).TextContent, StringComparison.Ordinal);
        await PressAsync(context, "Back");
        await asking;

        Assert.Equal([GuardOf], ButtonsOf(page, visit));
    }

    private static IEnumerable<string> ButtonsOf(IRenderedComponent<QueuePage> page, BilledVisit visit) =>
        page.FindAll($"[data-visit-id='{visit.VisitId}'] button").Select(button => button.TextContent.Trim());

    // The click is over when the dialog is.
    private static Task AskAsync(IRenderedComponent<QueuePage> page, BilledVisit visit) =>
        page.InvokeAsync(() => page.Find($"[data-visit-id='{visit.VisitId}'] [data-testid=payment-guard]").ClickAsync());

    private static Task OfferedAsync(PageContext context, params string[] acts) => context.Dialogs.WaitForAssertionAsync(() => Assert.Equal(
        acts, context.Dialogs.FindAll($"{Dialog} button").Select(button => button.TextContent.Trim())));

    private static Task PressAsync(PageContext context, string act) => context.Dialogs.InvokeAsync(
        () => context.Dialogs.FindAll($"{Dialog} button").Single(button => button.TextContent.Trim() == act).ClickAsync());

    private static async Task<IRenderedComponent<QueuePage>> OpenAsync(PageContext context)
    {
        var page = context.Render<QueuePage>();
        await page.WaitForElementAsync("[data-testid=queue-sums]");
        return page;
    }

    private async Task<PageContext> ContextAsync(Roles roles) => await ContextAsync(await clinic.People.AddStaffAsync(roles));

    private async Task<PageContext> ContextAsync(TestPerson person)
    {
        var context = await PageContext.OfStaffAsync(clinic.Host, person);
        context.Services.AddSingleton<TimeProvider>(clinic.Host.Clock);
        return context;
    }

    private async Task<(BillingFixtureActs Acts, BilledVisit Visit)> ArrivedAsync()
    {
        var acts = await BillingFixtureActs.OpenAsync(clinic.Host);
        return (acts, await acts.CheckInAsync(await clinic.People.AddChartAsync("Pat", "Queued")));
    }

    private async Task<(BillingFixtureActs Acts, BilledVisit Visit)> TriagedAsync()
    {
        var (acts, visit) = await ArrivedAsync();
        Assert.True((await acts.DoAsync(visit, VisitAct.StartTriage, await acts.NurseAsync())).IsSuccess);
        return (acts, visit);
    }
}
