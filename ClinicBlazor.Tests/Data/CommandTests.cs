using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Domain.Visits;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Tests.Data;

/// <summary>One act, one effect: what comes twice is done once and answered the same.</summary>
[Trait("Requirement", "B-14")]
public abstract class CommandTests(ClinicFixture clinic)
{
    public sealed class OnSqlite(SqliteClinic clinic) : CommandTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : CommandTests(clinic), IClassFixture<PostgresClinic>;

    private static NewPatient Newcomer(string family) => new("Nele", family, "1990-01-01", Sex.Female, DuplicateReason: "Namesakes.");

    [Fact]
    public async Task Register_ArrivingTwice_MakesOnePatientAndOneEntry()
    {
        var (reception, command) = (await ReceptionAsync(), CommandId.New());

        var first = await RegisterAsync(reception, command, "Twice");
        var second = await RegisterAsync(reception, command, "Twice");

        Assert.Equal(first.Value, second.Value);
        await using var db = await clinic.Host.OpenAsync();
        Assert.Equal(1, await db.Set<Patient>().CountAsync(patient => patient.FamilyName == "Twice"));
        Assert.Equal(1,
            await db.Set<AuditEntry>().CountAsync(entry => entry.PatientId == first.Value && entry.Act == AuditAct.PatientCreated));
    }

    [Fact]
    public async Task Register_AtTheSameMomentOnAnotherInstance_MakesOnePatient()
    {
        var interference = new Interference();
        await using var host = await interference.StartAsync(clinic.Host.Kind);
        await using var other = await host.StartAgainAsync();
        var (reception, command) = (await host.People.ActorAsync(await host.People.AddStaffAsync(Roles.Reception)), CommandId.New());
        Result<Guid>? elsewhere = null;
        interference.BeforeNextSave(async () =>
            elsewhere = await other.GetRequiredService<PatientService>()
                .RegisterAsync(reception.Doing(command), Newcomer("Moment"), default));

        var here = await host.Get<PatientService>().RegisterAsync(reception.Doing(command), Newcomer("Moment"), default);

        Assert.Equal(elsewhere!.Value, here.Value);
        await using var db = await host.OpenAsync();
        Assert.Equal(1, await db.Set<Patient>().CountAsync());
        Assert.Equal(1, await db.Set<AuditEntry>().CountAsync(entry => entry.Act == AuditAct.PatientCreated));
    }

    [Fact]
    public async Task CheckIn_FiveClicksAtOnce_AnswerAsOne()
    {
        var (reception, command, patientId) = (await ReceptionAsync(), CommandId.New(), await clinic.People.AddChartAsync());

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 5).Select(_ => clinic.Host.Get<VisitService>()
                .StartAsync(reception.Doing(command), patientId, doctorId: null, default)));

        Assert.Single(answers.Select(answer => answer.Value).Distinct());
        await using var db = await clinic.Host.OpenAsync();
        Assert.Equal(answers[0].Value, (await db.Set<Visit>().SingleAsync(visit => visit.PatientId == patientId)).Id);
    }

    [Fact]
    public async Task SaveDiagnosis_RetriedWithTheVersionThatThePageHadThen_IsOneVersion()
    {
        var (doctor, patientId) = (await clinic.People.AddStaffAsync(Roles.Doctor), await clinic.People.AddChartAsync());
        await clinic.People.AssignAsync(doctor, patientId);
        var recordId = await clinic.People.AddRecordAsync(patientId, doctor);
        var records = clinic.Host.Get<RecordService>();
        var actor = (await clinic.People.ActorAsync(doctor)).Doing(CommandId.New());
        var input = new DiagnosisInput("Migraine.", "G43.1", Certainty.Confirmed,
            (await records.GetAsync(actor, recordId, default)).Value.Version);

        Assert.True((await records.SaveDiagnosisAsync(actor, patientId, recordId, input, default)).IsSuccess);
        Assert.True((await records.SaveDiagnosisAsync(actor, patientId, recordId, input, default)).IsSuccess);
        Assert.True((await records.SaveDiagnosisAsync(actor, patientId, recordId, input with { BasedOn = Guid.CreateVersion7() }, default))
            .IsSuccess);

        Assert.Single((await records.GetAsync(actor, recordId, default)).Value.Versions);
        Assert.Equal(ErrorKind.Conflict,
            (await records.SaveDiagnosisAsync(actor, patientId, recordId, input with { Certainty = Certainty.Refuted }, default))
            .Error?.Kind);
    }

    [Fact]
    public async Task Register_Refused_LeavesNoReceiptAndIsDoneWhenCorrected()
    {
        var (reception, command) = (await ReceptionAsync(), CommandId.New());

        var refused = await RegisterAsync(reception, command, "4711");
        await using var db = await clinic.Host.OpenAsync();
        Assert.False(await db.Set<CommandReceipt>().AnyAsync(receipt => receipt.CommandId == command.Value));
        var corrected = await RegisterAsync(reception, command, "Corrected");

        Assert.Equal(ErrorKind.Invalid, refused.Error?.Kind);
        Assert.True(corrected.IsSuccess);
    }

    [Fact]
    public async Task Register_OtherContentUnderTheNameOfWhatWasDone_IsRefusedAndNotDone()
    {
        var (reception, command) = (await ReceptionAsync(), CommandId.New());

        await RegisterAsync(reception, command, "First");
        var other = await RegisterAsync(reception, command, "Second");

        Assert.Equal(ErrorKind.Conflict, other.Error?.Kind);
        await using var db = await clinic.Host.OpenAsync();
        Assert.False(await db.Set<Patient>().AnyAsync(patient => patient.FamilyName == "Second"));
    }

    [Fact]
    public async Task Register_SameNameBySomebodyElse_IsAnotherAct()
    {
        var command = CommandId.New();

        var first = await RegisterAsync(await ReceptionAsync(), command, "Shared");
        var other = await RegisterAsync(await ReceptionAsync(), command, "Shared");

        Assert.NotEqual(first.Value, other.Value);
    }

    [Fact]
    public async Task Register_FromAPageAndWithoutAName_IsAFault()
    {
        var reception = await ReceptionAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => clinic.Host.Get<PatientService>().RegisterAsync(reception.AtAPage(), Newcomer("Nameless"), default));
    }

    [Fact]
    public async Task Receipt_Stored_HoldsNothingOfWhatWasSent()
    {
        var command = CommandId.New();

        await RegisterAsync(await ReceptionAsync(), command, "Secretname");
        await using var db = await clinic.Host.OpenAsync();
        var receipt = await db.Set<CommandReceipt>().SingleAsync(row => row.CommandId == command.Value);

        Assert.Equal(32, receipt.Digest.Length);
        Assert.Equal(AuditAct.PatientCreated, receipt.Act);
    }

    [Fact]
    public async Task Receipts_OlderThanAWeek_AreTakenAwayAndNoOthers()
    {
        await using var host = await DomainHost.StartAsync(clinic.Host.Kind);
        var reception = await host.People.AddStaffAsync(Roles.Reception);
        var actor = await host.People.ActorAsync(reception);
        await host.Get<PatientService>().RegisterAsync(actor.Doing(CommandId.New()), Newcomer("Old"), default);
        host.Clock.Advance(CommandReceipt.Life);
        await host.Get<PatientService>().RegisterAsync(actor.Doing(CommandId.New()), Newcomer("New"), default);
        var cleaner = host.Get<NightlyCleaner>();

        Assert.Equal(0, await cleaner.CleanAsync(default));
        host.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(1, await cleaner.CleanAsync(default));
        await using var db = await host.OpenAsync();
        Assert.Equal(1, await db.Set<CommandReceipt>().CountAsync());
    }

    private async Task<Actor> ReceptionAsync() => await clinic.People.ActorAsync(await clinic.People.AddStaffAsync(Roles.Reception));

    private Task<Result<Guid>> RegisterAsync(Actor reception, CommandId command, string family) =>
        clinic.Host.Get<PatientService>().RegisterAsync(reception.Doing(command), Newcomer(family), default);
}
