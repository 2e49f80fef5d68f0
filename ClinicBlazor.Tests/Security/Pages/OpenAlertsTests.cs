using Bunit;
using ClinicBlazor.App.Security;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Security.Alerts;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Security.Pages;

/// <summary>The number of alerts beside the link to them.</summary>
[Trait("Requirement", "S4-11")]
public sealed class OpenAlertsTests
{
    [Fact]
    public async Task Number_OfOpenAlerts_GoesWithTheNews()
    {
        await using var host = await DomainHost.StartAsync(DatabaseKind.Sqlite);
        var administrator = await host.People.AddStaffAsync(Roles.Administrator);
        await using var context = await PageContext.OfStaffAsync(host, administrator);
        var shown = context.Render<OpenAlerts>();
        Assert.Empty(shown.FindAll("[data-testid=open-alerts]"));

        var id = await AlertSamples.RaiseAsync(host, AlertKind.AttackInput);
        Assert.Equal("1 alert to acknowledge", (await shown.WaitForElementAsync("[data-testid=open-alerts]")).TextContent);
        await AlertSamples.RaiseAsync(host, AlertKind.MailStuck);
        await shown.WaitForAssertionAsync(
            () => Assert.Equal("2 alerts to acknowledge", shown.Find("[data-testid=open-alerts]").TextContent));
        await host.Get<AlertService>().AcknowledgeAsync(
            (await host.People.ActorAsync(administrator)).Doing(CommandId.New()), id, "A test of ours.", default);

        await shown.WaitForAssertionAsync(
            () => Assert.Equal("1 alert to acknowledge", shown.Find("[data-testid=open-alerts]").TextContent));
    }

    [Fact]
    [Trait("Requirement", "S4-01")]
    public async Task Number_ForSomebodyWhoMayNotReadAlerts_IsNotShown()
    {
        await using var host = await DomainHost.StartAsync(DatabaseKind.Sqlite);
        await AlertSamples.RaiseAsync(host, AlertKind.AttackInput);
        await using var context = await PageContext.OfStaffAsync(host, await host.People.AddStaffAsync(Roles.Doctor));

        var shown = context.Render<OpenAlerts>();

        Assert.Equal("", shown.Markup.Trim());
    }

    [Fact]
    public async Task Number_ThatCannotBeRead_IsLeftOutAndTriedAgain()
    {
        var held = new HeldQueries();
        await using var host = await held.StartAsync(DatabaseKind.Sqlite);
        var administrator = await host.People.AddStaffAsync(Roles.Administrator);
        await AlertSamples.RaiseAsync(host, AlertKind.AttackInput);
        await using var context = await PageContext.OfStaffAsync(host, administrator);
        held.FailNext("Alerts");

        var shown = context.Render<OpenAlerts>();
        await TestTime.WaitUntilAsync(() => !held.Waits);
        Assert.Empty(shown.FindAll("[data-testid=open-alerts]"));

        await TestTime.WaitUntilAsync(() => shown.FindAll("[data-testid=open-alerts]").Count > 0,
            meanwhile: () => host.Clock.Advance(TimeSpan.FromSeconds(3)));
    }
}
