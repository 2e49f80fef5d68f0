using System.Data.Common;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Security;
using ClinicBlazor.Tests.Audit;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Security;

/// <summary>A patient says of a look: I don't recognise this; an administrator answers.</summary>
[Trait("Requirement", "B-08")]
public abstract class LookReportTests(ClinicFixture clinic)
{
    public sealed class OnSqlite(SqliteClinic clinic) : LookReportTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : LookReportTests(clinic), IClassFixture<PostgresClinic>;

    private LookReportService Reports => clinic.Host.Get<LookReportService>();

    [Fact]
    public async Task ReportAsync_ALookOfSomebodyElse_IsARowAndAnEntryAndWaitsForAnAnswer()
    {
        var (patient, doctor, look) = await LookedAtAsync();

        Assert.True((await Reports.ReportAsync(await ActorAsync(patient), look, default)).IsSuccess);

        var entry = (await EntriesAsync(AuditAct.LookReported, patient)).Single();
        Assert.Equal((patient.PatientId, (Guid?)doctor.AccountId, AuditLevel.Warning), (entry.PatientId, entry.SubjectId, entry.Level));
        var open = (await OpenAsync()).Single(report => report.Who == Name(doctor));
        Assert.Equal((AuditAct.PatientRead, "Doctor"), (open.Act, open.Role));
        Assert.NotNull(open.PatientNumber);
        var mine = (await HistoryAsync(patient)).Single(row => row.EntryId == look);
        Assert.Equal((open.ReportedAt, (DateTimeOffset?)null), (mine.Report!.ReportedAt, mine.Report.AnsweredAt));
    }

    [Fact]
    [Trait("Requirement", "B-14")]
    public async Task ReportAsync_PressedTwiceOrInTwoWindows_IsOneReportAndOneEntry()
    {
        var (patient, doctor, look) = await LookedAtAsync();
        var command = CommandId.New();

        Assert.True((await Reports.ReportAsync((await ActorAsync(patient)).Doing(command), look, default)).IsSuccess);
        Assert.True((await Reports.ReportAsync((await ActorAsync(patient)).Doing(command), look, default)).IsSuccess);
        Assert.True((await Reports.ReportAsync((await ActorAsync(patient)).Doing(CommandId.New()), look, default)).IsSuccess);

        Assert.Single(await OpenAsync(), report => report.Who == Name(doctor));
        Assert.Single(await EntriesAsync(AuditAct.LookReported, patient));
    }

    [Fact]
    public async Task ReportAsync_ALookInAList_CanBeReportedByEachOfThem()
    {
        var (patient, other) = (await clinic.People.AddPatientAsync(), await clinic.People.AddPatientAsync());
        var doctor = await clinic.People.AddStaffAsync(Roles.Doctor);
        await clinic.People.AssignAsync(doctor, patient.PatientId!.Value);
        await clinic.People.AssignAsync(doctor, other.PatientId!.Value);
        await clinic.Host.Get<PatientService>().ListAsync(await ActorAsync(doctor), new PatientQuery(), default);
        var look = (await HistoryAsync(patient)).Single(row => row.InList).EntryId;

        Assert.True((await Reports.ReportAsync(await ActorAsync(patient), look, default)).IsSuccess);
        Assert.True((await Reports.ReportAsync(await ActorAsync(other), look, default)).IsSuccess);

        Assert.Equal(2, (await OpenAsync()).Count(report => report.Who == Name(doctor)));
    }

    [Fact]
    [Trait("Requirement", "S4-01")]
    public async Task ReportAsync_ALookAtSomebodyElseOrNone_IsNotFoundAndLeavesNoReport()
    {
        var (patient, _, _) = await LookedAtAsync();
        var (_, stranger, foreign) = await LookedAtAsync();
        await clinic.Host.Get<AuditService>().OwnAccessHistoryAsync(await ActorAsync(patient), default);
        var own = (await EntriesAsync(AuditAct.AccessHistoryRead, patient))[0].Id;
        foreach (var entry in new[] { foreign, own, clinic.Host.Clock.NewId() })
        {
            var result = await Reports.ReportAsync(await ActorAsync(patient), entry, default);
            Assert.Equal(ErrorKind.NotFound, result.Error?.Kind);
        }

        Assert.DoesNotContain(await OpenAsync(), report => report.Who == Name(stranger));
    }

    [Fact]
    public async Task AnswerAsync_WithWords_ClosesItAndThePatientReadsThem()
    {
        var (patient, doctor, look) = await LookedAtAsync();
        await Reports.ReportAsync(await ActorAsync(patient), look, default);
        var report = (await OpenAsync()).Single(row => row.Who == Name(doctor));
        var (one, other) = (await clinic.People.AddStaffAsync(Roles.Administrator), await clinic.People.AddStaffAsync(Roles.Administrator));

        Assert.Equal(ErrorKind.Invalid, (await Reports.AnswerAsync(await ActorAsync(one), report.Id, "  ", default)).Error?.Kind);
        Assert.Equal(ErrorKind.Invalid,
            (await Reports.AnswerAsync(await ActorAsync(one), report.Id, new string('x', 501), default)).Error?.Kind);
        Assert.True((await Reports.AnswerAsync(await ActorAsync(one), report.Id, " It was the ward round. ", default)).IsSuccess);
        Assert.Equal(ErrorKind.Conflict, (await Reports.AnswerAsync(await ActorAsync(other), report.Id, "Another.", default)).Error?.Kind);

        Assert.DoesNotContain(await OpenAsync(), row => row.Id == report.Id);
        var state = (await HistoryAsync(patient)).Single(row => row.EntryId == look).Report!;
        Assert.Equal("It was the ward round.", state.Answer);
        Assert.NotNull(state.AnsweredAt);
        Assert.Equal(patient.PatientId, (await EntriesAsync(AuditAct.LookReportAnswered, one)).Single().PatientId);
    }

    [Theory]
    [Trait("Requirement", "S0-06")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AnswerAsync_ToALookOfOnesOwn_IsRefusedAndAnotherAdministratorAnswers(bool inList)
    {
        var patient = await clinic.People.AddPatientAsync();
        var looker = await clinic.People.AddStaffAsync(Roles.Administrator | Roles.Doctor);
        await clinic.People.AssignAsync(looker, patient.PatientId!.Value);
        var patients = clinic.Host.Get<PatientService>();
        if (inList)
        {
            await patients.ListAsync(await ActorAsync(looker), new PatientQuery(), default);
        }
        else
        {
            await patients.GetAsync(await ActorAsync(looker), patient.PatientId.Value, default);
        }

        var look = (await HistoryAsync(patient)).Single(row => row.Who == Name(looker));
        Assert.Equal(inList, look.InList);
        await Reports.ReportAsync(await ActorAsync(patient), look.EntryId, default);
        var own = (await Reports.ListOpenAsync(await ActorAsync(looker), default)).Value.Single(report => report.Who == Name(looker));
        var others = (await OpenAsync()).Single(report => report.Id == own.Id);

        var answer = await Reports.AnswerAsync(await ActorAsync(looker), own.Id, "It was all in order.", default);

        Assert.Equal((false, true), (own.MayAnswer, others.MayAnswer));
        Assert.Equal(ErrorKind.Denied, answer.Error?.Kind);
        var entry = (await EntriesAsync(AuditAct.LookReportAnswered, looker)).Single();
        Assert.Equal((AuditOutcome.Denied, patient.PatientId), (entry.Outcome, entry.PatientId));
        Assert.Null((await HistoryAsync(patient)).Single(row => row.EntryId == look.EntryId).Report!.AnsweredAt);
        var another = await ActorAsync(await clinic.People.AddStaffAsync(Roles.Administrator));
        Assert.True((await Reports.AnswerAsync(another, own.Id, "It was the ward round.", default)).IsSuccess);
    }

    [Fact]
    [Trait("Requirement", "S4-05")]
    public async Task Answer_InTheDatabase_IsSealed()
    {
        var (patient, doctor, look) = await LookedAtAsync();
        await Reports.ReportAsync(await ActorAsync(patient), look, default);
        var report = (await OpenAsync()).Single(row => row.Who == Name(doctor));
        await Reports.AnswerAsync(await ActorAsync(await clinic.People.AddStaffAsync(Roles.Administrator)), report.Id,
            "A heliotrope answer", default);

        var stored = Assert.IsType<byte[]>((await new Intruder(clinic.Host)
            .QueryAsync("SELECT \"Answer\" FROM \"LookReports\" WHERE \"AnsweredAt\" IS NOT NULL AND \"Id\" = @p0", report.Id))[0][0]);

        Assert.True(stored.AsSpan().IndexOf("heliotrope"u8) < 0);
    }

    [Theory]
    [Trait("Requirement", "S2-13")]
    [InlineData("DELETE FROM \"LookReports\" WHERE \"Id\" = @p0")]
    [InlineData("UPDATE \"LookReports\" SET \"EntryId\" = \"Id\" WHERE \"Id\" = @p0")]
    [InlineData("UPDATE \"LookReports\" SET \"PatientId\" = \"Id\" WHERE \"Id\" = @p0")]
    [InlineData("UPDATE \"LookReports\" SET \"ReportedAt\" = \"AnsweredAt\" WHERE \"Id\" = @p0")]
    [InlineData("UPDATE \"LookReports\" SET \"AnsweredAt\" = NULL, \"AnsweredBy\" = NULL, \"Answer\" = NULL WHERE \"Id\" = @p0")]
    [InlineData("UPDATE \"LookReports\" SET \"AnsweredBy\" = \"PatientId\" WHERE \"Id\" = @p0")]
    public async Task Report_ThatWasAnswered_ChangedPastTheApplication_IsRefusedByTheDatabase(string statement)
    {
        var (patient, doctor, look) = await LookedAtAsync();
        await Reports.ReportAsync(await ActorAsync(patient), look, default);
        clinic.Host.Clock.Advance(TimeSpan.FromMinutes(1));
        var report = (await OpenAsync()).Single(row => row.Who == Name(doctor));
        await Reports.AnswerAsync(await ActorAsync(await clinic.People.AddStaffAsync(Roles.Administrator)), report.Id, "It was me.",
            default);

        await Assert.ThrowsAnyAsync<DbException>(() => new Intruder(clinic.Host).ExecuteAsync(statement, report.Id));

        Assert.Equal("It was me.", (await HistoryAsync(patient)).Single(row => row.EntryId == look).Report!.Answer);
    }

    [Fact]
    [Trait("Requirement", "S4-01")]
    public async Task Reports_InALeaseOfAnybodyElse_AreOutOfReach()
    {
        var (patient, doctor, look) = await LookedAtAsync();
        await Reports.ReportAsync(await ActorAsync(patient), look, default);

        Assert.Equal(1, await CountAsync(patient, Permission.AccessHistoryRead));
        Assert.Equal(0, await CountAsync(doctor, Permission.RecordRead));
        Assert.Equal(0, await CountAsync(await clinic.People.AddPatientAsync(), Permission.AccessHistoryRead));
        Assert.Equal(ErrorKind.Denied, (await Reports.ListOpenAsync(await ActorAsync(doctor), default)).Error?.Kind);

        async Task<int> CountAsync(TestPerson person, Permission permission) => (await clinic.Host.Gate.RunAsync<int>(
            await ActorAsync(person), new Domain.Data.AccessRequest(permission, AuditAct.PageOpened),
            async db => await db.Set<LookReport>().CountAsync(), default)).Value;
    }

    private async Task<(TestPerson Patient, TestPerson Doctor, Guid Look)> LookedAtAsync()
    {
        var (patient, doctor) = (await clinic.People.AddPatientAsync(), await clinic.People.AddStaffAsync(Roles.Doctor));
        await clinic.People.AssignAsync(doctor, patient.PatientId!.Value);
        await clinic.Host.Get<PatientService>().GetAsync(await ActorAsync(doctor), patient.PatientId.Value, default);
        return (patient, doctor, (await HistoryAsync(patient)).Single(row => row.Who == Name(doctor)).EntryId);
    }

    // People of the tests are named by their number, as their addresses are.
    private static string Name(TestPerson person) =>
        $"Person {person.Email["person".Length..person.Email.IndexOf('@', StringComparison.Ordinal)]}";

    private Task<Actor> ActorAsync(TestPerson person) => clinic.People.ActorAsync(person);

    private async Task<IReadOnlyList<OpenLookReport>> OpenAsync() =>
        (await Reports.ListOpenAsync(await ActorAsync(await clinic.People.AddStaffAsync(Roles.Administrator)), default)).Value;

    private async Task<IReadOnlyList<AccessHistoryRow>> HistoryAsync(TestPerson patient) =>
        (await clinic.Host.Get<AuditService>().OwnAccessHistoryAsync(await ActorAsync(patient), default)).Value.Looks;

    private async Task<IReadOnlyList<AuditEntry>> EntriesAsync(AuditAct act, TestPerson person) =>
        [.. (await AuditSamples.ReadAsync(clinic.Host)).Where(entry => entry.Act == act && entry.AccountId == person.AccountId)];
}
