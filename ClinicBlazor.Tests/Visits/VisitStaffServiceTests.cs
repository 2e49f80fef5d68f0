using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Visits;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Visits;

/// <summary>Who takes part in a visit.</summary>
public abstract class VisitStaffServiceTests(ClinicFixture clinic)
{
    public sealed class OnSqlite(SqliteClinic clinic) : VisitStaffServiceTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : VisitStaffServiceTests(clinic), IClassFixture<PostgresClinic>;

    private VisitStaffService Staff => clinic.Host.Get<VisitStaffService>();

    [Fact]
    [Trait("Requirement", "S1-01")]
    public async Task Candidates_ForANurseOfTheCareTeam_AreTheClinicalStaffAlone()
    {
        var nurse = await clinic.People.AddStaffAsync(Roles.Nurse);
        var doctor = await clinic.People.AddStaffAsync(Roles.Doctor);
        var reception = await clinic.People.AddStaffAsync(Roles.Reception);
        var patient = await clinic.People.AddPatientAsync();
        await clinic.People.AssignAsync(nurse, patient.PatientId!.Value);

        var found = (await Staff.CandidatesAsync(await Act(nurse), patient.PatientId.Value, default))
            .Value.Select(member => member.AccountId).ToList();

        Assert.Contains(doctor.AccountId, found);
        Assert.DoesNotContain(reception.AccountId, found);
        Assert.DoesNotContain(patient.AccountId, found);
    }

    [Fact]
    [Trait("Requirement", "S4-01")]
    public async Task Candidates_OfAForeignPatient_AreNotFound()
    {
        var nurse = await clinic.People.AddStaffAsync(Roles.Nurse);

        var result = await Staff.CandidatesAsync(await Act(nurse), await clinic.People.AddChartAsync(), default);

        Assert.Equal(ErrorKind.NotFound, result.Error!.Kind);
    }

    [Fact]
    [Trait("Requirement", "S2-08")]
    public async Task Join_ASecondTime_IsRefusedAndLeavesOneAssignment()
    {
        var reception = await clinic.People.AddStaffAsync(Roles.Reception);
        var doctor = await clinic.People.AddStaffAsync(Roles.Doctor);
        var patientId = await clinic.People.AddChartAsync();
        var visitId = await clinic.People.AddVisitAsync(patientId);

        Assert.True((await Staff.JoinAsync(await Act(reception), patientId, visitId, doctor.AccountId, default)).IsSuccess);
        var again = await Staff.JoinAsync(await Act(reception), patientId, visitId, doctor.AccountId, default);

        Assert.Equal(ErrorKind.Invalid, again.Error!.Kind);
        var details = await clinic.Host.Get<PatientService>().GetAsync(await Act(reception), patientId, default);
        Assert.Single(details.Value.Staff);
    }

    private Task<Actor> Act(TestPerson person) => clinic.People.ActorAsync(person);
}
