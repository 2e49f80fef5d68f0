using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Documents;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Documents;

/// <summary>A file that comes while its description is sent goes to the record that came of it, and along with no other problem.</summary>
[Trait("Requirement", "S4-06")]
public abstract class DescriptionRaceTests(DatabaseKind kind) : IAsyncLifetime
{
    private readonly Interference interference = new();
    private DomainHost? host;
    private TestPerson? patient;
    private Guid patientId;

    public sealed class OnSqlite() : DescriptionRaceTests(DatabaseKind.Sqlite);

    public sealed class OnPostgres() : DescriptionRaceTests(DatabaseKind.Postgres);

    private DomainHost Host => host!;

    public async Task InitializeAsync()
    {
        host = await interference.StartAsync(kind);
        patient = await Host.People.AddPatientAsync();
        patientId = patient.PatientId!.Value;
    }

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        Assert.True(interference.HasHappened, "There was no save in which the other act could come first.");
    }

    [Fact]
    public async Task AFile_WhoseDescriptionWasSentWhileItCame_GoesToItsRecordAndToNoLaterOne()
    {
        var (self, command) = (await Host.People.ActorAsync(patient!), CommandId.New());
        Result<Guid>? record = null;
        using var content = new DripStream("Words."u8.ToArray())
        {
            AtTheEnd = () => record = DescribeAsync(self.Doing(command)).GetAwaiter().GetResult(),
        };

        Assert.True((await AddToDescriptionAsync(self, command, content)).IsSuccess);

        Assert.Equal([record!.Value], await RecordsOfDocumentsAsync());
        await DescribeAsync(self.Doing(CommandId.New()));
        Assert.Equal([record.Value], await RecordsOfDocumentsAsync());
    }

    [Fact]
    public async Task AFile_WhoseDescriptionIsSentBeforeItsRowIsSaved_GoesToItsRecord()
    {
        var (self, command) = (await Host.People.ActorAsync(patient!), CommandId.New());
        Guid record = default;
        using var content = new DripStream("Words."u8.ToArray())
        {
            AtTheEnd = () => interference.BeforeNextSave(async () => record = (await DescribeAsync(self.Doing(command))).Value),
        };

        Assert.True((await AddToDescriptionAsync(self, command, content)).IsSuccess);

        Assert.Equal([record], await RecordsOfDocumentsAsync());
        Assert.Equal(1, await AttachedAsync());
    }

    [Fact]
    public async Task AFile_StoredBeforeItsDescriptionIsSaved_GoesToItsRecord()
    {
        var (self, command) = (await Host.People.ActorAsync(patient!), CommandId.New());
        interference.BeforeNextSave(() => AddToDescriptionAsync(self, command, new MemoryStream("Words."u8.ToArray())));

        var record = await DescribeAsync(self.Doing(command));

        Assert.Equal([record.Value], await RecordsOfDocumentsAsync());
        Assert.Equal(1, await AttachedAsync());
    }

    [Fact]
    public async Task AFile_OfAnotherDescriptionThanWasSent_WaitsForItsOwn()
    {
        var (self, own) = (await Host.People.ActorAsync(patient!), CommandId.New());
        await DescribeAsync(self.Doing(CommandId.New()));

        await AddToDescriptionAsync(self, own, new MemoryStream("Words."u8.ToArray()));

        Assert.Equal([null], await RecordsOfDocumentsAsync());
        var record = await DescribeAsync(self.Doing(own));
        Assert.Equal([record.Value], await RecordsOfDocumentsAsync());
    }

    [Fact]
    public async Task AFile_OfSomebodyElsesDescription_GoesToNoRecordOfTheirs()
    {
        var (self, command) = (await Host.People.ActorAsync(patient!), CommandId.New());
        var other = await Host.People.ActorAsync(await Host.People.AddPatientAsync());
        await Host.Get<RecordService>().DescribeAsync(other.Doing(command), other.PatientId!.Value, new("Dizzy."), default);

        await AddToDescriptionAsync(self, command, new MemoryStream("Words."u8.ToArray()));

        Assert.Equal([null], await RecordsOfDocumentsAsync());
    }

    private Task<Result<Guid>> DescribeAsync(Actor self) =>
        Host.Get<RecordService>().DescribeAsync(self, patientId, new ProblemDescription("Sore throat."), default);

    private Task<Result<DocumentRow>> AddToDescriptionAsync(Actor self, CommandId description, Stream content) =>
        Host.Get<DocumentService>().AddAsync(self, new NewDocument(patientId, "Photo.txt") { Description = description }, content, default);

    private async Task<IReadOnlyList<Guid?>> RecordsOfDocumentsAsync()
    {
        await using var db = await Host.OpenAsync();
        return await db.Set<Document>().Select(row => row.RecordId).ToListAsync();
    }

    private async Task<int> AttachedAsync()
    {
        await using var db = await Host.OpenAsync();
        return await db.Set<AuditEntry>().CountAsync(entry => entry.Act == AuditAct.DocumentAttached);
    }
}
