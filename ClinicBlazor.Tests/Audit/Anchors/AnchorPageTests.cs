using Bunit;
using ClinicBlazor.App.Audit;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit.Anchors;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Audit.Anchors;

/// <summary>The audit page says by itself that something was cut off.</summary>
[Trait("Requirement", "B-12")]
[Trait("Requirement", "S4-11")]
public sealed class AnchorPageTests
{
    [Fact]
    public async Task Open_TailCut_SaysWhatIsMissingBeforeAnybodyAsks()
    {
        await using var host = await DomainHost.StartAsync(DatabaseKind.Sqlite);
        await host.Get<AuditAnchors>().BeginIfNewAsync(CancellationToken.None);
        var administrator = await host.People.AddStaffAsync(Roles.Administrator);
        var chain = await AuditSamples.WriteAsync(host, 5);
        await host.Get<AuditAnchors>().MakeAsync(AnchorReason.Hour, CancellationToken.None);
        var intruder = new Intruder(host);
        await intruder.ForceAsync("DELETE FROM \"AuditEntries\" WHERE \"Id\" = @p0", $"{chain[^1].EntryId}".ToUpperInvariant());
        await intruder.ForceAsync("DELETE FROM \"AuditSeals\" WHERE \"Sequence\" = @p0", chain[^1].Sequence);
        await using var context = await PageContext.OfStaffAsync(host, administrator);

        var page = context.Render<AuditPage>();

        var notice = await page.WaitForElementAsync("[data-testid=anchors-broken]");
        Assert.Contains($"Entries {chain[^1].Sequence} to {chain[^1].Sequence} are missing", notice.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_AllThere_SaysNothing()
    {
        await using var host = await DomainHost.StartAsync(DatabaseKind.Sqlite);
        await host.Get<AuditAnchors>().BeginIfNewAsync(CancellationToken.None);
        var administrator = await host.People.AddStaffAsync(Roles.Administrator);
        await using var context = await PageContext.OfStaffAsync(host, administrator);

        var page = context.Render<AuditPage>();

        await page.WaitForElementAsync("tbody time");
        Assert.Empty(page.FindAll("[data-testid=anchors-broken]"));
    }
}
