using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Records;

/// <summary>Signed records, and what is added to them.</summary>
public abstract class AddendumActs(ClinicFixture clinic) : RecordActs(clinic)
{
    protected AmendmentService Amendments => Clinic.Host.Get<AmendmentService>();

    protected async Task<(TestPerson Doctor, Guid PatientId, Guid RecordId)> SignedAsync()
    {
        var (doctor, patient) = await PairAsync();
        var patientId = patient.PatientId!.Value;
        var recordId = await Clinic.People.AddRecordAsync(patientId, patient, diagnosis: "Sinusitis.");
        var version = (await Records.GetAsync(await Act(doctor), recordId, default)).Value.Version;
        Assert.True((await Records.SignAsync(await Act(doctor), patientId, recordId, version, default)).IsSuccess);
        Clinic.Host.Clock.Advance(TimeSpan.FromSeconds(1));
        return (doctor, patientId, recordId);
    }

    protected async Task<Result<Guid>> AddAsync(TestPerson doctor, Guid patientId, Guid recordId, string text) =>
        await Amendments.AddAddendumAsync(await Act(doctor), patientId, recordId, text, null, default);
}
