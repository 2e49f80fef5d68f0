using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Protection;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Records;

/// <summary>
/// An addendum, or a second signature, meets somebody who marks its record as entered in error: whoever is second is told
/// so, calmly.
/// </summary>
[Trait("Requirement", "B-03")]
[Trait("Requirement", "B-04")]
public abstract class AddendumRaceTests(DatabaseKind kind) : IAsyncLifetime
{
    private readonly Interference interference = new();
    private DomainHost? host;
    private TestPerson? doctor;
    private Guid patientId;
    private Guid recordId;
    private Guid version;

    public sealed class OnSqlite() : AddendumRaceTests(DatabaseKind.Sqlite);

    public sealed class OnPostgres() : AddendumRaceTests(DatabaseKind.Postgres)
    {
        [Fact]
        public async Task Countersign_BeforeTheMarkIsCommitted_WaitsForIt()
        {
            var colleague = await AddColleagueAsync();
            await using var db = await Host.OpenAsync();
            await using var transaction = await db.Database.BeginTransactionAsync();
            await MarkAsync(db);

            var signing = CountersignAsync(colleague);
            while (!signing.IsCompleted && !await IsSomebodyWaitingAsync())
            {
                await Task.Delay(20);
            }

            await transaction.CommitAsync();

            Assert.Equal(ErrorKind.Conflict, (await signing).Error?.Kind);
            Assert.Equal(1, await db.Set<Signature>().CountAsync());
        }

        [Fact]
        public async Task AddAddendum_BeforeTheMarkIsCommitted_WaitsForIt()
        {
            await using var db = await Host.OpenAsync();
            await using var transaction = await db.Database.BeginTransactionAsync();
            await MarkAsync(db);

            var adding = AddAsync();
            while (!adding.IsCompleted && !await IsSomebodyWaitingAsync())
            {
                await Task.Delay(20);
            }

            await transaction.CommitAsync();

            Assert.Equal(ErrorKind.Conflict, (await adding).Error?.Kind);
            Assert.Equal(0, await CountAsync());
        }

        private async Task<bool> IsSomebodyWaitingAsync() => (await new Intruder(Host).QueryAsync(
            "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")).Count > 0;

        private async Task MarkAsync(ClinicDbContext db)
        {
            var record = await db.Set<MedicalRecord>().AsTracking().SingleAsync(row => row.Id == RecordId);
            record.MarkEnteredInError(Host.Get<FieldProtector>()
                .Seal("Of another patient.", FieldPlace.Of(record, nameof(MedicalRecord.ErrorReason))));
            await db.SaveChangesAsync();
        }
    }

    private protected DomainHost Host => host!;

    private protected Guid RecordId => recordId;

    public async Task InitializeAsync()
    {
        host = await interference.StartAsync(kind);
        doctor = await Host.People.AddStaffAsync(Roles.Doctor);
        patientId = await Host.People.AddChartAsync();
        await Host.People.AssignAsync(doctor, patientId);
        recordId = await Host.People.AddRecordAsync(patientId, doctor, diagnosis: "Sinusitis.");
        var records = Host.Get<RecordService>();
        var open = (await records.GetAsync(await Host.People.ActorAsync(doctor), recordId, default)).Value;
        Assert.True(
            (await records.SignAsync(await Host.People.ActorAsync(doctor), patientId, recordId, open.Version, default)).IsSuccess);
        version = (await records.GetAsync(await Host.People.ActorAsync(doctor), recordId, default)).Value.Version;
    }

    public async Task DisposeAsync() => await Host.DisposeAsync();

    [Fact]
    public async Task AddAddendum_WhileItsRecordIsMarkedAsEnteredInError_AddsNothing()
    {
        var actor = await Host.People.ActorAsync(doctor!);
        interference.BeforeNextSave(() => Host.Get<RecordService>()
            .MarkEnteredInErrorAsync(actor, patientId, recordId, "Of another patient.", version, default));

        var late = await AddAsync();

        Assert.Equal(ErrorKind.Conflict, late.Error?.Kind);
        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task Countersign_WhileItsRecordIsMarkedAsEnteredInError_AddsNothing()
    {
        var (actor, colleague) = (await Host.People.ActorAsync(doctor!), await AddColleagueAsync());
        interference.BeforeNextSave(() => Host.Get<RecordService>()
            .MarkEnteredInErrorAsync(actor, patientId, recordId, "Of another patient.", version, default));

        var late = await CountersignAsync(colleague);

        Assert.Equal(ErrorKind.Conflict, late.Error?.Kind);
        await using var db = await Host.OpenAsync();
        Assert.Equal(1, await db.Set<Signature>().CountAsync());
    }

    private protected async Task<TestPerson> AddColleagueAsync()
    {
        var colleague = await Host.People.AddStaffAsync(Roles.Doctor);
        await Host.People.AssignAsync(colleague, patientId);
        return colleague;
    }

    private protected async Task<Result<Done>> CountersignAsync(TestPerson colleague) => await Host.Get<AmendmentService>()
        .CountersignAsync(await Host.People.ActorAsync(colleague), patientId, recordId, default);

    private protected async Task<Result<Guid>> AddAsync() => await Host.Get<AmendmentService>()
        .AddAddendumAsync(await Host.People.ActorAsync(doctor!), patientId, recordId, "Better by now.", null, default);

    private protected async Task<int> CountAsync()
    {
        await using var db = await Host.OpenAsync();
        return await db.Set<Addendum>().CountAsync(row => row.RecordId == recordId);
    }
}
