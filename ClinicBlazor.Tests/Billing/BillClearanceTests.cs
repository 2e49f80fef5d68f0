using Bunit;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Billing;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Billing;

/// <summary>What clears a visit without money, and is taken back, on its page.</summary>
[Trait("Requirement", "S2-09")]
public sealed class BillClearanceTests(SqliteClinic clinic) : BillPage(clinic), IClassFixture<SqliteClinic>
{
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
        await acts.MarkEmergencyAsync(visit, await Clinic.People.ActorAsync(nurse));
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
        Clinic.Host.Clock.Advance(TimeSpan.FromMinutes(AccessPolicy.ProofMinutes + 1));

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
}
