using Bunit;
using ClinicBlazor.App.Audit;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Audit.Anchors;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Security;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Audit.Anchors;

/// <summary>A file of anchors that cannot be read vouches for nothing, and everybody who looks is told so.</summary>
[Trait("Requirement", "B-12")]
public sealed class UnreadableAnchorsTests
{
    private static readonly AnchorFinding[] Unreadable = [new(AnchorFindingKind.FileUnreadable)];

    [Fact]
    public async Task VerifyAsync_OwnFileThatCannotBeRead_IsAFindingAndNoFault()
    {
        await using var host = await StartAsync();
        Spoil(host.Settings.AnchorFile);

        var found = await AuditSamples.VerifyAsync(host);

        Assert.Equal(Unreadable, found.Anchors.Findings);
        Assert.False(found.IsIntact);
    }

    [Theory]
    [InlineData("Dear colleague,\r\nthe anchors are in the other mail.\r\n")]
    [InlineData("")]
    public async Task RunAsync_WithAFileOfSomethingElse_IsAFindingAndNotFine(string text)
    {
        await using var host = await StartAsync();
        var elsewhere = Path.Combine(host.Settings.DataDirectory, "mail.txt");
        await File.WriteAllTextAsync(elsewhere, text);

        var found = await host.Get<AuditCheck>().RunAsync(elsewhere, CancellationToken.None);

        Assert.Equal(Unreadable, found.Anchors.Findings);
        Assert.False(found.IsIntact);
    }

    [Fact]
    public async Task VerifyAsync_SomethingElseInPlaceOfTheOwnFile_IsAFinding()
    {
        await using var host = await StartAsync();
        await File.WriteAllTextAsync(host.Settings.AnchorFile, "Something else.\n");

        Assert.Equal(Unreadable, (await AuditSamples.VerifyAsync(host)).Anchors.Findings);
    }

    [Fact]
    public async Task Start_WithAFileThatCannotBeRead_GoesOnAndTellsTheTrail()
    {
        await using var host = await DomainHost.StartAsync(DatabaseKind.Sqlite);
        Spoil(host.Settings.AnchorFile);

        await host.Get<AuditAnchors>().BeginIfNewAsync(CancellationToken.None);
        var found = await host.Get<AuditAnchors>().CompareAsync(CancellationToken.None);

        Assert.Equal(Unreadable, found.Findings);
        Assert.Contains(await AuditSamples.ReadAsync(host),
            entry => entry is { Act: AuditAct.AnchorsCompared, Outcome: AuditOutcome.Failed });
    }

    [Fact]
    public async Task AuditPage_Opened_SaysSo()
    {
        await using var host = await StartAsync();
        var administrator = await host.People.AddStaffAsync(Roles.Administrator);
        Spoil(host.Settings.AnchorFile);
        await using var context = await PageContext.OfStaffAsync(host, administrator);

        var page = context.Render<AuditPage>();

        var notice = await page.WaitForElementAsync("[data-testid=anchors-broken]");
        Assert.Contains("The file of anchors cannot be read", notice.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "S2-16")]
    public async Task Commands_ThatLookAtTheTrail_SaySo()
    {
        using var program = new ProgramRun();
        Assert.Equal(0, (await program.EndAsync(["create-admin", "chief@test.example"], "Purple-Kettle-42-Sings")).Code);
        Spoil(Path.Combine(program.Settings["Clinic__DataDirectory"]!, "logs", "audit-anchors.txt"));

        var verified = await program.EndAsync(["verify-audit"]);
        var checkedAll = await program.EndAsync(["check-deployment"]);

        Assert.Equal((1, 1), (verified.Code, checkedAll.Code));
        Assert.Contains("The file of anchors cannot be read", verified.Errors, StringComparison.Ordinal);
        Assert.Contains("The file of anchors cannot be read", checkedAll.Errors, StringComparison.Ordinal);
    }

    private static async Task<DomainHost> StartAsync()
    {
        var host = await DomainHost.StartAsync(DatabaseKind.Sqlite);
        await host.Get<AuditAnchors>().BeginIfNewAsync(CancellationToken.None);
        return host;
    }

    /// <summary>A folder where the file should lie: what not even the system's administrator can read as a file.</summary>
    private static void Spoil(string file)
    {
        if (File.Exists(file))
        {
            File.Delete(file);
        }

        Directory.CreateDirectory(file);
    }
}
