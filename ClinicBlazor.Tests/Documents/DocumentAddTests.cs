using System.Text;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Documents;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ClinicBlazor.Tests.Documents;

/// <summary>A file is taken whole, or refused with a word to its sender, an entry and nothing left on the disk.</summary>
[Trait("Requirement", "S4-06")]
public sealed class DocumentAddTests : IAsyncLifetime
{
    private const int Most = 16 * 1024 * 1024;

    private DomainHost? started;
    private TestPerson? doctor;
    private Guid patientId;

    private DomainHost Host => started!;

    private TestPerson Doctor => doctor!;

    public async Task InitializeAsync()
    {
        started = await DomainHost.StartAsync(DatabaseKind.Sqlite);
        doctor = await Host.People.AddStaffAsync(Roles.Doctor);
        patientId = await Host.People.AddChartAsync();
        await Host.People.AssignAsync(Doctor, patientId);
    }

    public async Task DisposeAsync() => await Host.DisposeAsync();

    [Fact]
    public async Task AddAsync_OfAsManyBytesAsThereMayBe_IsKeptAndReadsBack()
    {
        var content = TestDocuments.Text(Most);

        var added = await AddAsync("Long.txt", new MemoryStream(content));

        Assert.True(added.IsSuccess, $"{added.Error}");
        Assert.Equal(((long)Most, DocumentFormat.PlainText, DocumentState.Available),
            (added.Value.Bytes, added.Value.Format, added.Value.State));
        var read = await TestDocuments.ReadAsync(Host, await ActorAsync(), added.Value.Id);
        Assert.True(content.AsSpan().SequenceEqual(read));
        Assert.Equal([$"{added.Value.Id:D}"], TestDocuments.Files(Host));
    }

    [Fact]
    public async Task AddAsync_OfOneByteMore_IsRefusedWithoutReadingOn()
    {
        using var content = new DripStream(TestDocuments.Text(Most + 1), then: null);

        var refused = await AddAsync("Long.txt", content);

        Assert.Equal("The file is larger than 16 MB.", TestDocuments.MessageOf(refused));
        Assert.True(content.Given <= Most + 1);
        await AssertNothingLeftAsync(AuditAct.DocumentRefused);
    }

    [Theory]
    [InlineData("page.html", "<html><script>alert(1)</script></html>")]
    [InlineData("drawing.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")]
    [InlineData("letter.pdf", "Not what it is called.")]
    [InlineData("program.exe", "MZ")]
    public async Task AddAsync_OfWhatIsNotTaken_IsRefusedAuditedAndGone(string name, string words)
    {
        var refused = await AddAsync(name, new MemoryStream(Encoding.UTF8.GetBytes(words)));

        Assert.NotEmpty(TestDocuments.MessageOf(refused));
        var entry = await AssertNothingLeftAsync(AuditAct.DocumentRefused);
        Assert.Equal((AuditOutcome.Failed, AuditLevel.Warning, (Guid?)patientId, (Guid?)Doctor.AccountId),
            (entry!.Outcome, entry.Level, entry.PatientId, entry.AccountId));
    }

    [Theory]
    [InlineData("", "Give the file a name.")]
    [InlineData("..", "Give the file a name.")]
    [InlineData(null, "Use a file name of at most 255 characters.")]
    public async Task AddAsync_UnderANameThatIsNone_IsRefusedBeforeAByteIsRead(string? name, string message)
    {
        using var content = new DripStream(TestDocuments.Text(10), then: null);

        var refused = await AddAsync(name ?? new string('x', 252) + ".txt", content);

        Assert.Equal(message, TestDocuments.MessageOf(refused));
        Assert.Equal(0, content.Given);
        await AssertNothingLeftAsync(AuditAct.DocumentRefused);
    }

    [Fact]
    public async Task AddAsync_UnderAPath_KeepsTheLastPartAsText()
    {
        var added = await AddAsync("../../../../tmp/escape\u202E.txt", new MemoryStream("Words."u8.ToArray()));

        Assert.Equal("escape.txt", added.Value.FileName);
        Assert.Equal([$"{added.Value.Id:D}"], TestDocuments.Files(Host));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_000_000)]
    public async Task AddAsync_OverAConnectionThatBreaks_LeavesNothing(int after)
    {
        using var content = new DripStream(TestDocuments.Text(after), then: new IOException("The connection was reset."));

        var fault = await Assert.ThrowsAsync<IOException>(() => AddAsync("Broken.txt", content));

        Assert.Equal("The connection was reset.", fault.Message);
        await AssertNothingLeftAsync(act: null);
    }

    [Fact]
    public async Task AddAsync_ThatIsCancelledOnTheWay_LeavesNothing()
    {
        using var source = new CancellationTokenSource();
        using var content = new DripStream(TestDocuments.Text(1_000_000), then: null) { AtTheEnd = source.Cancel };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await Host.Get<DocumentService>().AddAsync(await ActorAsync(), new NewDocument(patientId, "Gone.txt"), content, source.Token));

        await AssertNothingLeftAsync(act: null);
    }

    [Fact]
    public async Task AddAsync_OntoAFullDisk_IsRefusedAndLeavesNothing()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        // What the vault opens lies on a device that is always full; the system itself says so.
        await using var host = await StartWithAsync(path =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, []);
            return new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        });

        var refused = await AddToNewChartAsync(host);

        Assert.Equal("The clinic's server has no room for this file just now. Nothing was kept. Try again later.",
            TestDocuments.MessageOf(refused));
        Assert.Empty(TestDocuments.Files(host));
        await using var db = await host.OpenAsync();
        Assert.Equal(0, await db.Set<Document>().CountAsync());
        Assert.Equal(1, await db.Set<AuditEntry>().CountAsync(entry => entry.Act == AuditAct.DocumentRefused));
    }

    [Fact]
    public async Task AddAsync_IntoAFolderThatIsNotToBeHad_IsRefused()
    {
        await using var host = await StartWithAsync(_ => throw new UnauthorizedAccessException("Not yours."));

        Assert.StartsWith("The clinic's server has no room", TestDocuments.MessageOf(await AddToNewChartAsync(host)),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddAsync_WhoseRowIsRefused_LeavesNothing()
    {
        // Somebody takes the doctor off the care team while the file is on its way.
        using var content = new DripStream("Words."u8.ToArray(), then: null)
        {
            AtTheEnd = () =>
                new Intruder(Host).ForceAsync("UPDATE \"AccessGrants\" SET \"EndsAt\" = \"StartsAt\"").GetAwaiter().GetResult(),
        };

        var refused = await AddAsync("Late.txt", content);

        Assert.Equal(ErrorKind.NotFound, refused.Error?.Kind);
        await AssertNothingLeftAsync(AuditAct.DocumentAdded);
    }

    [Fact]
    [Trait("Requirement", "B-14")]
    public async Task AddAsync_OfTheSameFileTwiceUnderOneName_IsOneDocument()
    {
        var actor = (await ActorAsync()).Doing(CommandId.New());
        var what = new NewDocument(patientId, "Letter.txt");

        var first = await TestDocuments.AddAsync(Host, actor, what);
        var again = await TestDocuments.AddAsync(Host, actor, what);
        var other = await TestDocuments.AddAsync(Host, actor, what, "Other words.");

        Assert.Equal(first.Value, again.Value);
        Assert.Equal(ErrorKind.Conflict, other.Error?.Kind);
        Assert.Equal([$"{first.Value.Id:D}"], TestDocuments.Files(Host));
    }

    [Fact]
    public async Task AddAsync_OfMoreFilesAtOnceThanOneMaySend_IsRefusedAndGoesOnAfterwards()
    {
        var (go, held) = (new TaskCompletionSource(), new List<Task<Result<DocumentRow>>>());
        for (var i = 0; i < DocumentIntake.AtOnceEach; i++)
        {
            var content = new DripStream("Words."u8.ToArray(), then: null) { Before = go.Task };
            held.Add(AddAsync($"Held {i}.txt", content));
            await content.Reached;
        }

        Assert.Equal("You are sending several files already. Try again when they have arrived.",
            TestDocuments.MessageOf(await AddAsync("One more.txt", new MemoryStream([65]))));

        go.SetResult();
        Assert.All(await Task.WhenAll(held), added => Assert.True(added.IsSuccess));
        Assert.True((await AddAsync("One more.txt", new MemoryStream([65]))).IsSuccess);
        Assert.Equal(DocumentIntake.AtOnceEach + 1, TestDocuments.Files(Host).Count);
    }

    private static Task<DomainHost> StartWithAsync(Func<string, FileStream> create) =>
        DomainHost.StartAsync(DatabaseKind.Sqlite, services => services.AddSingleton(
            provider => new DocumentVault(provider.GetRequiredService<IOptions<ClinicSettings>>()) { Create = create }));

    private static async Task<Result<DocumentRow>> AddToNewChartAsync(DomainHost host)
    {
        var nurse = await host.People.AddStaffAsync(Roles.Nurse);
        var chart = await host.People.AddChartAsync();
        await host.People.AssignAsync(nurse, chart);
        return await TestDocuments.AddAsync(host, await host.People.ActorAsync(nurse), new NewDocument(chart, "Letter.txt"));
    }

    private Task<Actor> ActorAsync() => Host.People.ActorAsync(Doctor);

    private async Task<Result<DocumentRow>> AddAsync(string name, Stream content) =>
        await Host.Get<DocumentService>().AddAsync(await ActorAsync(), new NewDocument(patientId, name), content, default);

    private async Task<AuditEntry?> AssertNothingLeftAsync(AuditAct? act)
    {
        Assert.Empty(TestDocuments.Files(Host));
        await using var db = await Host.OpenAsync();
        Assert.Equal(0, await db.Set<Document>().CountAsync());
        var entries = await db.Set<AuditEntry>().Where(entry => entry.PatientId == patientId).ToListAsync();
        Assert.Equal(act is { } one ? [one] : Array.Empty<AuditAct>(), entries.Select(entry => entry.Act));
        return entries.SingleOrDefault();
    }
}
