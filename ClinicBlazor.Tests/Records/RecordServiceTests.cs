using ClinicBlazor.Domain.Records;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Records;

/// <summary>Describing, listing, taking out of sight.</summary>
public abstract class RecordServiceTests(ClinicFixture clinic) : RecordActs(clinic)
{
    private const string Words = "It hurts < here > & burns.\nSELECT * FROM pain; né\u0301e 😷";

    public sealed class OnSqlite(SqliteClinic clinic) : RecordServiceTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : RecordServiceTests(clinic), IClassFixture<PostgresClinic>;

    [Fact]
    [Trait("Requirement", "S0-02")]
    [Trait("Requirement", "B-03")]
    [Trait("Requirement", "S4-07")]
    public async Task Describe_WordsOfAPatient_AreKeptVerbatimBesideTheDiagnosis()
    {
        var (doctor, patient) = await PairAsync();
        var recordId = (await Records.DescribeAsync(await Act(patient), patient.PatientId!.Value,
            new ProblemDescription(Words, "Since May", 7, "Rest helps"), default)).Value;

        var saved = await DiagnoseAsync(doctor, recordId, "Neuralgia.", "G44.2");
        var record = (await Records.GetAsync(await Act(patient), recordId, default)).Value;

        Assert.True(saved.IsSuccess);
        Assert.Equal(Words.Normalize(), record.Description.Symptoms);
        Assert.Equal(("Since May", 7, "Rest helps"),
            (record.Description.Onset, record.Description.Severity, record.Description.ModifyingFactors));
        Assert.Equal(("Neuralgia.", "G44.2", Certainty.Provisional),
            (record.Diagnosis!.Text, record.Diagnosis.Code, record.Diagnosis.Certainty));
        Assert.False(record.OnBehalf);
    }

    [Fact]
    [Trait("Requirement", "S0-02")]
    public async Task WriteOnBehalf_ByAssignedDoctor_NamesTheDoctor()
    {
        var (doctor, patient) = await PairAsync();

        var recordId = (await Records.WriteOnBehalfAsync(await Act(doctor), patient.PatientId!.Value,
            new ProblemDescription("Cannot type, hand in plaster."), default)).Value;
        var record = (await Records.GetAsync(await Act(patient), recordId, default)).Value;

        Assert.True(record.OnBehalf);
    }

    [Fact]
    [Trait("Requirement", "B-03")]
    public async Task MarkEnteredInError_WithReason_HidesTheRecordAndKeepsIt()
    {
        var (doctor, patient) = await PairAsync();
        var recordId = await Clinic.People.AddRecordAsync(patient.PatientId!.Value, patient);
        var version = (await Records.GetAsync(await Act(doctor), recordId, default)).Value.Version;

        var withoutReason = await Records.MarkEnteredInErrorAsync(await Act(doctor), patient.PatientId.Value, recordId, " ", version,
            default);
        var result = await Records.MarkEnteredInErrorAsync(await Act(doctor), patient.PatientId.Value, recordId, "Wrong chart.", version,
            default);
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
        var stranger = await Clinic.People.AddPatientAsync();
        var mine = await Clinic.People.AddRecordAsync(patient.PatientId!.Value, patient);
        await Clinic.People.AddRecordAsync(stranger.PatientId!.Value, stranger);

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
            Clinic.Host.Clock.Advance(TimeSpan.FromSeconds(1));
            ids.Add(await Clinic.People.AddRecordAsync(patient.PatientId!.Value, patient));
        }

        var first = (await Records.ListAsync(await Act(patient), patient.PatientId!.Value, null, default)).Value;
        var second = (await Records.ListAsync(await Act(patient), patient.PatientId.Value, first.Next, default)).Value;

        ids.Reverse();
        Assert.Equal(ids, first.Items.Concat(second.Items).Select(row => row.Id));
        Assert.Null(second.Next);
    }

    [Fact]
    public async Task CountOwnAnswered_WithARecordEnteredInError_LeavesItOut()
    {
        var (doctor, patient) = await PairAsync();
        var (answered, wrong) = (await Clinic.People.AddRecordAsync(patient.PatientId!.Value, patient),
            await Clinic.People.AddRecordAsync(patient.PatientId.Value, patient));
        await Clinic.People.AddRecordAsync(patient.PatientId.Value, patient);
        await DiagnoseAsync(doctor, answered, "Sinusitis.", null);
        await DiagnoseAsync(doctor, wrong, "Of another person.", null);
        Assert.Equal(2, (await Records.CountOwnAnsweredAsync(await Act(patient), default)).Value);

        var version = (await InputAsync(wrong, "", null)).BasedOn;
        Assert.True(
            (await Records.MarkEnteredInErrorAsync(await Act(doctor), patient.PatientId.Value, wrong, "Another person", version, default))
            .IsSuccess);

        Assert.Equal(1, (await Records.CountOwnAnsweredAsync(await Act(patient), default)).Value);
    }
}
