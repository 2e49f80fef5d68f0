using ClinicBlazor.Domain;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Protection;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Records;

/// <summary>Describing, diagnosing, signing.</summary>
public abstract class RecordServiceTests(ClinicFixture clinic)
{
    private const string Words = "It hurts < here > & burns.\nSELECT * FROM pain; né\u0301e 😷";

    public sealed class OnSqlite(SqliteClinic clinic) : RecordServiceTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : RecordServiceTests(clinic), IClassFixture<PostgresClinic>;

    private RecordService Records => clinic.Host.Get<RecordService>();

    [Fact]
    [Trait("Requirement", "S0-02")]
    [Trait("Requirement", "B-03")]
    [Trait("Requirement", "S4-07")]
    public async Task Describe_WordsOfAPatient_AreKeptVerbatimBesideTheDiagnosis()
    {
        var (doctor, patient) = await PairAsync();
        var recordId = (await Records.DescribeAsync(await Act(patient), patient.PatientId!.Value, new ProblemDescription(Words, "Since May", 7, "Rest helps"), default)).Value;

        var saved = await DiagnoseAsync(doctor, recordId, "Neuralgia.", "G44.2");
        var record = (await Records.GetAsync(await Act(patient), recordId, default)).Value;

        Assert.True(saved.IsSuccess);
        Assert.Equal(Words.Normalize(), record.Description.Symptoms);
        Assert.Equal(("Since May", 7, "Rest helps"), (record.Description.Onset, record.Description.Severity, record.Description.ModifyingFactors));
        Assert.Equal(("Neuralgia.", "G44.2", Certainty.Provisional), (record.Diagnosis!.Text, record.Diagnosis.Code, record.Diagnosis.Certainty));
        Assert.False(record.OnBehalf);
    }

    [Fact]
    [Trait("Requirement", "S0-02")]
    public async Task WriteOnBehalf_ByAssignedDoctor_NamesTheDoctor()
    {
        var (doctor, patient) = await PairAsync();

        var recordId = (await Records.WriteOnBehalfAsync(await Act(doctor), patient.PatientId!.Value, new ProblemDescription("Cannot type, hand in plaster."), default)).Value;
        var record = (await Records.GetAsync(await Act(patient), recordId, default)).Value;

        Assert.True(record.OnBehalf);
    }

    [Theory]
    [InlineData(Roles.Nurse)]
    [InlineData(Roles.Administrator)]
    [InlineData(Roles.Reception)]
    [Trait("Requirement", "S0-02")]
    [Trait("Requirement", "S0-01")]
    public async Task SaveDiagnosis_ByAnybodyButADoctor_IsRefused(Roles role)
    {
        var (_, patient) = await PairAsync();
        var staff = await clinic.People.AddStaffAsync(role);
        await clinic.People.AssignAsync(staff, patient.PatientId!.Value);
        var recordId = await clinic.People.AddRecordAsync(patient.PatientId.Value, patient);

        var byStaff = await Records.SaveDiagnosisAsync(await Act(staff), patient.PatientId.Value, recordId, await InputAsync(recordId, "Guess.", null), default);
        var byPatient = await Records.SaveDiagnosisAsync(await Act(patient), patient.PatientId.Value, recordId, await InputAsync(recordId, "Guess.", null), default);

        Assert.Equal(ErrorKind.NotFound, byStaff.Error!.Kind);
        Assert.Equal(ErrorKind.NotFound, byPatient.Error!.Kind);
    }

    [Fact]
    [Trait("Requirement", "B-07")]
    public async Task SaveDiagnosis_TwoDoctorsAtOnce_TheSecondIsTold()
    {
        var (doctor, patient) = await PairAsync();
        var second = await clinic.People.AddStaffAsync(Roles.Doctor);
        await clinic.People.AssignAsync(second, patient.PatientId!.Value);
        var recordId = await clinic.People.AddRecordAsync(patient.PatientId.Value, patient);
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
        var otherId = await clinic.People.AddChartAsync();
        await clinic.People.AssignAsync(doctor, otherId);
        var recordId = await clinic.People.AddRecordAsync(patient.PatientId!.Value, patient);

        var result = await Records.SaveDiagnosisAsync(await Act(doctor), otherId, recordId, await InputAsync(recordId, "Mixed up.", null), default);

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
        var recordId = await clinic.People.AddRecordAsync(patient.PatientId!.Value, patient);
        var input = (await InputAsync(recordId, text, code)) with { Certainty = certainty };

        var result = await Records.SaveDiagnosisAsync(await Act(doctor), patient.PatientId.Value, recordId, input, default);

        Assert.Equal(field, Assert.Single(result.Error!.Fields).Field);
    }

    [Fact]
    [Trait("Requirement", "S4-04")]
    [Trait("Requirement", "B-04")]
    [Trait("Requirement", "B-02")]
    public async Task Sign_DiagnosedRecord_LocksItAndShowsAValidSignature()
    {
        var (doctor, patient) = await PairAsync();
        var recordId = await clinic.People.AddRecordAsync(patient.PatientId!.Value, patient);
        await DiagnoseAsync(doctor, recordId, "Sinusitis.", "J01.0");
        var version = (await Records.GetAsync(await Act(doctor), recordId, default)).Value.Version;
        clinic.Host.Clock.Advance(TimeSpan.FromMinutes(AccessPolicy.ProofMinutes + 1));

        var withoutProof = await Records.SignAsync(await Act(doctor), patient.PatientId.Value, recordId, version, default);
        await clinic.Host.Get<OwnAccountService>().ProveAsync(await Act(doctor), TestPeople.Password, default);
        var withProof = await Records.SignAsync(await Act(doctor), patient.PatientId.Value, recordId, version, default);
        var afterwards = await DiagnoseAsync(doctor, recordId, "Changed my mind.", null);
        var record = (await Records.GetAsync(await Act(patient), recordId, default)).Value;

        Assert.Equal(ErrorKind.StepUpNeeded, withoutProof.Error!.Kind);
        Assert.True(withProof.IsSuccess);
        Assert.Equal(ErrorKind.Conflict, afterwards.Error!.Kind);
        Assert.Equal(RecordStatus.Final, record.Status);
        Assert.True(Assert.Single(record.Signatures).IsValid);
    }

    [Fact]
    [Trait("Requirement", "S4-04")]
    public async Task Signature_AfterAStoredByteChanged_IsShownAsBroken()
    {
        var (doctor, patient) = await PairAsync();
        var recordId = await clinic.People.AddRecordAsync(patient.PatientId!.Value, patient);
        await DiagnoseAsync(doctor, recordId, "Sinusitis.", "J01.0");
        var version = (await Records.GetAsync(await Act(doctor), recordId, default)).Value.Version;
        await Records.SignAsync(await Act(doctor), patient.PatientId.Value, recordId, version, default);
        var signer = clinic.Host.Get<RecordSigner>();
        await using var db = await clinic.Host.OpenAsync();
        var record = await db.MedicalRecords.SingleAsync(row => row.Id == recordId);
        var diagnosis = await db.Diagnoses.SingleAsync(row => row.RecordId == recordId);
        var signature = await db.Signatures.SingleAsync(row => row.RecordId == recordId);
        var publicKey = (await db.SigningKeys.SingleAsync(key => key.Id == signature.KeyId)).PublicKey;
        var forged = clinic.Host.Get<FieldProtector>().Seal("Healthy.", FieldLocation.Of<Diagnosis>(nameof(Diagnosis.Text), diagnosis.Id));

        Assert.True(signer.IsValid(record, diagnosis, signature, publicKey));
        Assert.False(signer.IsValid(record, With(diagnosis, forged, diagnosis.Certainty), signature, publicKey));
        Assert.False(signer.IsValid(record, With(diagnosis, diagnosis.Text, Certainty.Refuted), signature, publicKey));
        Assert.False(signer.IsValid(record, null, signature, publicKey));
    }

    [Fact]
    [Trait("Requirement", "B-03")]
    public async Task MarkEnteredInError_WithReason_HidesTheRecordAndKeepsIt()
    {
        var (doctor, patient) = await PairAsync();
        var recordId = await clinic.People.AddRecordAsync(patient.PatientId!.Value, patient);
        var version = (await Records.GetAsync(await Act(doctor), recordId, default)).Value.Version;

        var withoutReason = await Records.MarkEnteredInErrorAsync(await Act(doctor), patient.PatientId.Value, recordId, " ", version, default);
        var result = await Records.MarkEnteredInErrorAsync(await Act(doctor), patient.PatientId.Value, recordId, "Wrong chart.", version, default);
        var list = (await Records.ListAsync(await Act(patient), patient.PatientId.Value, null, default)).Value;

        Assert.Equal("Reason", Assert.Single(withoutReason.Error!.Fields).Field);
        Assert.True(result.IsSuccess);
        Assert.DoesNotContain(list.Items, row => row.Id == recordId);
        Assert.Equal("Wrong chart.", (await Records.GetAsync(await Act(doctor), recordId, default)).Value.ErrorReason);
    }

    [Fact]
    [Trait("Requirement", "S4-01")]
    public async Task ListWaiting_OfADoctor_HoldsAssignedPatientsOnly()
    {
        var (doctor, patient) = await PairAsync();
        var stranger = await clinic.People.AddPatientAsync();
        var mine = await clinic.People.AddRecordAsync(patient.PatientId!.Value, patient);
        await clinic.People.AddRecordAsync(stranger.PatientId!.Value, stranger);

        var rows = (await Records.ListWaitingAsync(await Act(doctor), null, default)).Value.Items;

        Assert.Equal(mine, Assert.Single(rows).Id);
    }

    [Fact]
    public async Task List_MoreThanAPage_GoesOnWithoutGapOrRepeat()
    {
        var (_, patient) = await PairAsync();
        var ids = new List<Guid>();
        for (var i = 0; i < 30; i++)
        {
            clinic.Host.Clock.Advance(TimeSpan.FromSeconds(1));
            ids.Add(await clinic.People.AddRecordAsync(patient.PatientId!.Value, patient));
        }

        var first = (await Records.ListAsync(await Act(patient), patient.PatientId!.Value, null, default)).Value;
        var second = (await Records.ListAsync(await Act(patient), patient.PatientId.Value, first.Next, default)).Value;

        ids.Reverse();
        Assert.Equal(ids, first.Items.Concat(second.Items).Select(row => row.Id));
        Assert.Null(second.Next);
    }

    private static Diagnosis With(Diagnosis diagnosis, SealedText text, Certainty certainty) => new()
    {
        Id = diagnosis.Id,
        PatientId = diagnosis.PatientId,
        RecordId = diagnosis.RecordId,
        Revision = diagnosis.Revision,
        Code = diagnosis.Code,
        Text = text,
        Certainty = certainty,
        AuthorId = diagnosis.AuthorId,
        RecordedAt = diagnosis.RecordedAt,
    };

    private async Task<(TestPerson Doctor, TestPerson Patient)> PairAsync()
    {
        var doctor = await clinic.People.AddStaffAsync(Roles.Doctor);
        var patient = await clinic.People.AddPatientAsync();
        await clinic.People.AssignAsync(doctor, patient.PatientId!.Value);
        return (doctor, patient);
    }

    private Task<Actor> Act(TestPerson person) => clinic.People.ActorAsync(person);

    private async Task<DiagnosisInput> InputAsync(Guid recordId, string text, string? code)
    {
        await using var db = await clinic.Host.OpenAsync();
        var version = (await db.MedicalRecords.SingleAsync(record => record.Id == recordId)).Version;
        return new DiagnosisInput(text, code, Certainty.Provisional, version);
    }

    private async Task<Result<Done>> DiagnoseAsync(TestPerson doctor, Guid recordId, string text, string? code)
    {
        await using var db = await clinic.Host.OpenAsync();
        var patientId = (await db.MedicalRecords.SingleAsync(record => record.Id == recordId)).PatientId;
        return await Records.SaveDiagnosisAsync(await Act(doctor), patientId, recordId, await InputAsync(recordId, text, code), default);
    }
}
