using AngleSharp.Dom;
using Bunit;
using ClinicBlazor.App.Patients;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Tests.Patients;

/// <summary>An SSN is masked, shown by an audited act of those who may, and gone again.</summary>
[Trait("Requirement", "S1-02")]
public sealed class IdentifierValueTests : IAsyncLifetime
{
    private const string Full = "900-55-7788";

    private DomainHost host = null!;

    public async Task InitializeAsync() => host = await DomainHost.StartAsync(DatabaseKind.Sqlite);

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task Show_WithAFreshProof_ShowsItAuditedAndHidesItAfterHalfAMinute()
    {
        var timers = new HeldTimers(host.Clock);
        var (page, patientId, context) = await OpenAsync(Roles.Reception, timers);
        await using var _ = context;
        Assert.DoesNotContain(Full, page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("900557788", page.Markup, StringComparison.Ordinal);
        Assert.Contains("7788", page.Find(".ssn").TextContent, StringComparison.Ordinal);

        await ShowButton(page).ClickAsync();

        Assert.Equal(Full, page.Find("[data-testid=identifier]").TextContent);
        Assert.Equal(1, await ShownAsync(patientId));
        Assert.Equal([TimeSpan.FromSeconds(30)], timers.Waiting);
        timers.RunOff();
        await page.WaitForAssertionAsync(() => Assert.DoesNotContain(Full, page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Hide_ByHand_TakesItFromThePageAtOnce()
    {
        var timers = new HeldTimers(host.Clock);
        var (page, _, context) = await OpenAsync(Roles.Reception, timers);
        await using var closing = context;
        await ShowButton(page).ClickAsync();

        await page.FindAll(".ssn button").Single(button => button.TextContent.StartsWith("Hide", StringComparison.Ordinal)).ClickAsync();

        Assert.DoesNotContain(Full, page.Markup, StringComparison.Ordinal);
        Assert.Empty(timers.Waiting);
    }

    [Fact]
    [Trait("Requirement", "B-02")]
    public async Task Show_WithAnOldProof_AsksForANewOne()
    {
        var (page, patientId, context) = await OpenAsync(Roles.Reception, new HeldTimers(host.Clock));
        await using var _ = context;
        host.Clock.Advance(TimeSpan.FromMinutes(6));

        var showing = ShowButton(page).ClickAsync();
        await context.Dialogs.WaitForElementAsync("#step-up-proof");
        Assert.Empty(page.FindAll("[data-testid=identifier]"));
        Assert.Equal(0, await ShownAsync(patientId));
        await context.ProveAsync();
        await showing.WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Equal(Full, page.Find("[data-testid=identifier]").TextContent);
    }

    [Fact]
    public async Task Show_ByANurse_IsNotOffered()
    {
        var (page, _, context) = await OpenAsync(Roles.Nurse, new HeldTimers(host.Clock));
        await using var closing = context;

        Assert.Contains("7788", page.Find(".ssn").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".ssn button"));
    }

    [Fact]
    [Trait("Requirement", "S4-01")]
    public async Task Show_CareTeamEndedMeanwhile_ShowsNothing()
    {
        var (page, patientId, context) = await OpenAsync(Roles.Doctor, new HeldTimers(host.Clock));
        await using var _ = context;

        host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await host.ArrangeAsync(
            db => db.Set<AccessGrant>().AsTracking().Single(grant => grant.PatientId == patientId).End(host.Clock.GetUtcNow()));
        await ShowButton(page).ClickAsync();

        await page.WaitForElementAsync("[data-testid=not-found]");
        Assert.DoesNotContain("7788", page.Markup, StringComparison.Ordinal);
    }

    private async Task<(IRenderedComponent<PatientPage> Page, Guid PatientId, PageContext Context)> OpenAsync(Roles roles,
        TimeProvider clock)
    {
        var person = await host.People.AddStaffAsync(roles);
        var patientId = await host.People.AddChartAsync("Sam", "Sealed", "900557788");
        await host.People.AssignAsync(person, patientId);
        var context = await PageContext.OfStaffAsync(host, person);
        context.Services.AddSingleton<TimeProvider>(clock);
        var page = context.Render<PatientPage>(parameters => parameters.Add(value => value.Id, patientId));
        await page.WaitForElementAsync("[data-testid=patient-banner]");
        return (page, patientId, context);
    }

    private async Task<int> ShownAsync(Guid patientId)
    {
        await using var db = await host.OpenAsync();
        return await db.Set<AuditEntry>().CountAsync(
            entry => entry.PatientId == patientId && entry.Act == AuditAct.IdentifierShown && entry.Outcome == AuditOutcome.Done);
    }

    private static IElement ShowButton(IRenderedComponent<PatientPage> page) =>
        page.FindAll(".ssn button").First(button => button.TextContent.StartsWith("Show", StringComparison.Ordinal));
}
