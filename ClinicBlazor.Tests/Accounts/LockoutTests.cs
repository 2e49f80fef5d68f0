using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Tests.Accounts;

/// <summary>Five failures lock for half an hour, a second time within a day for an hour, whatever it was that failed.</summary>
[Trait("Requirement", "S2-01")]
public abstract class LockoutTests(ClinicFixture clinic)
{
    private readonly SignIns signIns = new(clinic.Host);

    public sealed class OnSqlite(SqliteClinic clinic) : LockoutTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : LockoutTests(clinic), IClassFixture<PostgresClinic>;

    [Fact]
    public async Task PasswordAsync_AfterFiveFailures_IsRefusedForThirtyMinutes()
    {
        var nurse = await clinic.People.AddStaffAsync(Roles.Nurse);
        await signIns.FailAsync(nurse, 4);
        Assert.NotNull(await signIns.PasswordAsync(nurse));

        await signIns.FailAsync(nurse, 1);

        await AssertLockedForAsync(nurse, TimeSpan.FromMinutes(30));
    }

    [Fact]
    public async Task PasswordAsync_LockedASecondTimeWithinADay_IsRefusedForAnHour()
    {
        var nurse = await clinic.People.AddStaffAsync(Roles.Nurse);
        await signIns.FailAsync(nurse, 5);
        clinic.Host.Clock.Advance(TimeSpan.FromHours(23));

        await signIns.FailAsync(nurse, 5);

        await AssertLockedForAsync(nurse, TimeSpan.FromMinutes(60));
    }

    [Fact]
    public async Task PasswordAsync_LockedAgainAfterADay_IsRefusedForThirtyMinutes()
    {
        var nurse = await clinic.People.AddStaffAsync(Roles.Nurse);
        await signIns.FailAsync(nurse, 5);
        clinic.Host.Clock.Advance(TimeSpan.FromHours(24));

        await signIns.FailAsync(nurse, 5);

        await AssertLockedForAsync(nurse, TimeSpan.FromMinutes(30));
    }

    [Fact]
    public async Task PasswordAsync_FailuresOlderThanAnHour_NoLongerCount()
    {
        var nurse = await clinic.People.AddStaffAsync(Roles.Nurse);
        await signIns.FailAsync(nurse, 2);
        clinic.Host.Clock.Advance(TimeSpan.FromMinutes(40));
        await signIns.FailAsync(nurse, 2);
        clinic.Host.Clock.Advance(TimeSpan.FromMinutes(20));

        await signIns.FailAsync(nurse, 2);
        Assert.NotNull(await signIns.PasswordAsync(nurse));
        await signIns.FailAsync(nurse, 1);

        await AssertLockedForAsync(nurse, TimeSpan.FromMinutes(30));
    }

    [Fact]
    public async Task PasswordAsync_FailuresWhileLocked_DoNotProlongIt()
    {
        var nurse = await clinic.People.AddStaffAsync(Roles.Nurse);
        await signIns.FailAsync(nurse, 5);
        clinic.Host.Clock.Advance(TimeSpan.FromMinutes(10));

        await signIns.FailAsync(nurse, 10);

        await AssertLockedForAsync(nurse, TimeSpan.FromMinutes(20));
    }

    [Fact]
    public async Task SecondFactorAndRecoveryCode_WhenTheyFail_CountAsWell()
    {
        var nurse = await clinic.People.AddStaffAsync(Roles.Nurse);
        await signIns.FailAsync(nurse, 2);
        var waiting = (await signIns.PasswordAsync(nurse))!;

        Assert.Null(await signIns.CodeAsync(waiting, "000000"));
        Assert.Null(await signIns.CodeAsync(waiting, "not a code"));
        Assert.False((await signIns.AccountAsync(nurse)).IsLocked(clinic.Host.Clock.GetUtcNow()));
        Assert.Null(await signIns.RecoveryCodeAsync(waiting, "AAAA-AAAA-AAAA-AAAA"));

        Assert.Null(await signIns.CodeAsync(waiting, signIns.Code()));
        await AssertLockedForAsync(nurse, TimeSpan.FromMinutes(30));
    }

    [Fact]
    public async Task PasswordAsync_RightPasswordAlone_ForgetsNoFailures()
    {
        var nurse = await clinic.People.AddStaffAsync(Roles.Nurse);
        await signIns.FailAsync(nurse, 4);
        var waiting = (await signIns.PasswordAsync(nurse))!;

        Assert.Null(await signIns.CodeAsync(waiting, "000000"));

        await AssertLockedForAsync(nurse, TimeSpan.FromMinutes(30));
    }

    [Fact]
    public async Task SecondFactorAsync_CompleteSignIn_ForgetsFailures()
    {
        var nurse = await clinic.People.AddStaffAsync(Roles.Nurse);
        await signIns.FailAsync(nurse, 4);
        Assert.NotNull(await signIns.CompleteAsync(nurse));

        await signIns.FailAsync(nurse, 4);

        Assert.NotNull(await signIns.PasswordAsync(nurse));
    }

    [Fact]
    public async Task UnlockAsync_ByAnAdministrator_OpensAtOnceAndLeavesTheLongerLockDue()
    {
        var (nurse, administrator) = (await clinic.People.AddStaffAsync(Roles.Nurse),
            await clinic.People.AddStaffAsync(Roles.Administrator));
        await signIns.FailAsync(nurse, 5);

        Assert.True(
            (await clinic.Host.Get<AccountService>()
            .UnlockAsync(await clinic.People.ActorAsync(administrator), nurse.AccountId, CancellationToken.None)).IsSuccess);

        Assert.NotNull(await signIns.PasswordAsync(nurse));
        await signIns.FailAsync(nurse, 5);
        await AssertLockedForAsync(nurse, TimeSpan.FromMinutes(60));
    }

    [Fact]
    public async Task ChoosePasswordAsync_WhileLocked_DoesNotUnlock()
    {
        const string NewPassword = "Another-Horse-8-Battery";
        var nurse = await clinic.People.AddStaffAsync(Roles.Nurse);
        var (registration, anybody) = (clinic.Host.Get<RegistrationService>(), Actor.Anonymous(TestPeople.Client));
        await signIns.FailAsync(nurse, 5);
        await registration.RequestPasswordResetAsync(anybody, nurse.Email, CancellationToken.None);
        var link = (await clinic.Host.SentAsync()).Single(mail => mail.Email == nurse.Email).Token!;

        Assert.True((await registration.ChoosePasswordAsync(anybody, link, NewPassword, CancellationToken.None)).IsSuccess);

        await AssertLockedForAsync(nurse, TimeSpan.FromMinutes(30), NewPassword);
    }

    [Fact]
    public async Task PasswordAsync_AfterARestart_StillCountsAndStillRefuses()
    {
        var (locked, counted) = (await clinic.People.AddStaffAsync(Roles.Nurse), await clinic.People.AddStaffAsync(Roles.Nurse));
        await signIns.FailAsync(locked, 5);
        await signIns.FailAsync(counted, 4);

        await using (var restarted = await clinic.Host.StartAgainAsync())
        {
            Assert.Null(await PasswordAsync(restarted, locked, TestPeople.Password));
            Assert.Null(await PasswordAsync(restarted, counted, "not the password"));
            Assert.Null(await PasswordAsync(restarted, counted, TestPeople.Password));
        }

        await AssertLockedForAsync(locked, TimeSpan.FromMinutes(30));
    }

    [Fact]
    [Trait("Requirement", "S2-04")]
    public async Task PasswordAsync_UnknownWrongLockedAndSwitchedOff_AllAnswerTheSame()
    {
        var (known, locked, off) = (await clinic.People.AddStaffAsync(Roles.Nurse), await clinic.People.AddStaffAsync(Roles.Nurse),
            await clinic.People.AddStaffAsync(Roles.Nurse));
        var administrator = await clinic.People.AddStaffAsync(Roles.Administrator);
        await signIns.FailAsync(locked, 5);
        await clinic.Host.Get<AccountService>()
            .DeactivateAsync(await clinic.People.ActorAsync(administrator), off.AccountId, CancellationToken.None);
        var service = clinic.Host.Get<SignInService>();
        (string Email, string Password)[] attempts =
            [("nobody@test.example", TestPeople.Password), (known.Email, "not the password"), (locked.Email, TestPeople.Password),
                (off.Email, TestPeople.Password)];

        foreach (var (email, password) in attempts)
        {
            var answer = await service.PasswordAsync(Actor.Anonymous(TestPeople.Client), email, password, CancellationToken.None);
            Assert.Same(SignInAttempt.Failed, answer.Value);
        }
    }

    [Fact]
    public async Task PasswordAsync_ManyWrongPasswordsAtOnce_LockOnceAndForTheShorterTime()
    {
        var nurse = await clinic.People.AddStaffAsync(Roles.Nurse);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => signIns.PasswordAsync(nurse, "not the password"))));

        var entries = await signIns.EntriesAsync(nurse);
        Assert.Equal(8, entries.Count(entry => entry == (AuditAct.SignIn, AuditOutcome.Failed)));
        Assert.Single(entries, entry => entry == (AuditAct.AccountLocked, AuditOutcome.Done));
        await AssertLockedForAsync(nurse, TimeSpan.FromMinutes(30));
    }

    private static async Task<StartedSession?> PasswordAsync(ServiceProvider instance, TestPerson person, string password) =>
        (await instance.GetRequiredService<SignInService>()
            .PasswordAsync(Actor.Anonymous(TestPeople.Client), person.Email, password, CancellationToken.None)).Value.Session;

    /// <summary>The right password is refused until a second before the end, and taken at the end.</summary>
    private async Task AssertLockedForAsync(TestPerson person, TimeSpan time, string password = TestPeople.Password)
    {
        clinic.Host.Clock.Advance(time - TimeSpan.FromSeconds(1));
        Assert.Null(await signIns.PasswordAsync(person, password));
        clinic.Host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull(await signIns.PasswordAsync(person, password));
    }
}
