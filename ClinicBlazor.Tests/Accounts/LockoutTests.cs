using ClinicBlazor.Domain;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Accounts;

/// <summary>Failures are counted on the account, wherever they come from, and lock it.</summary>
[Trait("Requirement", "S2-01")]
public abstract class LockoutTests(ClinicFixture clinic)
{
    private const string Wrong = "Wrong-Password-1!";

    public sealed class OnSqlite(SqliteClinic clinic) : LockoutTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : LockoutTests(clinic), IClassFixture<PostgresClinic>;

    private SignInService SignIn => clinic.Host.Get<SignInService>();

    private static Actor Visitor => Actor.Anonymous(TestPeople.Client);

    [Fact]
    public async Task PasswordAsync_FifthFailure_LocksForThirtyMinutes()
    {
        var person = await clinic.People.AddPatientAsync();

        await FailAsync(person, 4);
        Assert.True(await CanSignInAsync(person));
        await FailAsync(person, 5);

        Assert.False(await CanSignInAsync(person));
        clinic.Host.Clock.Advance(TimeSpan.FromMinutes(30) - TimeSpan.FromSeconds(1));
        Assert.False(await CanSignInAsync(person));
        clinic.Host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(await CanSignInAsync(person));
        Assert.Equal(1, await CountAsync(person, AuditAct.AccountLocked));
    }

    [Theory]
    [InlineData(23, 60)]
    [InlineData(25, 30)]
    public async Task PasswordAsync_SecondLock_LastsLongerWithinADay(int hoursBetween, int minutes)
    {
        var person = await clinic.People.AddPatientAsync();
        await FailAsync(person, 5);
        clinic.Host.Clock.Advance(TimeSpan.FromHours(hoursBetween));

        await FailAsync(person, 5);

        clinic.Host.Clock.Advance(TimeSpan.FromMinutes(minutes) - TimeSpan.FromSeconds(1));
        Assert.False(await CanSignInAsync(person));
        clinic.Host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(await CanSignInAsync(person));
    }

    [Fact]
    public async Task SignIn_CodesAndRecoveryCodes_CountWithThePassword()
    {
        var person = await clinic.People.AddStaffAsync(Roles.Nurse);
        await FailAsync(person, 2);
        var waiting = await WaitingAsync(person);

        Assert.Null((await SignIn.SecondFactorAsync(waiting, "000000", CancellationToken.None)).Value.Session);
        Assert.Null((await SignIn.RecoveryCodeAsync(waiting, "AAAA-BBBB-CCCC-DDDD", CancellationToken.None)).Value.Session);
        Assert.Null((await SignIn.SecondFactorAsync(waiting, "000001", CancellationToken.None)).Value.Session);

        Assert.Null((await SignIn.SecondFactorAsync(waiting, CurrentCode(), CancellationToken.None)).Value.Session);
        Assert.Null((await SignIn.PasswordAsync(Visitor, person.Email, TestPeople.Password, CancellationToken.None)).Value.Session);
        Assert.Equal(1, await CountAsync(person, AuditAct.AccountLocked));
    }

    [Fact]
    [Trait("Requirement", "B-02")]
    public async Task ProveAsync_FifthFailure_LocksAndEndsTheSession()
    {
        var person = await clinic.People.AddPatientAsync();
        for (var attempt = 0; attempt < Account.FailuresUntilLock; attempt++)
        {
            await clinic.Host.Get<OwnAccountService>().ProveAsync(await clinic.People.ActorAsync(person), Wrong, CancellationToken.None);
        }

        Assert.Null(await clinic.People.FindSessionAsync(person));
        Assert.False(await CanSignInAsync(person));
    }

    [Fact]
    public async Task ChoosePasswordAsync_OfALockedAccount_LeavesItLocked()
    {
        var person = await clinic.People.AddPatientAsync();
        await FailAsync(person, 5);
        await clinic.Host.Get<RegistrationService>().RequestPasswordResetAsync(Visitor, person.Email, CancellationToken.None);
        var token = clinic.Host.Mailer.Sent.Last(mail => mail.Email == person.Email).Token!;

        var reset = await clinic.Host.Get<RegistrationService>().ChoosePasswordAsync(Visitor, token, "Another-Horse-8-Battery", CancellationToken.None);

        Assert.True(reset.IsSuccess);
        Assert.Null((await SignIn.PasswordAsync(Visitor, person.Email, "Another-Horse-8-Battery", CancellationToken.None)).Value.Session);
        clinic.Host.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.NotNull((await SignIn.PasswordAsync(Visitor, person.Email, "Another-Horse-8-Battery", CancellationToken.None)).Value.Session);
    }

    [Fact]
    public async Task UnlockAsync_ByAnAdministrator_OpensTheAccountAndKeepsTheNextLockLong()
    {
        var (person, admin) = (await clinic.People.AddPatientAsync(), await clinic.People.AddStaffAsync(Roles.Administrator));
        await FailAsync(person, 5);

        await clinic.Host.Get<AccountService>().UnlockAsync(await clinic.People.ActorAsync(admin), person.AccountId, CancellationToken.None);
        Assert.True(await CanSignInAsync(person));
        await FailAsync(person, 5);

        clinic.Host.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.False(await CanSignInAsync(person));
    }

    [Fact]
    public async Task PasswordAsync_FiveFailuresAtOnce_AreAllCounted()
    {
        var person = await clinic.People.AddPatientAsync();

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => SignIn.PasswordAsync(Visitor, person.Email, Wrong, CancellationToken.None)));

        Assert.False(await CanSignInAsync(person));
    }

    [Fact]
    [Trait("Requirement", "C-03")]
    public async Task OwnAccount_BeforeTheSecondFactor_CannotBeChanged()
    {
        var person = await clinic.People.AddStaffAsync(Roles.Nurse);
        var waiting = await WaitingAsync(person);
        var own = clinic.Host.Get<OwnAccountService>();

        Assert.Equal(ErrorKind.Denied, (await own.DisableSecondFactorAsync(waiting, TestPeople.Password, CancellationToken.None)).Error!.Kind);
        Assert.Equal(ErrorKind.Denied, (await own.RenewRecoveryCodesAsync(waiting, TestPeople.Password, CancellationToken.None)).Error!.Kind);
        Assert.Equal(ErrorKind.Denied, (await own.ChangePasswordAsync(waiting, TestPeople.Password, "Another-Horse-8-Battery", CancellationToken.None)).Error!.Kind);
        Assert.Equal(ErrorKind.Denied, (await own.ProveAsync(waiting, TestPeople.Password, CancellationToken.None)).Error!.Kind);
        Assert.Equal(ErrorKind.Denied, (await own.BeginEnrolmentAsync(waiting, "Clinic", CancellationToken.None)).Error!.Kind);
    }

    private async Task FailAsync(TestPerson person, int times)
    {
        for (var attempt = 0; attempt < times; attempt++)
        {
            Assert.Null((await SignIn.PasswordAsync(Visitor, person.Email, Wrong, CancellationToken.None)).Value.Session);
        }
    }

    private async Task<bool> CanSignInAsync(TestPerson person) =>
        (await SignIn.PasswordAsync(Visitor, person.Email, TestPeople.Password, CancellationToken.None)).Value.Session is not null;

    /// <summary>The actor of a sign-in that has given the password and waits for its code.</summary>
    private async Task<Actor> WaitingAsync(TestPerson person)
    {
        var attempt = await SignIn.PasswordAsync(Visitor, person.Email, TestPeople.Password, CancellationToken.None);
        return (await clinic.Host.Get<SessionService>().FindAsync(attempt.Value.Session!.Token, TestPeople.Client, CancellationToken.None))!.Actor;
    }

    private string CurrentCode() => new Totp(Base32.Decode(TestPeople.AuthenticatorKey), clinic.Host.Clock).ComputeTotp();

    private async Task<int> CountAsync(TestPerson person, AuditAct act)
    {
        await using var db = await clinic.Host.OpenAsync();
        return await db.AuditEntries.CountAsync(entry => entry.Act == act && entry.AccountId == person.AccountId);
    }
}
