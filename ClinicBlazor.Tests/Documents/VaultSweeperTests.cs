using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Documents;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Documents;

/// <summary>What a sudden end leaves in the vault goes, and nothing else.</summary>
[Trait("Requirement", "S4-06")]
public sealed class VaultSweeperTests : IAsyncLifetime
{
    private DomainHost? host;
    private TestPerson? doctor;
    private Guid patientId;

    private DomainHost Host => host!;

    private DocumentVault Vault => Host.Get<DocumentVault>();

    public async Task InitializeAsync()
    {
        host = await DomainHost.StartAsync(DatabaseKind.Sqlite);
        doctor = await Host.People.AddStaffAsync(Roles.Doctor);
        patientId = await Host.People.AddChartAsync();
        await Host.People.AssignAsync(doctor, patientId);
    }

    public async Task DisposeAsync() => await Host.DisposeAsync();

    [Fact]
    public async Task SweepAsync_AnHourLater_TakesWhatHasNoRowAndWhatWasNeverKept()
    {
        var kept = new List<Guid> { await AddAsync(), await AddAsync(), await AddAsync() };

        // A document that lost its row, or never got one: the end came between the file and the commit.
        var lost = await TestDocuments.MakeAsync(Host, new NewDocument(patientId, "Lost.txt"), doctor!.AccountId);
        var part = Vault.PartPathOf(new VaultFile(kept[0], patientId));
        await File.WriteAllBytesAsync(part, [1]);
        var strange = Path.Combine(Vault.Folder, "aa");
        Directory.CreateDirectory(strange);
        await File.WriteAllBytesAsync(Path.Combine(strange, "notes.txt"), [1]);
        Age(TimeSpan.FromMinutes(59));
        Assert.Equal(0, await SweepAsync());
        Assert.Contains($"{lost.Id:D}", TestDocuments.Files(Host));

        Age(TimeSpan.FromMinutes(61));
        Assert.Equal(2, await SweepAsync());

        Assert.Equal(kept.Select(id => $"{id:D}").Append("notes.txt").Order(), TestDocuments.Files(Host));
        await using var db = await Host.OpenAsync();
        var entry = await db.Set<AuditEntry>().SingleAsync(row => row.Act == AuditAct.OutdatedRemoved);
        Assert.Equal("unfinished files 1, files without a document 1", entry.UserAgent);
        Assert.Equal(0, await SweepAsync());
    }

    [Fact]
    public async Task SweepAsync_InAFolderOfAnotherDatabase_TakesNothing()
    {
        await AddAsync();
        for (var i = 0; i < 3; i++)
        {
            await TestDocuments.MakeAsync(Host, new NewDocument(patientId, "Another clinic's.txt"), doctor!.AccountId);
        }

        Age(TimeSpan.FromDays(2));
        var before = TestDocuments.Files(Host);

        Assert.Equal(0, await SweepAsync());

        Assert.Equal(before, TestDocuments.Files(Host));
    }

    [Fact]
    public async Task SweepAsync_AfterTheEndCameBeforeAnInfectedFileWasDeleted_DeletesIt()
    {
        var clean = await AddAsync();
        var document = await TestDocuments.MakeAsync(Host, new NewDocument(patientId, "Bad.txt"), doctor!.AccountId, number: 9);
        document.Scanned(isClean: false, Host.Clock.Now());
        await Host.ArrangeAsync(db => db.Add(document));
        Age(TimeSpan.FromHours(2));

        Assert.Equal(1, await SweepAsync());

        Assert.Equal([$"{clean:D}"], TestDocuments.Files(Host));
    }

    [Fact]
    public async Task SweepAsync_InAClinicWithoutDocuments_HasNothingToDo() => Assert.Equal(0, await SweepAsync());

    private Task<Guid> AddAsync() => TestDocuments.AddAsync(Host, doctor!, patientId);

    private Task<int> SweepAsync() => Host.Get<VaultSweeper>().SweepAsync(default);

    private void Age(TimeSpan age)
    {
        foreach (var file in Directory.GetFiles(Vault.Folder, "*", SearchOption.AllDirectories))
        {
            File.SetLastWriteTimeUtc(file, (Host.Clock.GetUtcNow() - age).UtcDateTime);
        }
    }
}
