using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Accounts;

/// <summary>The session row is the truth: what ends there has ended everywhere, at the next look.</summary>
public abstract class SessionTests(ClinicFixture clinic)
{
    private readonly SignIns signIns = new(clinic.Host);

    public sealed class OnSqlite(SqliteClinic clinic) : SessionTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : SessionTests(clinic), IClassFixture<PostgresClinic>;

    [Fact]
    [Trait("Requirement", "S0-03")]
    public async Task FindAsync_StaffSession_EndsAfterTwelveHours()
    {
        var nurse = await clinic.People.AddStaffAsync(Roles.Nurse);

        await AssertEndsAfterAsync(nurse, TimeSpan.FromHours(12));
    }

    [Fact]
    [Trait("Requirement", "S0-03")]
    public async Task FindAsync_PatientSession_EndsAfterTwoHours()
    {
        var patient = await clinic.People.AddPatientAsync();

        await AssertEndsAfterAsync(patient, TimeSpan.FromHours(2));
    }

    [Fact]
    public async Task FindAsync_SessionThatWaitsForTheSecondFactor_EndsAfterFifteenMinutes()
    {
        var nurse = await clinic.People.AddStaffAsync(Roles.Nurse);
        var waiting = (await signIns.PasswordAsync(nurse))!;

        clinic.Host.Clock.Advance(TimeSpan.FromMinutes(15));

        Assert.Null(await signIns.FindAsync(waiting));
    }

    [Fact]
    [Trait("Requirement", "S4-03")]
    public async Task DeactivateAsync_OfAnAccount_EndsItsSessionsForGood()
    {
        var (nurse, administrator) = await ArrangeAsync();
        var second = await clinic.People.SignInAgainAsync(nurse);

        Assert.True((await Accounts.DeactivateAsync(await clinic.People.ActorAsync(administrator), nurse.AccountId, CancellationToken.None))
            .IsSuccess);

        Assert.Null(await clinic.People.FindSessionAsync(nurse));
        Assert.Null(await clinic.People.FindSessionAsync(second));
        Assert.Null(await signIns.PasswordAsync(nurse));
        await Accounts.ReactivateAsync(await clinic.People.ActorAsync(administrator), nurse.AccountId, CancellationToken.None);
        Assert.Null(await clinic.People.FindSessionAsync(nurse));
        Assert.NotNull(await signIns.PasswordAsync(nurse));
    }

    [Fact]
    [Trait("Requirement", "S4-03")]
    public async Task ChangeRolesAsync_OfSomebodySignedIn_ShowsAtTheNextLook()
    {
        var (nurse, administrator) = await ArrangeAsync();

        Assert.True(
            (await Accounts.ChangeRolesAsync(await clinic.People.ActorAsync(administrator), nurse.AccountId, Roles.Nurse | Roles.Reception,
            CancellationToken.None)).IsSuccess);

        Assert.Equal(Roles.Nurse | Roles.Reception, (await clinic.People.ActorAsync(nurse)).Roles);
    }

    [Fact]
    [Trait("Requirement", "C-03")]
    [Trait("Requirement", "S4-03")]
    public async Task ResetSecondFactorAsync_OfSomebodySignedIn_EndsTheSessionsAndTheCodes()
    {
        var (nurse, administrator) = await ArrangeAsync();
        var codes = (await clinic.Host.Get<OwnAccountService>()
            .RenewRecoveryCodesAsync(await clinic.People.ActorAsync(nurse), TestPeople.Password, CancellationToken.None)).Value;

        Assert.True(
            (await Accounts.ResetSecondFactorAsync(await clinic.People.ActorAsync(administrator), nurse.AccountId, CancellationToken.None))
            .IsSuccess);

        Assert.Null(await clinic.People.FindSessionAsync(nurse));
        Assert.Null(await signIns.RecoveryCodeAsync((await signIns.PasswordAsync(nurse))!, codes[0]));
        Assert.Null((await signIns.AccountAsync(nurse)).AuthenticatorKey);
    }

    [Fact]
    [Trait("Requirement", "S4-03")]
    public async Task EndSessionsAsync_OfAnAccount_EndsAllOfThemAndNobodyElses()
    {
        var (nurse, administrator) = await ArrangeAsync();
        var (second, bystander) = (await clinic.People.SignInAgainAsync(nurse), await clinic.People.AddStaffAsync(Roles.Nurse));

        Assert.True(
            (await Accounts.EndSessionsAsync(await clinic.People.ActorAsync(administrator), nurse.AccountId, CancellationToken.None))
            .IsSuccess);

        Assert.Null(await clinic.People.FindSessionAsync(nurse));
        Assert.Null(await clinic.People.FindSessionAsync(second));
        Assert.NotNull(await clinic.People.FindSessionAsync(bystander));
        Assert.NotNull(await clinic.People.FindSessionAsync(administrator));
    }

    [Fact]
    [Trait("Requirement", "S4-03")]
    public async Task SignOutAsync_OneSession_LeavesTheOthers()
    {
        var (nurse, _) = await ArrangeAsync();
        var second = await clinic.People.SignInAgainAsync(nurse);

        await clinic.Host.Get<SessionService>().SignOutAsync(await clinic.People.ActorAsync(second));

        Assert.Null(await clinic.People.FindSessionAsync(second));
        Assert.NotNull(await clinic.People.FindSessionAsync(nurse));
    }

    [Fact]
    public async Task ChangePasswordAsync_ByItsOwner_EndsEveryOtherSession()
    {
        var (nurse, _) = await ArrangeAsync();
        var second = await clinic.People.SignInAgainAsync(nurse);

        Assert.True((await clinic.Host.Get<OwnAccountService>().ChangePasswordAsync(
            await clinic.People.ActorAsync(second), TestPeople.Password, "Another-Horse-8-Battery", CancellationToken.None)).IsSuccess);

        Assert.Null(await clinic.People.FindSessionAsync(nurse));
        Assert.NotNull(await clinic.People.FindSessionAsync(second));
    }

    [Fact]
    [Trait("Requirement", "S4-02")]
    public async Task Session_AsItIsStored_HoldsAHashThatOpensNothing()
    {
        var nurse = await clinic.People.AddStaffAsync(Roles.Nurse);
        await using var db = await clinic.Host.OpenAsync();

        var row = await db.Set<Session>().SingleAsync(session => session.AccountId == nurse.AccountId);

        Assert.Equal(32, row.TokenHash.Length);
        Assert.Equal((TestPeople.Client.Address, TestPeople.Client.UserAgent), (row.Address, row.UserAgent));
        Assert.Null(
            await clinic.People.FindSessionAsync(
            nurse with { SessionToken = System.Buffers.Text.Base64Url.EncodeToString(row.TokenHash) }));
        Assert.Null(await clinic.People.FindSessionAsync(nurse with { SessionToken = row.Id.ToString() }));
    }

    private AccountService Accounts => clinic.Host.Get<AccountService>();

    private async Task<(TestPerson Nurse, TestPerson Administrator)> ArrangeAsync() =>
        (await clinic.People.AddStaffAsync(Roles.Nurse), await clinic.People.AddStaffAsync(Roles.Administrator));

    private async Task AssertEndsAfterAsync(TestPerson person, TimeSpan life)
    {
        clinic.Host.Clock.Advance(life - TimeSpan.FromSeconds(1));
        await clinic.People.StirAsync(person);
        Assert.NotNull(await clinic.People.FindSessionAsync(person));
        clinic.Host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await clinic.People.FindSessionAsync(person));
    }
}
