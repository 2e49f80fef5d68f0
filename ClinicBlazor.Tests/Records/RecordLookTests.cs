using Bunit;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Protection;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Records;

/// <summary>What a record looks like, for patients and for staff.</summary>
public sealed class RecordLookTests(SqliteClinic clinic) : IClassFixture<SqliteClinic>
{
    private const string Script = "<script>document.title='owned'</script><img src=x onerror=\"alert(1)\"> & <b>bold</b>\nsecond line";

    private RecordService Records => clinic.Host.Get<RecordService>();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Requirement", "S0-04")]
    [Trait("Requirement", "S4-07")]
    public async Task Text_ThatLooksLikeMarkup_IsShownAsItWasTyped(bool staff)
    {
        var (doctor, patient) = await PairAsync();
        var recordId = await clinic.People.AddRecordAsync(patient.PatientId!.Value, patient, Script);
        await DiagnoseAsync(doctor, patient, recordId, Script);
        await SignAsync(doctor, patient, recordId);

        await using var tab = await RecordTab.OpenAsync(clinic.Host, staff ? doctor : patient, recordId);
        await tab.SettleAsync("[data-testid=record]");

        Assert.Equal(Script, tab.Page.Find("[data-testid=record-symptoms]").TextContent);
        Assert.Contains(Script, tab.Page.Find("[data-testid=record-diagnosis]").TextContent, StringComparison.Ordinal);
        Assert.Empty(tab.Page.FindAll("script, img, .words b, .quote b"));
        Assert.Contains("&lt;script&gt;", tab.Markup, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "B-03")]
    [Trait("Requirement", "B-04")]
    public async Task Status_FromWaitingToSigned_IsToldInPlainWords()
    {
        var (doctor, patient) = await PairAsync();
        var recordId = await clinic.People.AddRecordAsync(patient.PatientId!.Value, patient);

        Assert.Equal(("Waiting for an answer", null), await StatusAsync(patient, recordId));
        Assert.Equal(("No diagnosis yet", null), await StatusAsync(doctor, recordId));

        await DiagnoseAsync(doctor, patient, recordId, "Tension headache.");
        Assert.Equal(("Answered, not signed yet", "Not signed yet. It may still change."), await StatusAsync(patient, recordId));
        Assert.Equal(("Preliminary, not signed", null), await StatusAsync(doctor, recordId));

        await SignAsync(doctor, patient, recordId);
        var (status, signature) = await StatusAsync(patient, recordId);
        Assert.Equal("Answered and signed", status);
        Assert.Contains("nothing has changed since", signature, StringComparison.Ordinal);
        (status, signature) = await StatusAsync(doctor, recordId);
        Assert.StartsWith("Signed by Person", status, StringComparison.Ordinal);
        Assert.StartsWith("Signature holds.", signature, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "S4-04")]
    public async Task Signature_ThatDoesNotMatch_IsShownAsBrokenToBothSides()
    {
        var (doctor, patient) = await PairAsync();
        var recordId = await SignedAsync(doctor, patient);
        await using (var db = await clinic.Host.OpenAsync())
        {
            var key = db.Set<SigningKey>().AsTracking().Single(row => row.AccountId == doctor.AccountId);
            key.PublicKey = new SealedText([.. key.PublicKey.ToArray().Reverse()]);
            await db.SaveChangesAsync();
        }

        var (status, signature) = await StatusAsync(patient, recordId);
        Assert.Equal("Answered, signature does not match", status);
        Assert.Contains("does not match what is stored", signature, StringComparison.Ordinal);
        (status, signature) = await StatusAsync(doctor, recordId);
        Assert.Equal("Signature does not hold", status);
        Assert.Contains("Do not rely on it", signature, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "S4-05")]
    [Trait("Requirement", "S4-04")]
    public async Task StoredValue_ThatNoLongerOpens_IsNotShownAndSaysSo()
    {
        var (doctor, patient) = await PairAsync();
        var recordId = await clinic.People.AddRecordAsync(patient.PatientId!.Value, patient, "Words about a marigold.");
        await clinic.Host.ArrangeAsync(db => db.Set<Diagnosis>().Add(new Diagnosis
        {
            Id = clinic.Host.Clock.NewId(),
            PatientId = patient.PatientId.Value,
            RecordId = recordId,
            Revision = 1,
            Text = clinic.Host.Get<FieldProtector>()
                .Seal("Moved here from another row.",
                FieldPlace.Of<Diagnosis>(Guid.CreateVersion7(), Diagnosis.OwnerOf(patient.PatientId.Value, recordId),
                nameof(Diagnosis.Text))),
            Certainty = Certainty.Confirmed,
            AuthorId = doctor.AccountId,
            RecordedAt = clinic.Host.Clock.Now(),
        }));

        await using var tab = await RecordTab.OpenAsync(clinic.Host, patient, recordId);
        await tab.SettleAsync("[data-testid=record-unreadable]");

        Assert.Empty(tab.Page.FindAll("[data-testid=record]"));
        Assert.Empty(tab.PlacesOf("marigold"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Requirement", "B-03")]
    [Trait("Requirement", "C-05")]
    public async Task EnteredInError_OfAPatient_LeavesTheirOwnWordsOnly(bool onBehalf)
    {
        var (doctor, patient) = await PairAsync();
        var recordId = await clinic.People.AddRecordAsync(patient.PatientId!.Value, onBehalf ? doctor : patient, "Words about a marigold.",
            "Heliotrope of somebody else.");
        var version = (await Records.GetAsync(await ActorAsync(doctor), recordId, default)).Value.Version;
        await Records.MarkEnteredInErrorAsync(await ActorAsync(doctor), patient.PatientId.Value, recordId, "Heliotrope: another patient.",
            version, default);

        await using var own = await RecordTab.OpenAsync(clinic.Host, patient, recordId);
        await own.SettleAsync("[data-testid=record]");
        await using var staff = await RecordTab.OpenAsync(clinic.Host, doctor, recordId);
        await staff.SettleAsync("[data-testid=record]");

        Assert.Equal("Entered in error", own.Page.Find("[data-testid=record-status]").TextContent.Trim());
        Assert.Empty(own.PlacesOf("Heliotrope"));
        Assert.Equal(onBehalf, own.PlacesOf("marigold").Count == 0);
        Assert.Contains("Heliotrope: another patient.", staff.Markup, StringComparison.Ordinal);
        Assert.Contains("Words about a marigold.", staff.Markup, StringComparison.Ordinal);
        Assert.Empty(staff.Page.FindAll("form[data-testid=record-diagnosis]"));
    }

    [Fact]
    [Trait("Requirement", "B-07")]
    public async Task RecordPage_OfStaff_NamesThePatientInTheBanner()
    {
        var (doctor, patient) = await PairAsync();
        var recordId = await clinic.People.AddRecordAsync(patient.PatientId!.Value, patient);
        await using var context = await PageContext.OfStaffAsync(clinic.Host, doctor);

        var page = context.Render<App.Records.RecordPage>(parameters => parameters.Add(value => value.Id, recordId));
        await page.WaitForElementAsync("[data-testid=patient-banner]");

        Assert.Equal(patient.PatientId.ToString(), page.Find("[data-testid=patient-banner]").GetAttribute("data-patient-id"));
        Assert.Single(page.FindAll("h1"));
        page.Render(parameters => parameters.Add(value => value.Id, Guid.CreateVersion7()));
        await page.WaitForElementAsync("[data-testid=not-found]");
        Assert.Empty(page.FindAll("[data-testid=patient-banner]"));
    }

    private async Task<(string? Status, string? Signature)> StatusAsync(TestPerson person, Guid recordId)
    {
        await using var tab = await RecordTab.OpenAsync(clinic.Host, person, recordId);
        await tab.SettleAsync("[data-testid=record]");
        return (Words("record-status"), Words("record-signature"));

        string? Words(string testId) => tab.Page.FindAll($"[data-testid={testId}]") is [var element]
            ? string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            : null;
    }

    private async Task<(TestPerson Doctor, TestPerson Patient)> PairAsync()
    {
        var doctor = await clinic.People.AddStaffAsync(Roles.Doctor);
        var patient = await clinic.People.AddPatientAsync();
        await clinic.People.AssignAsync(doctor, patient.PatientId!.Value);
        return (doctor, patient);
    }

    private async Task<Guid> SignedAsync(TestPerson doctor, TestPerson patient)
    {
        var recordId = await clinic.People.AddRecordAsync(patient.PatientId!.Value, patient);
        await DiagnoseAsync(doctor, patient, recordId, "Tension headache.");
        await SignAsync(doctor, patient, recordId);
        return recordId;
    }

    private async Task DiagnoseAsync(TestPerson doctor, TestPerson patient, Guid recordId, string text) =>
        Assert.True((await Records.SaveDiagnosisAsync(
            await ActorAsync(doctor), patient.PatientId!.Value, recordId,
                new DiagnosisInput(text, "G44.2", Certainty.Confirmed, await VersionAsync(doctor, recordId)), default)).IsSuccess);

    private async Task SignAsync(TestPerson doctor, TestPerson patient, Guid recordId) =>
        Assert.True(
            (await Records.SignAsync(await ActorAsync(doctor), patient.PatientId!.Value, recordId, await VersionAsync(doctor, recordId),
            default)).IsSuccess);

    private async Task<Guid> VersionAsync(TestPerson doctor, Guid recordId) =>
        (await Records.GetAsync(await ActorAsync(doctor), recordId, default)).Value.Version;

    private Task<Actor> ActorAsync(TestPerson person) => clinic.People.ActorAsync(person);
}
