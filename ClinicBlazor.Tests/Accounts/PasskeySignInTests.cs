using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Accounts;

/// <summary>Whom a verified signature lets in, and what every other one costs.</summary>
[Trait("Requirement", "B-01")]
public abstract class PasskeySignInTests(ClinicFixture clinic)
{
    private readonly SignIns signIns = new(clinic.Host);

    public sealed class OnSqlite(SqliteClinic clinic) : PasskeySignInTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : PasskeySignInTests(clinic), IClassFixture<PostgresClinic>;

    [Fact]
    [Trait("Requirement", "S4-02")]
    public async Task PasskeyAsync_WithARightSignature_BeginsAFullSessionAndRemembersTheUse()
    {
        var nurse = await clinic.People.AddStaffAsync(Roles.Nurse);
        var passkey = await AddAsync(nurse);
        await signIns.FailAsync(nurse, 4);
        clinic.Host.Clock.Advance(TimeSpan.FromSeconds(1));

        var session = await UseAsync(passkey, signCount: 7);

        Assert.Equal(SessionStage.Full, session!.Stage);
        Assert.Equal(Roles.Nurse, (await signIns.FindAsync(session))!.Actor.Roles);
        Assert.Equal(0, (await signIns.AccountAsync(nurse)).AccessFailedCount);
        Assert.Equal((AuditAct.PasskeyUsed, AuditOutcome.Done), (await signIns.EntriesAsync(nurse))[^1]);
        var stored = await StoredAsync(passkey);
        Assert.Equal((7, clinic.Host.Clock.GetUtcNow()), (stored.SignCount, stored.LastUsedAt));
    }

    [Fact]
    [Trait("Requirement", "S2-01")]
    public async Task PasskeyAsync_WithFiveWrongSignatures_LocksTheAccount()
    {
        var nurse = await clinic.People.AddStaffAsync(Roles.Nurse);
        var passkey = await AddAsync(nurse);
        for (var attempt = 0; attempt < Account.FailuresUntilLock; attempt++)
        {
            Assert.Null(await FailAsync(passkey));
        }

        Assert.Null(await UseAsync(passkey, signCount: 2));

        Assert.True((await signIns.AccountAsync(nurse)).IsLocked(clinic.Host.Clock.GetUtcNow()));
        Assert.Null(await signIns.PasswordAsync(nurse));
        var entries = await signIns.EntriesAsync(nurse);
        Assert.Equal(6, entries.Count(entry => entry == (AuditAct.PasskeyUsed, AuditOutcome.Failed)));
        Assert.Contains((AuditAct.AccountLocked, AuditOutcome.Done), entries);
    }

    [Theory]
    [InlineData(5, 5, false)]
    [InlineData(5, 4, false)]
    [InlineData(5, 0, false)]
    [InlineData(5, 6, true)]
    [InlineData(0, 0, true)]
    [InlineData(0, 1, true)]
    public async Task PasskeyAsync_WithACount_WantsItHigherThanTheLastOne(long stored, long said, bool accepted)
    {
        var nurse = await clinic.People.AddStaffAsync(Roles.Nurse);
        var passkey = await AddAsync(nurse, TestPasskeys.New() with { SignCount = stored });

        var session = await UseAsync(passkey, said);

        Assert.Equal(accepted, session is not null);
        Assert.Equal(accepted ? said : stored, (await StoredAsync(passkey)).SignCount);
        Assert.Equal((AuditAct.PasskeyUsed, accepted ? AuditOutcome.Done : AuditOutcome.Failed), (await signIns.EntriesAsync(nurse))[^1]);
        Assert.Equal(accepted ? 0 : 1, (await signIns.AccountAsync(nurse)).AccessFailedCount);
    }

    [Fact]
    public async Task PasskeyAsync_WithAChallengeThatWasAnswered_IsRefusedThoughTheAuthenticatorDoesNotCount()
    {
        var passkey = await AddAsync(await clinic.People.AddStaffAsync(Roles.Nurse), TestPasskeys.New() with { SignCount = 0 });
        var challengedAt = clinic.Host.Clock.GetUtcNow();
        clinic.Host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull(await UseAsync(passkey, signCount: 0, challengedAt));

        Assert.Null(await UseAsync(passkey, signCount: 0, challengedAt));

        clinic.Host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull(await UseAsync(passkey, signCount: 0, clinic.Host.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task PasskeyAsync_OneChallengeAnsweredByTwoDevices_LetsTheFirstIn()
    {
        var nurse = await clinic.People.AddStaffAsync(Roles.Nurse);
        var (phone, laptop) = (await AddAsync(nurse), await AddAsync(nurse));
        var challenge = TestPasskeys.Challenge(clinic.Host.Clock.GetUtcNow());

        Assert.NotNull((await AttemptAsync(phone, challenge, () => new PasskeyUse(2, IsBackedUp: false))).Session);
        Assert.Null((await AttemptAsync(laptop, challenge, () => new PasskeyUse(2, IsBackedUp: false))).Session);
    }

    [Fact]
    public async Task PasskeyAsync_AChallengeThatWasAnsweredWrongly_IsUsedUp()
    {
        var passkey = await AddAsync(await clinic.People.AddStaffAsync(Roles.Nurse));
        var challenge = TestPasskeys.Challenge(clinic.Host.Clock.GetUtcNow());

        Assert.Null((await AttemptAsync(passkey, challenge, () => null)).Session);
        Assert.Null((await AttemptAsync(passkey, challenge, () => new PasskeyUse(2, IsBackedUp: false))).Session);
    }

    [Fact]
    public async Task PasskeyAsync_WithOneSignatureTwiceAtOnce_LetsOneIn()
    {
        var passkey = await AddAsync(await clinic.People.AddStaffAsync(Roles.Nurse), TestPasskeys.New() with { SignCount = 0 });
        var bothHaveRead = new Barrier(2);
        var first = 2;

        var sessions = await Task.WhenAll(
            Enumerable.Range(0, 2).Select(_ => Task.Run(() => SignInAsync(passkey, clinic.Host.Clock.GetUtcNow(), () =>
        {
            if (Interlocked.Decrement(ref first) >= 0)
            {
                Assert.True(bothHaveRead.SignalAndWait(TimeSpan.FromSeconds(60)));
            }

            return new PasskeyUse(0, IsBackedUp: false);
        }))));

        Assert.Single(sessions, session => session is not null);
    }

    [Fact]
    [Trait("Requirement", "S2-04")]
    public async Task PasskeyAsync_OfWhomItDoesNotOpen_AnswersLikeAWrongSignature()
    {
        var (off, locked, invited) = (await clinic.People.AddStaffAsync(Roles.Nurse), await clinic.People.AddStaffAsync(Roles.Nurse),
            await clinic.People.AddStaffAsync(Roles.Nurse));
        var (patient, unenrolled) = (await clinic.People.AddPatientAsync(), await clinic.People.AddStaffAsync(Roles.Nurse));
        var passkeys = new List<PasskeyData>();
        foreach (var person in (TestPerson[])[off, locked, invited, patient, unenrolled])
        {
            passkeys.Add(await AddAsync(person));
        }

        await signIns.FailAsync(locked, Account.FailuresUntilLock);
        await ChangeAsync(off, account => account.Deactivate());
        await ChangeAsync(unenrolled, account => account.ResetTwoFactor());
        await ChangeAsync(invited, account =>
        {
            account.PasswordHash = null;
            account.Reactivate();
        });

        var wrong = await AttemptAsync(await AddAsync(await clinic.People.AddStaffAsync(Roles.Nurse)), clinic.Host.Clock.GetUtcNow(),
            () => null);
        var unknown = await AttemptAsync(TestPasskeys.New(), clinic.Host.Clock.GetUtcNow(), () => new PasskeyUse(2, IsBackedUp: false));
        Assert.Same(wrong, unknown);
        foreach (var passkey in passkeys)
        {
            Assert.Same(wrong, await AttemptAsync(passkey, clinic.Host.Clock.GetUtcNow(), () => new PasskeyUse(2, IsBackedUp: false)));
            Assert.Null((await StoredAsync(passkey)).LastUsedAt);
        }
    }

    private async Task<PasskeyData> AddAsync(TestPerson person, PasskeyData? data = null)
    {
        var passkey = data ?? TestPasskeys.New();
        await clinic.Host.ArrangeAsync(
            db => db.Set<Passkey>().Add(TestPasskeys.Row(person.AccountId, clinic.Host.Clock.GetUtcNow(), data: passkey)));
        return passkey;
    }

    private Task<StartedSession?> UseAsync(PasskeyData passkey, long signCount, DateTimeOffset? challengedAt = null) =>
        SignInAsync(passkey, challengedAt ?? clinic.Host.Clock.GetUtcNow(), () => new PasskeyUse(signCount, IsBackedUp: false));

    private Task<StartedSession?> FailAsync(PasskeyData passkey) => SignInAsync(passkey, clinic.Host.Clock.GetUtcNow(), () => null);

    private async Task<StartedSession?> SignInAsync(PasskeyData passkey, DateTimeOffset challengedAt, Func<PasskeyUse?> verify) =>
        (await AttemptAsync(passkey, challengedAt, verify)).Session;

    private Task<SignInAttempt> AttemptAsync(PasskeyData passkey, DateTimeOffset challengedAt, Func<PasskeyUse?> verify) =>
        AttemptAsync(passkey, TestPasskeys.Challenge(challengedAt), verify);

    private async Task<SignInAttempt> AttemptAsync(PasskeyData passkey, PasskeyChallenge challenge, Func<PasskeyUse?> verify) =>
        (await clinic.Host.Get<SignInService>().PasskeyAsync(
            Actor.Anonymous(TestPeople.Client), passkey.CredentialId, challenge, (_, _) => Task.FromResult(verify()),
                CancellationToken.None)).Value;

    private async Task<Passkey> StoredAsync(PasskeyData passkey)
    {
        await using var db = await clinic.Host.OpenAsync();
        return await db.Set<Passkey>().SingleAsync(row => row.CredentialId == passkey.CredentialId);
    }

    private async Task ChangeAsync(TestPerson person, Action<Account> change)
    {
        await using var db = await clinic.Host.OpenAsync();
        change(await db.Set<Account>().AsTracking().SingleAsync(row => row.Id == person.AccountId));
        await db.SaveChangesAsync();
    }
}
