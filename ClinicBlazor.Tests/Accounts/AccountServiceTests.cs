using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Accounts.Mail;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Accounts;

/// <summary>What administrators see and do.</summary>
public abstract class AccountServiceTests(ClinicFixture clinic)
{
    private readonly SignIns signIns = new(clinic.Host);

    public sealed class OnSqlite(SqliteClinic clinic) : AccountServiceTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : AccountServiceTests(clinic), IClassFixture<PostgresClinic>;

    private AccountService Accounts => clinic.Host.Get<AccountService>();

    [Fact]
    public async Task ListAsync_StaffAndPatients_AreListedApart()
    {
        var (administrator, patient) = (await clinic.People.AddStaffAsync(Roles.Administrator), await clinic.People.AddPatientAsync());

        Assert.Empty((await ListAsync(administrator, new AccountQuery(patient.Email))).Items);
        Assert.Equal([patient.AccountId],
            (await ListAsync(administrator, new AccountQuery(patient.Email, Roles.Patient))).Items.Select(row => row.Id));
        Assert.Empty((await ListAsync(administrator, new AccountQuery(administrator.Email, Roles.Doctor))).Items);
        Assert.Equal([administrator.AccountId],
            (await ListAsync(administrator, new AccountQuery(administrator.Email, Roles.Administrator))).Items.Select(row => row.Id));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ListAsync_FromPageToPage_ShowsEveryAccountOnceByAddress(bool descending)
    {
        var administrator = await clinic.People.AddStaffAsync(Roles.Administrator);
        for (var i = 0; i < 60; i++)
        {
            await clinic.People.AddStaffAsync(Roles.Reception);
        }

        var seen = new List<AccountRow>();
        string? after = null;
        do
        {
            var page = await ListAsync(administrator, new AccountQuery(Roles: Roles.Reception, After: after, Descending: descending));
            seen.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null);

        Assert.True(seen.Count >= 60);
        Assert.Equal(seen.Count, seen.Select(row => row.Id).Distinct().Count());
        var upwards = seen.Select(row => row.Email).Order(StringComparer.OrdinalIgnoreCase);
        Assert.Equal(descending ? upwards.Reverse() : upwards, seen.Select(row => row.Email));
    }

    [Theory]
    [InlineData("%")]
    [InlineData("--")]
    [InlineData("no such person")]
    public async Task ListAsync_SearchThatFitsNobody_IsEmpty(string search)
    {
        var administrator = await clinic.People.AddStaffAsync(Roles.Administrator);

        Assert.Empty((await ListAsync(administrator, new AccountQuery(search))).Items);
    }

    [Fact]
    public async Task ListAsync_OneRow_TellsHowTheAccountStands()
    {
        var (administrator, nurse) = (await clinic.People.AddStaffAsync(Roles.Administrator),
            await clinic.People.AddStaffAsync(Roles.Nurse | Roles.Reception));
        await clinic.People.SignInAgainAsync(nurse);
        await signIns.CompleteAsync(nurse);
        var signedIn = clinic.Host.Clock.GetUtcNow();
        await signIns.FailAsync(nurse, 5);

        var row = Assert.Single((await ListAsync(administrator, new AccountQuery(nurse.Email))).Items);

        Assert.Equal((Roles.Nurse | Roles.Reception, AccountStatus.Active, true, false),
            (row.Roles, row.Status, row.TwoFactorEnabled, row.IsSelf));
        Assert.Equal((clinic.Host.Clock.GetUtcNow().AddMinutes(30), signedIn, 3), (row.LockedUntil, row.LastSignInAt, row.OpenSessions));
        Assert.True(Assert.Single((await ListAsync(administrator, new AccountQuery(administrator.Email))).Items).IsSelf);
    }

    [Fact]
    [Trait("Requirement", "S0-05")]
    [Trait("Requirement", "C-03")]
    public async Task InviteAsync_SomebodyNew_LeadsThroughTheMailToEnrolment()
    {
        var administrator = await clinic.People.AddStaffAsync(Roles.Administrator);

        var id = await Accounts.InviteAsync(await clinic.People.ActorAsync(administrator), "  Sam   Sand ", "sam.sand@test.example",
            Roles.Reception, CancellationToken.None);

        var mail = Assert.Single(await clinic.Host.SentAsync(), mail => mail.Email == "sam.sand@test.example");
        Assert.Equal(AccountMailKind.Invitation, mail.Kind);
        var invited = new TestPerson(id.Value, mail.Email, "", null);
        Assert.Equal(AccountStatus.Invited, (await signIns.AccountAsync(invited)).Status);
        Assert.Null(await signIns.PasswordAsync(invited));
        Assert.True(
            (await clinic.Host.Get<RegistrationService>()
            .ChoosePasswordAsync(Actor.Anonymous(TestPeople.Client), mail.Token!, TestPeople.Password, CancellationToken.None)).IsSuccess);
        Assert.Equal(SessionStage.AwaitingEnrolment, (await signIns.PasswordAsync(invited))!.Stage);
    }

    [Fact]
    public async Task InviteAsync_LinkOlderThanThreeDays_OpensNothing()
    {
        var administrator = await clinic.People.AddStaffAsync(Roles.Administrator);
        await Accounts.InviteAsync(await clinic.People.ActorAsync(administrator), "Tara Tell", "tara.tell@test.example", Roles.Reception,
            CancellationToken.None);
        var link = (await clinic.Host.SentAsync()).Single(mail => mail.Email == "tara.tell@test.example").Token!;
        clinic.Host.Clock.Advance(TimeSpan.FromHours(AccountTokens.InvitationHours));

        var result = await clinic.Host.Get<RegistrationService>()
            .ChoosePasswordAsync(Actor.Anonymous(TestPeople.Client), link, TestPeople.Password, CancellationToken.None);

        Assert.Equal(ErrorKind.NotFound, result.Error?.Kind);
    }

    [Theory]
    [InlineData("", "a@test.example", Roles.Nurse, "DisplayName")]
    [InlineData("Udo Urban", "udo", Roles.Nurse, "Email")]
    [InlineData("Udo Urban", "udo@test.example", Roles.None, "Roles")]
    [InlineData("Udo Urban", "udo@test.example", Roles.Patient, "Roles")]
    [InlineData("Udo Urban", "udo@test.example", Roles.Nurse | Roles.Patient, "Roles")]
    public async Task InviteAsync_InputThatBreaksARule_IsRefusedBesideItsField(string name, string email, Roles roles, string field)
    {
        var administrator = await clinic.People.AddStaffAsync(Roles.Administrator);

        var result = await Accounts.InviteAsync(await clinic.People.ActorAsync(administrator), name, email, roles, CancellationToken.None);

        Assert.Equal(ErrorKind.Invalid, result.Error!.Kind);
        Assert.Equal([field], result.Error.Fields.Select(finding => finding.Field));
        Assert.DoesNotContain(await clinic.Host.SentAsync(), mail => mail.Email == email);
    }

    [Fact]
    public async Task InviteAsync_AddressThatIsTaken_IsRefusedHoweverItIsWritten()
    {
        var (administrator, nurse) = (await clinic.People.AddStaffAsync(Roles.Administrator),
            await clinic.People.AddStaffAsync(Roles.Nurse));

        var result = await Accounts.InviteAsync(await clinic.People.ActorAsync(administrator), "Udo Urban", nurse.Email.ToUpperInvariant(),
            Roles.Nurse, CancellationToken.None);

        Assert.Equal("Email", Assert.Single(result.Error!.Fields).Field);
    }

    [Fact]
    public async Task OwnAccount_OfAnAdministrator_CannotBeTakenAway()
    {
        var administrator = await clinic.People.AddStaffAsync(Roles.Administrator | Roles.Reception);
        var actor = await clinic.People.ActorAsync(administrator);

        Assert.Equal(ErrorKind.Invalid,
            (await Accounts.DeactivateAsync(actor, administrator.AccountId, CancellationToken.None)).Error?.Kind);
        Assert.Equal(ErrorKind.Invalid,
            (await Accounts.ChangeRolesAsync(actor, administrator.AccountId, Roles.Reception, CancellationToken.None)).Error?.Kind);
        Assert.Equal(ErrorKind.Invalid,
            (await Accounts.ChangeRolesAsync(actor, administrator.AccountId, Roles.Administrator, CancellationToken.None)).Error?.Kind);
        Assert.Equal(ErrorKind.Invalid,
            (await Accounts.ResetSecondFactorAsync(actor, administrator.AccountId, CancellationToken.None)).Error?.Kind);

        var account = await signIns.AccountAsync(administrator);
        Assert.Equal((AccountStatus.Active, Roles.Administrator | Roles.Reception, true),
            (account.Status, account.Roles, account.TwoFactorEnabled));
        Assert.NotNull(await clinic.People.FindSessionAsync(administrator));
    }

    [Theory]
    [InlineData(Roles.Nurse)]
    [InlineData(Roles.Patient | Roles.Doctor)]
    [InlineData(Roles.None)]
    [Trait("Requirement", "S0-01")]
    public async Task ChangeRolesAsync_OfAPatient_IsRefused(Roles roles)
    {
        var (administrator, patient) = (await clinic.People.AddStaffAsync(Roles.Administrator), await clinic.People.AddPatientAsync());

        Assert.Equal(ErrorKind.Invalid,
            (await Accounts.ChangeRolesAsync(await clinic.People.ActorAsync(administrator), patient.AccountId, roles,
            CancellationToken.None)).Error?.Kind);

        Assert.Equal(Roles.Patient, (await clinic.People.ActorAsync(patient)).Roles);
    }

    [Fact]
    [Trait("Requirement", "S0-01")]
    public async Task ChangeRolesAsync_OfStaffToPatient_IsRefused()
    {
        var (administrator, nurse) = (await clinic.People.AddStaffAsync(Roles.Administrator),
            await clinic.People.AddStaffAsync(Roles.Nurse));

        Assert.Equal(ErrorKind.Invalid,
            (await Accounts.ChangeRolesAsync(await clinic.People.ActorAsync(administrator), nurse.AccountId, Roles.Nurse | Roles.Patient,
            CancellationToken.None)).Error?.Kind);
    }

    [Fact]
    [Trait("Requirement", "S2-13")]
    public async Task Changes_OfAnAccount_AreAuditedWithWhomTheyWereAbout()
    {
        var (administrator, nurse) = (await clinic.People.AddStaffAsync(Roles.Administrator),
            await clinic.People.AddStaffAsync(Roles.Nurse));
        var actor = await clinic.People.ActorAsync(administrator);
        await Accounts.UnlockAsync(actor, nurse.AccountId, CancellationToken.None);
        await Accounts.ChangeRolesAsync(actor, nurse.AccountId, Roles.Reception, CancellationToken.None);
        await Accounts.EndSessionsAsync(actor, nurse.AccountId, CancellationToken.None);
        await Accounts.ResetSecondFactorAsync(actor, nurse.AccountId, CancellationToken.None);
        await Accounts.DeactivateAsync(actor, nurse.AccountId, CancellationToken.None);
        await Accounts.ReactivateAsync(actor, nurse.AccountId, CancellationToken.None);

        await using var db = await clinic.Host.OpenAsync();
        var acts = db.Set<AuditEntry>().Where(entry => entry.AccountId == administrator.AccountId && entry.SubjectId == nurse.AccountId)
            .Select(entry => entry.Act).ToHashSet();

        Assert.Superset(
            new HashSet<AuditAct> { AuditAct.AccountUnlocked, AuditAct.RolesChanged, AuditAct.SessionEnded, AuditAct.SecondFactorReset,
                AuditAct.AccountDeactivated, AuditAct.AccountReactivated },
            acts);
    }

    private async Task<Page<AccountRow>> ListAsync(TestPerson administrator, AccountQuery query) =>
        (await Accounts.ListAsync(await clinic.People.ActorAsync(administrator), query, CancellationToken.None)).Value;
}
