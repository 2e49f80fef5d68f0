using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Domain.Security;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Audit;

/// <summary>What is written down about an act: who, where from, to whom, how it ended, how severe, and nothing more.</summary>
[Trait("Requirement", "S2-13")]
public abstract class AuditTrailTests(ClinicFixture clinic)
{
    public sealed class OnSqlite(SqliteClinic clinic) : AuditTrailTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : AuditTrailTests(clinic), IClassFixture<PostgresClinic>;

    [Fact]
    [Trait("Requirement", "S1-05")]
    public async Task RegisterAsync_NewPatient_IsInformation()
    {
        var reception = await clinic.People.AddStaffAsync(Roles.Reception);

        var patientId = await clinic.Host.Get<PatientService>().RegisterAsync(
            await clinic.People.ActorAsync(reception), new NewPatient("Nele", "Newcomer", "1990-01-01", Sex.Female),
                CancellationToken.None);

        var entry = await OfAsync(reception, AuditAct.PatientCreated);
        Assert.Equal((AuditLevel.Information, AuditOutcome.Done, patientId.Value), (entry.Level, entry.Outcome, entry.PatientId!.Value));
    }

    [Fact]
    [Trait("Requirement", "S1-05")]
    public async Task SetActiveAsync_MadeInactive_IsAWarning()
    {
        var reception = await clinic.People.AddStaffAsync(Roles.Reception);
        var patientId = await clinic.People.AddChartAsync();

        await clinic.Host.Get<PatientService>()
            .SetActiveAsync(await clinic.People.ActorAsync(reception), patientId, active: false, CancellationToken.None);

        var entry = await OfAsync(reception, AuditAct.PatientMadeInactive);
        Assert.Equal((AuditLevel.Warning, AuditOutcome.Done, patientId), (entry.Level, entry.Outcome, entry.PatientId!.Value));
    }

    [Fact]
    [Trait("Requirement", "S1-05")]
    public async Task PasswordAsync_WrongPassword_IsAnError()
    {
        var nurse = await clinic.People.AddStaffAsync(Roles.Nurse);

        await clinic.Host.Get<SignInService>()
            .PasswordAsync(Actor.Anonymous(TestPeople.Client), nurse.Email, "not the password", CancellationToken.None);

        var entry = await OfAsync(nurse, AuditAct.SignIn);
        Assert.Equal((AuditLevel.Error, AuditOutcome.Failed), (entry.Level, entry.Outcome));
    }

    [Fact]
    [Trait("Requirement", "S1-05")]
    public async Task GetAsync_RecordOfAForeignPatient_IsAWarningWithTheIdThatWasAskedFor()
    {
        var doctor = await clinic.People.AddStaffAsync(Roles.Doctor);
        var patient = await clinic.People.AddPatientAsync();
        var recordId = await clinic.People.AddRecordAsync(patient.PatientId!.Value, patient);
        var actor = await clinic.People.ActorAsync(doctor);

        await clinic.Host.Get<RecordService>().GetAsync(actor, recordId, CancellationToken.None);

        var entry = await OfAsync(doctor, AuditAct.RecordRead);
        Assert.Equal((AuditLevel.Warning, AuditOutcome.Denied, recordId), (entry.Level, entry.Outcome, entry.RecordId!.Value));
        Assert.Equal((actor.SessionId, "Doctor", TestPeople.Client.Address, TestPeople.Client.UserAgent),
            (entry.SessionId, entry.Role, entry.Address, entry.UserAgent));
        Assert.Equal(clinic.Host.Clock.GetUtcNow(), entry.At);
    }

    [Fact]
    public async Task GetAsync_PatientThatDoesNotExist_IsDeniedWithTheIdThatWasAskedFor()
    {
        var doctor = await clinic.People.AddStaffAsync(Roles.Doctor);
        var nobody = clinic.Host.Clock.NewId();

        await clinic.Host.Get<PatientService>().GetAsync(await clinic.People.ActorAsync(doctor), nobody, CancellationToken.None);

        var entry = await OfAsync(doctor, AuditAct.PatientRead);
        Assert.Equal((AuditOutcome.Denied, nobody), (entry.Outcome, entry.PatientId!.Value));
    }

    [Fact]
    public async Task ListAsync_AuditByADoctor_IsDeniedAndAudited()
    {
        var doctor = await clinic.People.AddStaffAsync(Roles.Doctor);

        var result = await clinic.Host.Get<AuditService>()
            .ListAsync(await clinic.People.ActorAsync(doctor), new AuditQuery(), CancellationToken.None);

        Assert.Equal(ErrorKind.Denied, result.Error?.Kind);
        Assert.Equal(AuditOutcome.Denied, (await OfAsync(doctor, AuditAct.AuditRead)).Outcome);
    }

    [Fact]
    public async Task PasswordAsync_UnknownAddress_IsWrittenWithoutIt()
    {
        const string Address = "nobody-knows-me@elsewhere.example";

        await clinic.Host.Get<SignInService>()
            .PasswordAsync(Actor.Anonymous(new ClientInfo("203.0.113.77", "")), Address, TestPeople.Password, CancellationToken.None);

        var entry = Assert.Single(await AuditSamples.ReadAsync(clinic.Host), row => row.Address == "203.0.113.77");
        Assert.Equal((AuditAct.SignIn, AuditOutcome.Failed, (Guid?)null), (entry.Act, entry.Outcome, entry.AccountId));
    }

    [Fact]
    [Trait("Requirement", "S1-02")]
    public async Task Entries_AfterADayOfWork_HoldNoNamesAndNothingClinical()
    {
        string[] secrets = ["Quillfeather", "Zebulon", "900-12-3487", "900123487", "heliotrope", "mastoiditis", "H70",
            "zebulon@elsewhere.example", TestPeople.Password, TestPeople.AuthenticatorKey, "five days"];
        var (reception, doctor) = (await clinic.People.AddStaffAsync(Roles.Reception), await clinic.People.AddStaffAsync(Roles.Doctor));
        var administrator = await clinic.People.AddStaffAsync(Roles.Administrator);
        var (atDesk, atChart, inOffice) = (await clinic.People.ActorAsync(reception), await clinic.People.ActorAsync(doctor),
            await clinic.People.ActorAsync(administrator));
        var patientId = (await clinic.Host.Get<PatientService>().RegisterAsync(
            atDesk, new NewPatient("Zebulon", "Quillfeather", "1971-04-05", Sex.Male, Ssn: "900-12-3487",
                Email: "zebulon@elsewhere.example"), CancellationToken.None)).Value;
        await clinic.Host.Get<PatientService>().ListAsync(atDesk, new PatientQuery("900-12-3487"), CancellationToken.None);
        await clinic.Host.Get<PatientService>().ListAsync(atDesk, new PatientQuery("Quillfeather"), CancellationToken.None);
        await clinic.Host.Get<PatientService>().ShowIdentifierAsync(atDesk, patientId, IdentifierKind.Ssn, CancellationToken.None);
        await clinic.People.AssignAsync(doctor, patientId);
        var records = clinic.Host.Get<RecordService>();
        var draft = (await clinic.Host.Get<DraftService>()
            .SaveAsync(atChart, patientId, DraftService.NewRecordForm, "heliotrope", CancellationToken.None)).Value;
        var recordId = (await records.WriteOnBehalfAsync(atChart, patientId,
            new ProblemDescription("A heliotrope rash", "five days", 7, "heliotrope light") { Draft = draft },
            CancellationToken.None)).Value;
        var version = (await records.GetAsync(atChart, recordId, CancellationToken.None)).Value.Version;
        await records.SaveDiagnosisAsync(atChart, patientId, recordId,
            new DiagnosisInput("mastoiditis", "H70", Certainty.Confirmed, version), CancellationToken.None);
        await clinic.Host.Get<SignInService>()
            .PasswordAsync(Actor.Anonymous(TestPeople.Client), "zebulon@elsewhere.example", "heliotrope", CancellationToken.None);
        await clinic.Host.Get<AccountService>()
            .InviteAsync(inOffice, "Zebulon Quillfeather", "zebulon@elsewhere.example", Roles.Reception, CancellationToken.None);
        await clinic.Host.Get<AccountService>().ListAsync(inOffice, new AccountQuery("zebulon"), CancellationToken.None);
        await clinic.Host.Get<AuditService>().ListAsync(inOffice, new AuditQuery(Who: "Quillfeather"), CancellationToken.None);

        var written = string.Join('\n',
            (await new Intruder(clinic.Host).QueryAsync("SELECT * FROM \"AuditEntries\"")).SelectMany(row => row).OfType<string>());

        Assert.Contains(nameof(AuditAct.DiagnosisSaved), written, StringComparison.Ordinal);
        Assert.Contains(nameof(AuditAct.PatientSearchedBySsn), written, StringComparison.Ordinal);
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, written, StringComparison.OrdinalIgnoreCase));
    }

    private async Task<AuditEntry> OfAsync(TestPerson person, AuditAct act) =>
        Assert.Single(await AuditSamples.ReadAsync(clinic.Host), entry => entry.AccountId == person.AccountId && entry.Act == act);
}
