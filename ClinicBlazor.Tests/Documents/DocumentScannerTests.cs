using System.Text;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Documents;
using ClinicBlazor.Domain.Documents.Content;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Tests.Documents;

/// <summary>Where a scanner is set, nothing is opened that it has not looked through.</summary>
[Trait("Requirement", "S4-06")]
public abstract class DocumentScannerTests(DatabaseKind kind) : IAsyncLifetime
{
    private const string NotYet = "This file has not been looked through for viruses yet. Try again in a few minutes.";

    private const string Hard = "Words that no scanner comes to the end of.";

    private readonly SetScanner scanner = new();
    private DomainHost? host;
    private TestPerson? doctor;
    private Guid patientId;

    public sealed class OnSqlite() : DocumentScannerTests(DatabaseKind.Sqlite);

    public sealed class OnPostgres() : DocumentScannerTests(DatabaseKind.Postgres);

    private DomainHost Host => host!;

    public async Task InitializeAsync()
    {
        host = await DomainHost.StartAsync(kind, services => services.AddSingleton<IVirusScanner>(scanner));
        doctor = await Host.People.AddStaffAsync(Roles.Doctor);
        patientId = await Host.People.AddChartAsync();
        await Host.People.AssignAsync(doctor, patientId);
    }

    public async Task DisposeAsync() => await Host.DisposeAsync();

    [Fact]
    public async Task Document_ThatIsClean_OpensOnceItWasLookedThrough()
    {
        byte[]? seen = null;
        scanner.Says = content =>
        {
            seen = content;
            return ScanVerdict.Clean;
        };
        var id = await AddAsync();
        Assert.Equal(DocumentState.Quarantined, (await FindAsync(id)).State);
        Assert.Equal(NotYet, TestDocuments.MessageOf(await OpenAsync(id)));

        Assert.Equal(1, await ScanAsync());

        Assert.Equal(TestDocuments.Words, Encoding.UTF8.GetString(seen!));
        Assert.Equal(DocumentState.Available, (await FindAsync(id)).State);
        Assert.Equal(TestDocuments.Words, Encoding.UTF8.GetString(await TestDocuments.ReadAsync(Host, await ActorAsync(), id)));
        var entry = Assert.Single(await EntriesAsync(AuditAct.DocumentScanned));
        Assert.Equal((AuditOutcome.Done, AuditLevel.Information, (Guid?)patientId, (Guid?)id),
            (entry.Outcome, entry.Level, entry.PatientId, entry.DocumentId));
        Assert.Null(entry.AccountId);
        Assert.Equal(0, await ScanAsync());
    }

    [Fact]
    public async Task Document_ThatHoldsAVirus_LosesItsContentAndSaysSo()
    {
        var (bad, good) = (await AddAsync(), await AddAsync("Other words."));
        scanner.Says = content => Encoding.UTF8.GetString(content) == TestDocuments.Words ? ScanVerdict.Infected : ScanVerdict.Clean;

        Assert.Equal(2, await ScanAsync());

        Assert.Equal([$"{good:D}"], TestDocuments.Files(Host));
        var row = await FindAsync(bad);
        Assert.Equal((DocumentState.Infected, false), (row.State, row.HasThumbnail));
        Assert.Equal("This file held a virus. It was taken away and cannot be opened.", TestDocuments.MessageOf(await OpenAsync(bad)));
        var entry = (await EntriesAsync(AuditAct.DocumentScanned)).Single(one => one.DocumentId == bad);
        Assert.Equal((AuditOutcome.Failed, AuditLevel.Error), (entry.Outcome, entry.Level));
    }

    [Fact]
    public async Task Document_OfAScannerThatDoesNotAnswer_StaysClosedUntilItDoes()
    {
        var id = await AddAsync();
        scanner.Says = null;

        Assert.Equal(0, await ScanAsync());

        Assert.Equal(NotYet, TestDocuments.MessageOf(await OpenAsync(id)));
        Assert.Empty(await EntriesAsync(AuditAct.DocumentScanned));
        scanner.Says = _ => ScanVerdict.Clean;
        Assert.Equal(1, await ScanAsync());
        Assert.NotEmpty(await TestDocuments.ReadAsync(Host, await ActorAsync(), id));
    }

    [Fact]
    public async Task Document_ThatGetsNoVerdict_HoldsUpNoOther()
    {
        var before = await AddAsync("Before it.");
        var held = await AddAsync(Hard);
        var after = await AddAsync("After it.");
        scanner.Says = Judge;

        Assert.Equal(2, await ScanAsync());

        Assert.Equal([DocumentState.Available, DocumentState.Quarantined, DocumentState.Available],
            [(await FindAsync(before)).State, (await FindAsync(held)).State, (await FindAsync(after)).State]);
    }

    [Fact]
    public async Task Documents_OfWhichManyGetNoVerdict_AreAllTriedInTurn()
    {
        for (var i = 0; i < (2 * DocumentScanner.MostInARow) + 1; i++)
        {
            await AddAsync(Hard);
        }

        var good = await AddAsync("Good words.");
        scanner.Says = Judge;

        for (var round = 0; round < 3; round++)
        {
            await Assert.ThrowsAsync<ScanNotPossibleException>(ScanAsync);
        }

        Assert.Equal(DocumentState.Available, (await FindAsync(good)).State);
    }

    [Fact]
    public async Task Documents_WhileTheScannerIsAway_AreNotAllTriedInVain()
    {
        for (var i = 0; i < 5; i++)
        {
            await AddAsync();
        }

        scanner.Says = null;
        await Assert.ThrowsAsync<ScanNotPossibleException>(ScanAsync);

        Assert.Equal(DocumentScanner.MostInARow, scanner.Given);
        scanner.Says = _ => ScanVerdict.Clean;
        Assert.Equal(5, await ScanAsync());
    }

    [Fact]
    public async Task Document_FromBeforeTheScannerWasSwitchedOff_StaysClosed()
    {
        var before = await AddAsync();
        scanner.IsOn = false;

        var after = await AddAsync();

        Assert.Equal(NotYet, TestDocuments.MessageOf(await OpenAsync(before)));
        Assert.Equal(DocumentState.Available, (await FindAsync(after)).State);
    }

    [Fact]
    public async Task Document_WhoseFileWasChangedMeanwhile_StaysClosedAndHoldsUpNoOther()
    {
        var (broken, other) = (await AddAsync(), await AddAsync());
        var path = Host.Get<DocumentVault>().PathOf(new VaultFile(broken, patientId));
        await File.WriteAllBytesAsync(path, [.. (await File.ReadAllBytesAsync(path)).Reverse()]);

        Assert.Equal(1, await ScanAsync());
        Assert.Equal(0, await ScanAsync());
        var next = await AddAsync();
        Assert.Equal(1, await ScanAsync());

        // It is told once, however often the others are looked through.
        Assert.Equal(DocumentState.Available, (await FindAsync(next)).State);
        Assert.Equal(DocumentState.Quarantined, (await FindAsync(broken)).State);
        Assert.Equal(DocumentState.Available, (await FindAsync(other)).State);
        var entry = Assert.Single(await EntriesAsync(AuditAct.SealBroken));
        Assert.Equal(((Guid?)broken, (Guid?)patientId), (entry.DocumentId, entry.PatientId));
    }

    [Fact]
    public async Task TwoInstances_ThatLookThroughOneDocument_MakeOneEntry()
    {
        await AddAsync();
        await using var other = await Host.StartAgainAsync(services => services.AddSingleton<IVirusScanner>(scanner));
        scanner.Says = _ =>
        {
            scanner.Says = _ => ScanVerdict.Clean;
            Assert.Equal(1, other.GetRequiredService<DocumentScanner>().ScanAsync(default).GetAwaiter().GetResult());
            return ScanVerdict.Infected;
        };

        Assert.Equal(0, await ScanAsync());

        Assert.Equal(AuditOutcome.Done, Assert.Single(await EntriesAsync(AuditAct.DocumentScanned)).Outcome);
        Assert.Single(TestDocuments.Files(Host));
    }

    [Fact]
    public async Task Scanner_InTheBackground_LooksThroughWhatComesAndWhatWaits()
    {
        var waiting = await AddAsync();
        var service = Host.Get<DocumentScanner>();
        await service.StartAsync(default);
        Host.Get<ClinicReadiness>().SetReady();
        await TestTime.WaitUntilAsync(async () => (await FindAsync(waiting)).State == DocumentState.Available);

        var next = await AddAsync();
        await TestTime.WaitUntilAsync(async () => (await FindAsync(next)).State == DocumentState.Available);

        await service.StopAsync(default);
        Assert.Equal(2, scanner.Given);
    }

    private static ScanVerdict Judge(byte[] content) =>
        Encoding.UTF8.GetString(content) == Hard ? throw new ScanNotPossibleException("It takes too long.") : ScanVerdict.Clean;

    private Task<int> ScanAsync() => Host.Get<DocumentScanner>().ScanAsync(default);

    private Task<Actor> ActorAsync() => Host.People.ActorAsync(doctor!);

    private async Task<Guid> AddAsync(string words = TestDocuments.Words)
    {
        Host.Clock.Advance(TestDocuments.Moment);
        var added = await TestDocuments.AddAsync(Host, await ActorAsync(), new NewDocument(patientId, "Letter.txt"), words);
        return added.Value.Id;
    }

    private async Task<Result<DocumentContent>> OpenAsync(Guid id) =>
        await Host.Get<DocumentService>().OpenAsync(await ActorAsync(), id, default);

    private async Task<DocumentRow> FindAsync(Guid id) =>
        (await Host.Get<DocumentService>().ListAsync(await ActorAsync(), patientId, null, withErrors: false, default)).Value.Items
            .Single(row => row.Id == id);

    private async Task<IReadOnlyList<AuditEntry>> EntriesAsync(AuditAct act)
    {
        await using var db = await Host.OpenAsync();
        return await db.Set<AuditEntry>().Where(entry => entry.Act == act).ToListAsync();
    }
}
