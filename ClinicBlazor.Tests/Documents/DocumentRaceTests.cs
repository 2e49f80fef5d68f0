using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Documents;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Tests.Documents;

/// <summary>Files that come at once: what a record, a visit and a chart hold at most, they hold then too.</summary>
[Trait("Requirement", "S4-06")]
public abstract class DocumentRaceTests(DatabaseKind kind) : IAsyncLifetime
{
    private const int PerPatient = 60;

    private readonly Interference interference = new();
    private DomainHost? host;
    private TestPerson? doctor;
    private TestPerson? patient;
    private Guid patientId;

    public sealed class OnSqlite() : DocumentRaceTests(DatabaseKind.Sqlite);

    public sealed class OnPostgres() : DocumentRaceTests(DatabaseKind.Postgres);

    private DomainHost Host => host!;

    public async Task InitializeAsync()
    {
        host = await interference.StartAsync(kind, services => services.Configure<ClinicSettings>(
            settings => settings.Documents.PerPatient = PerPatient));
        doctor = await Host.People.AddStaffAsync(Roles.Doctor);
        patient = await Host.People.AddPatientAsync();
        patientId = patient.PatientId!.Value;
        await Host.People.AssignAsync(doctor, patientId);
    }

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        Assert.True(interference.HasHappened, "There was no save in which the other act could come first.");
    }

    [Fact]
    public async Task TwoFiles_AddedAtOnceToARecordWithRoomForOne_AreOneAndARefusal()
    {
        var recordId = await Host.People.AddRecordAsync(patientId, doctor!);
        await FillAsync(Document.MostTogether - 1, recordId: recordId);

        var second = await AddAsync(recordId: recordId, meanwhile: () => AddAsync(recordId: recordId));

        Assert.Equal("A record or visit holds at most 50 documents.", TestDocuments.MessageOf(second));
        await AssertHeldAsync(Document.MostTogether);
    }

    [Fact]
    public async Task TwoFiles_AddedAtOnceToAVisitWithRoomForOne_AreOneAndARefusal()
    {
        var visitId = await Host.People.AddVisitAsync(patientId);
        await FillAsync(Document.MostTogether - 1, visitId: visitId);

        var second = await AddAsync(visitId: visitId, meanwhile: () => AddAsync(visitId: visitId));

        Assert.Equal("A record or visit holds at most 50 documents.", TestDocuments.MessageOf(second));
        await AssertHeldAsync(Document.MostTogether);
    }

    [Fact]
    public async Task TwoFiles_AddedAtOnceToAChartWithRoomForOne_AreOneAndARefusal()
    {
        await FillAsync(PerPatient - 1);

        var second = await AddAsync(meanwhile: () => AddAsync());

        Assert.Equal("No more than 60 documents can be added to a chart.", TestDocuments.MessageOf(second));
        await AssertHeldAsync(PerPatient);

        // What the staff has added takes none of the patient's room.
        var own = new NewDocument(patientId, "Mine.txt");
        Assert.True((await TestDocuments.AddAsync(Host, await Host.People.ActorAsync(patient!), own)).IsSuccess);
    }

    [Fact]
    public async Task EightFiles_AddedAtOnce_AreAllThere()
    {
        var recordId = await Host.People.AddRecordAsync(patientId, doctor!);
        var senders = new List<TestPerson>();
        for (var i = 0; i < 8; i++)
        {
            senders.Add(await Host.People.AddStaffAsync(Roles.Nurse));
            await Host.People.AssignAsync(senders[^1], patientId);
        }

        var added = await Task.WhenAll(senders.Select(sender => Task.Run(async () => await TestDocuments.AddAsync(
            Host, await Host.People.ActorAsync(sender), new NewDocument(patientId, "Letter.txt", recordId)))));

        Assert.All(added, one => Assert.True(one.IsSuccess, $"{one.Error}"));
        await using var db = await Host.OpenAsync();
        Assert.Equal(Enumerable.Range(1, 8), await db.Set<Document>().Select(row => row.RecordNumber!.Value).OrderBy(number => number)
            .ToListAsync());
    }

    [Fact]
    public async Task AFileTakenBack_WhileItsDescriptionIsSent_StaysOutOfTheRecord()
    {
        var self = await Host.People.ActorAsync(patient!);
        var taken = await TestDocuments.AddAsync(Host, patient!, patientId);
        var kept = await TestDocuments.AddAsync(Host, patient!, patientId);
        var documents = Host.Get<DocumentService>();
        interference.BeforeNextSave(() => documents.DiscardAsync(self, taken, default));

        var record = await Host.Get<RecordService>().DescribeAsync(self, patientId, new ProblemDescription("Sore throat."), default);

        var row = Assert.Single((await documents.ListOfRecordAsync(await Host.People.ActorAsync(doctor!), record.Value, default)).Value);
        Assert.Equal(kept, row.Id);
    }

    [Fact]
    public async Task AFile_WhoseSenderGoesAwayOnceItIsKept_HasItsRow()
    {
        using var gone = new CancellationTokenSource();
        using var content = new DripStream("Words."u8.ToArray())
        {
            AtTheEnd = () => interference.BeforeNextSave(gone.CancelAsync),
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Host.Get<DocumentService>().AddAsync(
            await Host.People.ActorAsync(doctor!), new NewDocument(patientId, "Letter.txt"), content, gone.Token));

        await AssertHeldAsync(1);
    }

    [Fact]
    public async Task TwoMarks_OfOneDocumentAtOnce_AreOneAndAConflict()
    {
        var id = (await AddAsync()).Value.Id;
        var other = await Host.People.AddStaffAsync(Roles.Nurse);
        await Host.People.AssignAsync(other, patientId);
        var (first, second) = (await Host.People.ActorAsync(doctor!), await Host.People.ActorAsync(other));
        var documents = Host.Get<DocumentService>();
        interference.BeforeNextSave(() => documents.MarkInErrorAsync(first, id, "The first.", default));

        Assert.Equal(ErrorKind.Conflict, (await documents.MarkInErrorAsync(second, id, "The second.", default)).Error?.Kind);

        Assert.Equal("The first.",
            (await documents.ListAsync(first, patientId, null, true, default)).Value.Items.Single().EnteredInError?.Reason);
    }

    // What happens meanwhile comes after the file was found to have room, and before it takes it.
    private async Task<Result<DocumentRow>> AddAsync(
        Guid? recordId = null, Guid? visitId = null, Func<Task<Result<DocumentRow>>>? meanwhile = null)
    {
        using var content = new DripStream("Words."u8.ToArray())
        {
            AtTheEnd = meanwhile is null ? null : () => interference.BeforeNextSave(meanwhile),
        };
        return await Host.Get<DocumentService>().AddAsync(await Host.People.ActorAsync(doctor!),
            new NewDocument(patientId, "Letter.txt", recordId, visitId), content, default);
    }

    private async Task FillAsync(int count, Guid? recordId = null, Guid? visitId = null)
    {
        var what = new NewDocument(patientId, "Letter.txt", recordId, visitId);
        var documents = new List<Document>();
        for (var number = 1; number <= count; number++)
        {
            documents.Add(await TestDocuments.MakeAsync(Host, what, doctor!.AccountId, number: number));
        }

        await Host.ArrangeAsync(db => db.AddRange(documents));
    }

    private async Task AssertHeldAsync(int count)
    {
        await using var db = await Host.OpenAsync();
        var ids = await db.Set<Document>().Select(row => row.Id).ToListAsync();
        Assert.Equal(count, ids.Count);
        Assert.Equal(ids.Select(id => $"{id:D}").Order(),
            TestDocuments.Files(Host).Where(name => !name.EndsWith(".thumb", StringComparison.Ordinal)));
    }
}
