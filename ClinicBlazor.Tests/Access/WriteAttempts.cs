using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Protection;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Domain.Visits;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Access;

/// <summary>
/// What a service with a bug could try to write. Each test acts inside the lease that the policy gives to a doctor with
/// one assigned patient, or to the front desk, and looks at the database afterwards.
/// </summary>
public abstract class WriteAttempts(ClinicFixture clinic) : IAsyncLifetime
{
    protected ClinicFixture Clinic => clinic;

    protected TestPerson Doctor { get; private set; } = null!;

    protected Guid Assigned { get; private set; }

    protected Guid Foreign { get; private set; }

    protected Guid AssignedRecord { get; private set; }

    protected Guid ForeignRecord { get; private set; }

    public async Task InitializeAsync()
    {
        Doctor = await clinic.People.AddStaffAsync(Roles.Doctor);
        (Assigned, Foreign) = (await clinic.People.AddChartAsync(), await clinic.People.AddChartAsync());
        await clinic.People.AssignAsync(Doctor, Assigned);
        AssignedRecord = await clinic.People.AddRecordAsync(Assigned, Doctor);
        ForeignRecord = await clinic.People.AddRecordAsync(Foreign, Doctor);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private protected async Task<Result<Done>> RunAsync(Permission permission, Action<ClinicDbContext> write, Actor? actor = null) =>
        await clinic.Host.Gate.RunAsync<Done>(actor ?? await clinic.People.ActorAsync(Doctor),
            new AccessRequest(permission, AuditAct.RecordCreated), db =>
        {
            write(db);
            return Task.FromResult<Result<Done>>(Done.Instance);
        }, default);

    private protected MedicalRecord NewRecord(Guid patientId)
    {
        var id = clinic.Host.Clock.NewId();
        return new MedicalRecord
        {
            Id = id,
            PatientId = patientId,
            AuthorId = Doctor.AccountId,
            OnBehalf = true,
            Symptoms = clinic.Host.Get<FieldProtector>()
                .Seal("Dizzy.", FieldPlace.Of<MedicalRecord>(id, new(patientId), nameof(MedicalRecord.Symptoms))),
            CreatedAt = clinic.Host.Clock.Now(),
        };
    }

    private protected Visit NewVisit(Guid patientId) =>
        Visit.CheckIn(clinic.Host.Clock.NewId(), patientId, doctorId: null,
            new VisitStep(clinic.Host.Clock.NewId(), null, clinic.Host.Clock.Now())).Visit;

    private protected AccessGrant NewGrant(Guid patientId, Guid? visitId = null, Guid? accountId = null) => new()
    {
        Id = clinic.Host.Clock.NewId(),
        PatientId = patientId,
        AccountId = accountId ?? Doctor.AccountId,
        Kind = visitId is null ? GrantKind.CareTeam : GrantKind.Visit,
        VisitId = visitId,
        StartsAt = clinic.Host.Clock.Now(),
    };

    private protected Diagnosis NewDiagnosis(Guid recordId, Guid patientId)
    {
        var id = clinic.Host.Clock.NewId();
        return new Diagnosis
        {
            Id = id,
            PatientId = patientId,
            RecordId = recordId,
            Revision = 1,
            Text = clinic.Host.Get<FieldProtector>()
                .Seal("Vertigo.", FieldPlace.Of<Diagnosis>(id, Diagnosis.OwnerOf(patientId, recordId), nameof(Diagnosis.Text))),
            Certainty = Certainty.Provisional,
            AuthorId = Doctor.AccountId,
            RecordedAt = clinic.Host.Clock.Now(),
        };
    }

    private protected async Task<MedicalRecord> FindAsync(Guid recordId)
    {
        await using var db = await clinic.Host.OpenAsync();
        return await db.Set<MedicalRecord>().SingleAsync(record => record.Id == recordId);
    }

    protected async Task<Guid> OwnerOfGrantAsync(Guid grantId)
    {
        await using var db = await clinic.Host.OpenAsync();
        return (await db.Set<AccessGrant>().SingleAsync(grant => grant.Id == grantId)).PatientId;
    }

    protected async Task<int> CountRecordsAsync(Guid patientId)
    {
        await using var db = await clinic.Host.OpenAsync();
        return await db.Set<MedicalRecord>().CountAsync(record => record.PatientId == patientId);
    }
}
