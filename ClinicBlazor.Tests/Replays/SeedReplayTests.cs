using System.Text;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Replays;

/// <summary>What older clinic applications let through, tried here: each is refused, and the attempt is in the audit trail.</summary>
[Trait("Requirement", "S4-01")]
[Trait("Requirement", "S2-13")]
public abstract class SeedReplayTests(ClinicFixture clinic)
{
    private const string Ssn = "900551234";

    public sealed class OnSqlite(SqliteClinic clinic) : SeedReplayTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : SeedReplayTests(clinic), IClassFixture<PostgresClinic>;

    private RecordService Records => clinic.Host.Get<RecordService>();

    private PatientService Patients => clinic.Host.Get<PatientService>();

    [Fact]
    public async Task ReadRecord_OfAnotherPatientByItsId_IsLikeNoneAndAudited()
    {
        var (owner, other) = (await clinic.People.AddPatientAsync(), await clinic.People.AddPatientAsync());
        var recordId = await clinic.People.AddRecordAsync(owner.PatientId!.Value, owner);

        var foreign = await Records.GetAsync(await clinic.People.ActorAsync(other), recordId, CancellationToken.None);
        var missing = await Records.GetAsync(await clinic.People.ActorAsync(other), Guid.CreateVersion7(), CancellationToken.None);

        Assert.Equal(missing.Error, foreign.Error);
        Assert.Equal(ErrorKind.NotFound, foreign.Error!.Kind);
        await AssertDeniedAsync(AuditAct.RecordRead, entry => entry.RecordId == recordId && entry.AccountId == other.AccountId);
    }

    [Fact]
    [Trait("Requirement", "S0-02")]
    public async Task CreateRecord_ForAnotherPatient_IsRefusedAndAudited()
    {
        var (owner, other) = (await clinic.People.AddPatientAsync(), await clinic.People.AddPatientAsync());

        var result = await Records.DescribeAsync(await clinic.People.ActorAsync(other), owner.PatientId!.Value,
            new ProblemDescription("Not mine."), CancellationToken.None);

        Assert.Equal(ErrorKind.NotFound, result.Error!.Kind);
        await AssertDeniedAsync(AuditAct.RecordCreated, entry => entry.PatientId == owner.PatientId && entry.AccountId == other.AccountId);
        await using var db = await clinic.Host.OpenAsync();
        Assert.False(await db.Set<MedicalRecord>().AnyAsync(record => record.PatientId == owner.PatientId));
    }

    [Fact]
    [Trait("Requirement", "S0-02")]
    public async Task SaveDiagnosis_ByNobody_IsRefusedAndAudited()
    {
        var owner = await clinic.People.AddPatientAsync();
        var recordId = await clinic.People.AddRecordAsync(owner.PatientId!.Value, owner);
        var input = new DiagnosisInput("Forged.", null, Certainty.Confirmed, Guid.CreateVersion7());

        var result = await Records.SaveDiagnosisAsync(Actor.Anonymous(TestPeople.Client), owner.PatientId.Value, recordId, input,
            CancellationToken.None);

        Assert.Equal(ErrorKind.NotFound, result.Error!.Kind);
        await AssertDeniedAsync(AuditAct.DiagnosisSaved, entry => entry.RecordId == recordId && entry.AccountId == null);
    }

    [Theory]
    [InlineData(Roles.Doctor)]
    [InlineData(Roles.Nurse)]
    [InlineData(Roles.Administrator)]
    [Trait("Requirement", "S1-01")]
    public async Task ReadOrDeactivatePatient_ByUnassignedStaff_IsRefusedAndAudited(Roles role)
    {
        var patientId = await clinic.People.AddChartAsync();
        var staff = await clinic.People.AddStaffAsync(role);

        var read = await Patients.GetAsync(await clinic.People.ActorAsync(staff), patientId, CancellationToken.None);
        var removed = await Patients.SetActiveAsync(await clinic.People.ActorAsync(staff), patientId, active: false,
            CancellationToken.None);

        Assert.Equal(ErrorKind.NotFound, read.Error!.Kind);
        Assert.Equal(ErrorKind.NotFound, removed.Error!.Kind);
        await AssertDeniedAsync(AuditAct.PatientRead, entry => entry.PatientId == patientId && entry.AccountId == staff.AccountId);
        await AssertDeniedAsync(AuditAct.PatientMadeInactive, entry => entry.PatientId == patientId && entry.AccountId == staff.AccountId);
        await using var db = await clinic.Host.OpenAsync();
        Assert.True((await db.Set<Patient>().SingleAsync(patient => patient.Id == patientId)).IsActive);
    }

    [Fact]
    [Trait("Requirement", "S1-02")]
    public async Task Ssn_InEveryStoredColumn_IsNotReadable()
    {
        var reception = await clinic.People.AddStaffAsync(Roles.Reception);
        var registered = await Patients.RegisterAsync(
            await clinic.People.ActorAsync(reception),
                new NewPatient("Sam", "Secret", "1990-01-02", Sex.Other, Ssn: "900-55-1234", Tin: "900-55-9876"), CancellationToken.None);

        await using var db = await clinic.Host.OpenAsync();
        var row = await db.Set<Patient>().SingleAsync(patient => patient.Id == registered.Value);
        var stored = db.Entry(row).Properties.Select(property => property.CurrentValue switch
        {
            byte[] bytes => Encoding.Latin1.GetString(bytes),
            Domain.Protection.SealedText text => Encoding.Latin1.GetString(text.ToArray()),
            var value => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture),
        });

        Assert.DoesNotContain(stored,
            value => value!.Contains(Ssn, StringComparison.Ordinal) || value.Contains("900-55", StringComparison.Ordinal));
        Assert.NotNull(row.Ssn);
        Assert.NotNull(row.Tin);
    }

    private async Task AssertDeniedAsync(AuditAct act, System.Linq.Expressions.Expression<Func<AuditEntry, bool>> which)
    {
        await using var db = await clinic.Host.OpenAsync();
        Assert.True(await db.Set<AuditEntry>().Where(which)
            .AnyAsync(entry => entry.Act == act && entry.Outcome == AuditOutcome.Denied && entry.Level == AuditLevel.Warning));
    }
}
