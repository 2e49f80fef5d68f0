using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Records;

/// <summary>Who may diagnose, and what a diagnosis needs.</summary>
public abstract class SaveDiagnosisTests(ClinicFixture clinic) : RecordActs(clinic)
{
    public sealed class OnSqlite(SqliteClinic clinic) : SaveDiagnosisTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : SaveDiagnosisTests(clinic), IClassFixture<PostgresClinic>;

    [Theory]
    [InlineData(Roles.Nurse)]
    [InlineData(Roles.Administrator)]
    [InlineData(Roles.Reception)]
    [Trait("Requirement", "S0-02")]
    [Trait("Requirement", "S0-01")]
    public async Task SaveDiagnosis_ByAnybodyButADoctor_IsRefused(Roles role)
    {
        var (_, patient) = await PairAsync();
        var staff = await Clinic.People.AddStaffAsync(role);
        await Clinic.People.AssignAsync(staff, patient.PatientId!.Value);
        var recordId = await Clinic.People.AddRecordAsync(patient.PatientId.Value, patient);

        var byStaff = await Records.SaveDiagnosisAsync(await Act(staff), patient.PatientId.Value, recordId,
            await InputAsync(recordId, "Guess.", null), default);
        var byPatient = await Records.SaveDiagnosisAsync(await Act(patient), patient.PatientId.Value, recordId,
            await InputAsync(recordId, "Guess.", null), default);

        Assert.Equal(ErrorKind.NotFound, byStaff.Error!.Kind);
        Assert.Equal(ErrorKind.NotFound, byPatient.Error!.Kind);
    }

    [Fact]
    [Trait("Requirement", "B-07")]
    public async Task SaveDiagnosis_TwoDoctorsAtOnce_TheSecondIsTold()
    {
        var (doctor, patient) = await PairAsync();
        var second = await Clinic.People.AddStaffAsync(Roles.Doctor);
        await Clinic.People.AssignAsync(second, patient.PatientId!.Value);
        var recordId = await Clinic.People.AddRecordAsync(patient.PatientId.Value, patient);
        var input = await InputAsync(recordId, "First.", null);

        var results = await Task.WhenAll(
            Records.SaveDiagnosisAsync(await Act(doctor), patient.PatientId.Value, recordId, input, default),
            Records.SaveDiagnosisAsync(await Act(second), patient.PatientId.Value, recordId, input with { Text = "Second." }, default));

        Assert.Single(results, result => result.IsSuccess);
        Assert.Single(results, result => result.Error?.Kind == ErrorKind.Conflict);
        Assert.Single((await Records.GetAsync(await Act(doctor), recordId, default)).Value.Versions);
    }

    [Fact]
    [Trait("Requirement", "B-07")]
    public async Task SaveDiagnosis_RecordOfAnotherAssignedPatient_IsLikeNone()
    {
        var (doctor, patient) = await PairAsync();
        var otherId = await Clinic.People.AddChartAsync();
        await Clinic.People.AssignAsync(doctor, otherId);
        var recordId = await Clinic.People.AddRecordAsync(patient.PatientId!.Value, patient);

        var result = await Records.SaveDiagnosisAsync(await Act(doctor), otherId, recordId, await InputAsync(recordId, "Mixed up.", null),
            default);

        Assert.Equal(ErrorKind.NotFound, result.Error!.Kind);
    }

    [Theory]
    [InlineData("", "J06.9", Certainty.Confirmed, "Text")]
    [InlineData("Cold.", "Q00.0000", Certainty.Confirmed, "Code")]
    [InlineData("Cold.", "J06.9", null, "Certainty")]
    [Trait("Requirement", "S4-07")]
    public async Task SaveDiagnosis_IncompleteInput_SaysWhichField(string text, string code, Certainty? certainty, string field)
    {
        var (doctor, patient) = await PairAsync();
        var recordId = await Clinic.People.AddRecordAsync(patient.PatientId!.Value, patient);
        var input = (await InputAsync(recordId, text, code)) with { Certainty = certainty };

        var result = await Records.SaveDiagnosisAsync(await Act(doctor), patient.PatientId.Value, recordId, input, default);

        Assert.Equal(field, Assert.Single(result.Error!.Fields).Field);
    }
}
