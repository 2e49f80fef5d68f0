using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Records;

/// <summary>Signing a record, and what its signature covers.</summary>
public abstract class SignRecordTests(ClinicFixture clinic) : RecordActs(clinic)
{
    public sealed class OnSqlite(SqliteClinic clinic) : SignRecordTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : SignRecordTests(clinic), IClassFixture<PostgresClinic>;

    [Fact]
    [Trait("Requirement", "S4-04")]
    [Trait("Requirement", "B-04")]
    [Trait("Requirement", "B-02")]
    public async Task Sign_DiagnosedRecord_LocksItAndShowsAValidSignature()
    {
        var (doctor, patient) = await PairAsync();
        var recordId = await Clinic.People.AddRecordAsync(patient.PatientId!.Value, patient);
        await DiagnoseAsync(doctor, recordId, "Sinusitis.", "J01.0");
        var version = (await Records.GetAsync(await Act(doctor), recordId, default)).Value.Version;
        Clinic.Host.Clock.Advance(TimeSpan.FromMinutes(AccessPolicy.ProofMinutes + 1));

        var withoutProof = await Records.SignAsync(await Act(doctor), patient.PatientId.Value, recordId, version, default);
        await Clinic.Host.Get<OwnAccountService>().ProveAsync(await Act(doctor), TestPeople.Password, default);
        var withProof = await Records.SignAsync(await Act(doctor), patient.PatientId.Value, recordId, version, default);
        var afterwards = await DiagnoseAsync(doctor, recordId, "Changed my mind.", null);
        var record = (await Records.GetAsync(await Act(patient), recordId, default)).Value;

        Assert.Equal(ErrorKind.StepUpNeeded, withoutProof.Error!.Kind);
        Assert.True(withProof.IsSuccess);
        Assert.Equal(ErrorKind.Conflict, afterwards.Error!.Kind);
        Assert.Equal(RecordStatus.Final, record.Status);
        Assert.True(Assert.Single(record.Signatures).IsValid);
    }
}
