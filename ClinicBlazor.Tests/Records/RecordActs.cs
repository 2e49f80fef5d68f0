using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Records;

/// <summary>Doctors and their patients, and what is done to a record.</summary>
public abstract class RecordActs(ClinicFixture clinic)
{
    protected ClinicFixture Clinic => clinic;

    protected RecordService Records => clinic.Host.Get<RecordService>();

    protected async Task<(TestPerson Doctor, TestPerson Patient)> PairAsync()
    {
        var doctor = await clinic.People.AddStaffAsync(Roles.Doctor);
        var patient = await clinic.People.AddPatientAsync();
        await clinic.People.AssignAsync(doctor, patient.PatientId!.Value);
        return (doctor, patient);
    }

    /// <summary>The rows of a record in every list that may hold it: the patient's own, those of the doctor, and what waits.</summary>
    protected async Task<IReadOnlyList<RecordRow>> ListedAsync(TestPerson doctor, TestPerson patient, Guid recordId)
    {
        var (staff, own) = (await Act(doctor), await Act(patient));
        var patientId = patient.PatientId!.Value;
        Page<RecordRow>[] lists =
        [
            (await Records.ListAsync(own, patientId, null, default)).Value,
            (await Records.ListAsync(staff, patientId, null, default)).Value,
            (await Records.ListAssignedAsync(staff, null, default)).Value,
            (await Records.ListWaitingAsync(staff, null, default)).Value,
            (await Records.ListEnteredInErrorAsync(staff, patientId, null, default)).Value,
        ];
        return [.. lists.SelectMany(list => list.Items).Where(row => row.Id == recordId)];
    }

    protected Task<Actor> Act(TestPerson person) => clinic.People.ActorAsync(person);

    protected async Task<DiagnosisInput> InputAsync(Guid recordId, string text, string? code)
    {
        await using var db = await clinic.Host.OpenAsync();
        var version = (await db.Set<MedicalRecord>().SingleAsync(record => record.Id == recordId)).Version;
        return new DiagnosisInput(text, code, Certainty.Provisional, version);
    }

    protected async Task<Result<Done>> DiagnoseAsync(TestPerson doctor, Guid recordId, string text, string? code)
    {
        await using var db = await clinic.Host.OpenAsync();
        var patientId = (await db.Set<MedicalRecord>().SingleAsync(record => record.Id == recordId)).PatientId;
        return await Records.SaveDiagnosisAsync(await Act(doctor), patientId, recordId, await InputAsync(recordId, text, code), default);
    }
}
