using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Accounts.Grants;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Accounts;

/// <summary>A mailed link dies with what it was made for, and staff are invited by administrators alone.</summary>
[Trait("Requirement", "S0-05")]
public abstract class MailedLinkEndTests(ClinicFixture clinic)
{
    private const string NewPassword = "Purple-Kettle-42-Sings";

    private static readonly Actor Anybody = Actor.Anonymous(TestPeople.Client);

    public sealed class OnSqlite(SqliteClinic clinic) : MailedLinkEndTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : MailedLinkEndTests(clinic), IClassFixture<PostgresClinic>;

    private RegistrationService Registration => clinic.Host.Get<RegistrationService>();

    private AccountService Accounts => clinic.Host.Get<AccountService>();

    [Fact]
    public async Task Reset_AfterThePasswordWasChanged_OpensNothing()
    {
        var nurse = await clinic.People.AddStaffAsync(Roles.Nurse);
        var link = await AskForResetAsync(nurse.Email);

        Assert.True(
            (await clinic.Host.Get<OwnAccountService>()
            .ChangePasswordAsync(await clinic.People.ActorAsync(nurse), TestPeople.Password, NewPassword, default)).IsSuccess);

        await AssertDeadAsync(link);
    }

    [Fact]
    public async Task Reset_AfterTheAccountWasSwitchedOffAndOn_OpensNothing()
    {
        var nurse = await clinic.People.AddStaffAsync(Roles.Nurse);
        var link = await AskForResetAsync(nurse.Email);

        Assert.True((await Accounts.DeactivateAsync(await AdministratorAsync(), nurse.AccountId, default)).IsSuccess);
        Assert.True((await Accounts.ReactivateAsync(await AdministratorAsync(), nurse.AccountId, default)).IsSuccess);

        await AssertDeadAsync(link);
    }

    [Fact]
    public async Task Invitation_AfterTheRolesWereChanged_OpensNothing()
    {
        var id = await InviteNurseAsync("Rosa Role", "rosa@test.example");
        var link = await LinkToAsync("rosa@test.example");

        Assert.True((await Accounts.ChangeRolesAsync(await AdministratorAsync(), id, Roles.Reception, default)).IsSuccess);

        await AssertDeadAsync(link);
        await AssertOpensAsync(await LinkToAsync("rosa@test.example"));
    }

    [Fact]
    public async Task Invitation_AfterTheAccountWasSwitchedOffAndOn_ComesAnewOnceItsRolesAreConfirmed()
    {
        var id = await InviteNurseAsync("Olga Onoff", "olga@test.example");
        var link = await LinkToAsync("olga@test.example");
        Assert.True((await Accounts.DeactivateAsync(await AdministratorAsync(), id, default)).IsSuccess);
        Assert.True((await Accounts.ReactivateAsync(await AdministratorAsync(), id, default)).IsSuccess);
        await AssertDeadAsync(link);
        Assert.Equal(link, await LinkToAsync("olga@test.example"));

        await ConfirmRolesAsync(id);

        await AssertOpensAsync(await LinkToAsync("olga@test.example"));
    }

    [Fact]
    public async Task Link_OfAnotherAccount_OpensNothing()
    {
        var (own, other) = (await clinic.People.AddStaffAsync(Roles.Nurse), await clinic.People.AddStaffAsync(Roles.Nurse));
        var (mine, theirs) = (await AskForResetAsync(own.Email), await AskForResetAsync(other.Email));

        await AssertDeadAsync(theirs[..22] + mine[22..]);
        await AssertOpensAsync(mine);
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public Task Link_ThatWasMadeUp_OpensNothing(string link) => AssertDeadAsync(link);

    [Fact]
    public async Task RegisterAsync_AddressOfAnInvitedMemberOfStaff_SendsNoLink()
    {
        await InviteNurseAsync("Nina Newnurse", "nina.new@test.example");
        clinic.Host.Clock.Advance(TimeSpan.FromHours(AccountTokens.InvitationHours + 1));
        var before = await MailsToAsync("nina.new@test.example");

        Assert.True((await Registration.RegisterAsync(Anybody, "Nina Newnurse", "nina.new@test.example", default)).IsSuccess);

        Assert.Equal(before, await MailsToAsync("nina.new@test.example"));
    }

    [Fact]
    public async Task InviteAsync_AddressThatAStrangerRegistered_InvitesAllTheSameAndEndsTheStrangersLink()
    {
        await Registration.RegisterAsync(Anybody, "Sly Stranger", "future@test.example", default);
        var strangers = await LinkToAsync("future@test.example");

        var invited = await InviteNurseAsync("Fay Future", "future@test.example");

        await AssertDeadAsync(strangers);
        await AssertOpensAsync(await LinkToAsync("future@test.example"));
        await using var db = await clinic.Host.OpenAsync();
        var account = db.Set<Account>().Single(row => row.Id == invited);
        Assert.Equal(("Fay Future", Roles.Nurse, AccountStatus.Active), (account.DisplayName, account.Roles, account.Status));
    }

    private async Task<Actor> AdministratorAsync() =>
        await clinic.People.ActorAsync(await clinic.People.AddStaffAsync(Roles.Administrator));

    private async Task<Guid> InviteNurseAsync(string name, string email)
    {
        var invited = await Accounts.InviteAsync(await AdministratorAsync(), name, email, Roles.Nurse, default);
        Assert.True(invited.IsSuccess);
        await ConfirmRolesAsync(invited.Value);
        return invited.Value;
    }

    /// <summary>Somebody else confirms what waits; the first clinical account of a clinic does not wait.</summary>
    private async Task ConfirmRolesAsync(Guid id)
    {
        var (grants, second) = (clinic.Host.Get<RoleGrantService>(), await AdministratorAsync());
        if ((await grants.ListAsync(second, default)).Value.SingleOrDefault(waiting => waiting.AccountId == id) is { } given)
        {
            Assert.True((await grants.ConfirmAsync(second, given.AccountId, given.Id, default)).IsSuccess);
        }
    }

    private async Task<string> AskForResetAsync(string email)
    {
        await Registration.RequestPasswordResetAsync(Anybody, email, default);
        return await LinkToAsync(email);
    }

    private async Task<string> LinkToAsync(string email) =>
        (await clinic.Host.SentAsync()).Last(mail => mail.Email == email && mail.Token is not null).Token!;

    private async Task<int> MailsToAsync(string email) => (await clinic.Host.SentAsync()).Count(mail => mail.Email == email);

    private async Task AssertOpensAsync(string link) =>
        Assert.True((await Registration.ChoosePasswordAsync(Anybody, link, NewPassword, default)).IsSuccess);

    private async Task AssertDeadAsync(string link) =>
        Assert.Equal(ErrorKind.NotFound, (await Registration.ChoosePasswordAsync(Anybody, link, NewPassword, default)).Error?.Kind);
}
