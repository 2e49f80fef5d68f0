using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Accounts;

/// <summary>A browser that the account knows is counted and locked by itself, and nothing else is any easier on it.</summary>
[Trait("Requirement", "S2-01")]
public abstract class KnownBrowserTests(ClinicFixture clinic)
{
    private const string Wrong = "not the password";

    private readonly SignIns signIns = new(clinic.Host);

    public sealed class OnSqlite(SqliteClinic clinic) : KnownBrowserTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : KnownBrowserTests(clinic), IClassFixture<PostgresClinic>;

    [Fact]
    public async Task PasswordAsync_AfterStrangersHaveLockedTheAccount_LetsTheOwnerInFromAKnownBrowser()
    {
        var (patient, browser) = await KnownAsync();
        await signIns.FailAsync(patient, 5);

        Assert.Null(await signIns.PasswordAsync(patient));
        Assert.NotNull((await TryAsync(patient, browser)).Session);
        Assert.Null(await signIns.PasswordAsync(patient));
    }

    [Fact]
    public async Task PasswordAsync_WithAStolenBrowserToken_IsRefusedAfterFiveFailuresForAsLongAsAnAccountIs()
    {
        var (patient, browser) = await KnownAsync();
        await FailAsync(patient, browser, 5);

        await AssertLockedForAsync(patient, browser, TimeSpan.FromMinutes(30));
        Assert.NotNull(await signIns.PasswordAsync(patient));
        Assert.Single(await signIns.EntriesAsync(patient), entry => entry == (AuditAct.BrowserLocked, AuditOutcome.Done));

        await FailAsync(patient, browser, 5);
        await AssertLockedForAsync(patient, browser, TimeSpan.FromMinutes(60));
        await FailAsync(patient, browser, 4);
        Assert.NotNull((await TryAsync(patient, browser)).Session);
        await FailAsync(patient, browser, 4);
        Assert.NotNull((await TryAsync(patient, browser)).Session);
    }

    [Fact]
    public async Task PasswordAsync_ManyGuessesOnAKnownBrowserAtOnce_LockItOnce()
    {
        var (patient, browser) = await KnownAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => TryAsync(patient, browser, Wrong))));

        Assert.Single(await signIns.EntriesAsync(patient), entry => entry == (AuditAct.BrowserLocked, AuditOutcome.Done));
        await AssertLockedForAsync(patient, browser, TimeSpan.FromMinutes(30));
    }

    [Fact]
    public async Task PasswordAsync_RightOneAmongManyGuessesOnAKnownBrowser_MeetsTheLockThatCameInBetween()
    {
        var interference = new Interference();
        await using var host = await interference.StartAsync(clinic.Host.Kind);
        var nurse = await host.People.AddStaffAsync(Roles.Nurse);
        var own = new KnownBrowserOf(host);
        var browser = await own.LearnAsync(nurse);
        interference.BeforeNextSave(async () =>
        {
            for (var i = 0; i < 5; i++)
            {
                await own.TryAsync(nurse, browser, Wrong);
            }
        });

        Assert.Null((await own.TryAsync(nurse, browser)).Session);
    }

    [Fact]
    public async Task PasswordAsync_WithTheBrowserTokenOfAnotherAccount_IsAStrangers()
    {
        var (_, browser) = await KnownAsync();
        var other = await clinic.People.AddPatientAsync();
        await FailAsync(other, browser, 5);

        Assert.Null(await signIns.PasswordAsync(other));
        Assert.Null((await TryAsync(other, browser)).Session);
        Assert.True((await signIns.AccountAsync(other)).IsLocked(clinic.Host.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task PasswordAsync_OnABrowserOfAnotherAccount_MakesItKnownToBothByOneToken()
    {
        var (first, browser) = await KnownAsync();
        var second = await clinic.People.AddPatientAsync();

        Assert.Equal(browser.Value, (await TryAsync(second, browser)).Browser!.Value);

        await signIns.FailAsync(first, 5);
        await signIns.FailAsync(second, 5);
        Assert.NotNull((await TryAsync(first, browser)).Session);
        Assert.NotNull((await TryAsync(second, browser)).Session);
    }

    [Fact]
    public async Task PasswordAsync_WithATokenThatWasNotMadeHere_GivesTheBrowserAnotherOne()
    {
        var patient = await clinic.People.AddPatientAsync();
        var planted = new BrowserToken("a-token-that-somebody-else-has-put-into-the-cookie");

        var given = (await TryAsync(patient, planted)).Browser!;

        Assert.NotEqual(planted.Value, given.Value);
        await signIns.FailAsync(patient, 5);
        Assert.Null((await TryAsync(patient, planted)).Session);
        Assert.NotNull((await TryAsync(patient, given)).Session);
    }

    [Fact]
    public async Task SecondStep_OnAKnownBrowser_CountsThereAndIsNotHeldUpByTheAccountsLock()
    {
        var nurse = await clinic.People.AddStaffAsync(Roles.Nurse);
        var own = new KnownBrowserOf(clinic.Host);
        var browser = await own.LearnAsync(nurse);
        var waiting = (await own.TryAsync(nurse, browser)).Session!;
        await signIns.FailAsync(nurse, 5);

        clinic.Host.Clock.Advance(TimeSpan.FromSeconds(2 * Totp.StepSeconds));
        var first = await own.CodeAsync(waiting, signIns.Code(), browser);
        Assert.Equal((SessionStage.Full, browser.Value), (first.Session!.Stage, first.Browser!.Value));

        waiting = (await own.TryAsync(nurse, browser)).Session!;
        for (var i = 0; i < 5; i++)
        {
            Assert.Null((await own.CodeAsync(waiting, "000000", browser)).Session);
        }

        clinic.Host.Clock.Advance(TimeSpan.FromSeconds(2 * Totp.StepSeconds));
        Assert.Null((await own.CodeAsync(waiting, signIns.Code(), browser)).Session);
        Assert.Null((await own.TryAsync(nurse, browser)).Session);
    }

    [Theory]
    [InlineData("password reset")]
    [InlineData("password change")]
    [InlineData("second factor switched off")]
    [InlineData("second factor reset")]
    [InlineData("deactivation")]
    public async Task KnownBrowsers_AfterAChangeOfTheAccount_AreStrangers(string change)
    {
        var (patient, browser) = await KnownAsync();
        var administrator = await clinic.People.ActorAsync(await clinic.People.AddStaffAsync(Roles.Administrator));
        var (accounts, own) = (clinic.Host.Get<AccountService>(), clinic.Host.Get<OwnAccountService>());
        var actor = await clinic.People.ActorAsync(patient);
        switch (change)
        {
            case "password reset":
                var registration = clinic.Host.Get<RegistrationService>();
                await registration.RequestPasswordResetAsync(Actor.Anonymous(TestPeople.Client), patient.Email, CancellationToken.None);
                var link = clinic.Host.Mailer.Sent.Single(mail => mail.Email == patient.Email).Token!;
                Assert.True((await registration.ChoosePasswordAsync(Actor.Anonymous(TestPeople.Client), link, TestPeople.Password, CancellationToken.None)).IsSuccess);
                break;
            case "password change":
                Assert.True((await own.ChangePasswordAsync(actor, TestPeople.Password, TestPeople.Password, CancellationToken.None)).IsSuccess);
                break;
            case "second factor switched off":
                Assert.True((await own.DisableSecondFactorAsync(actor, TestPeople.Password, CancellationToken.None)).IsSuccess);
                break;
            case "second factor reset":
                Assert.True((await accounts.ResetSecondFactorAsync(administrator, patient.AccountId, CancellationToken.None)).IsSuccess);
                break;
            default:
                Assert.True((await accounts.DeactivateAsync(administrator, patient.AccountId, CancellationToken.None)).IsSuccess);
                Assert.True((await accounts.ReactivateAsync(administrator, patient.AccountId, CancellationToken.None)).IsSuccess);
                break;
        }

        await FailAsync(patient, browser, 5);

        Assert.Null((await TryAsync(patient, browser)).Session);
        Assert.Null(await signIns.PasswordAsync(patient));
    }

    [Fact]
    public async Task UnlockAsync_ByAnAdministrator_OpensTheBrowsersToo()
    {
        var (patient, browser) = await KnownAsync();
        var administrator = await clinic.People.ActorAsync(await clinic.People.AddStaffAsync(Roles.Administrator));
        var accounts = clinic.Host.Get<AccountService>();
        await FailAsync(patient, browser, 5);
        var listed = (await accounts.ListAsync(administrator, new AccountQuery(patient.Email, Roles.Patient), CancellationToken.None)).Value.Items.Single();
        Assert.Equal(clinic.Host.Clock.GetUtcNow().AddMinutes(30), listed.LockedUntil);

        Assert.True((await accounts.UnlockAsync(administrator, patient.AccountId, CancellationToken.None)).IsSuccess);

        Assert.NotNull((await TryAsync(patient, browser)).Session);
    }

    [Fact]
    public async Task KnownBrowser_NotUsedForAYear_IsAStranger()
    {
        var (patient, browser) = await KnownAsync();
        clinic.Host.Clock.Advance(TimeSpan.FromDays(KnownBrowsers.Days));
        await FailAsync(patient, browser, 5);

        Assert.Null(await signIns.PasswordAsync(patient));
    }

    [Fact]
    public async Task KnownBrowsers_OfAnAccount_AreNoMoreThanTwentyAndStoredAsHashes()
    {
        var (patient, oldest) = await KnownAsync();
        for (var i = 0; i < KnownBrowsers.Kept; i++)
        {
            clinic.Host.Clock.Advance(TimeSpan.FromSeconds(1));
            Assert.NotNull((await TryAsync(patient, browser: null)).Browser);
        }

        await using var db = await clinic.Host.OpenAsync();
        var rows = await db.KnownBrowsers.Where(row => row.AccountId == patient.AccountId).ToListAsync();
        Assert.Equal(KnownBrowsers.Kept, rows.Count);
        Assert.All(rows, row => Assert.Equal(32, row.TokenHash.Length));
        await signIns.FailAsync(patient, 5);
        Assert.Null((await TryAsync(patient, oldest)).Session);
    }

    [Fact]
    public async Task ProveAsync_InAnOpenSessionWhileStrangersHaveLockedTheAccount_StillServesAndStillEndsAtTheFifthFailure()
    {
        var own = clinic.Host.Get<OwnAccountService>();
        var nurse = await clinic.People.AddStaffAsync(Roles.Nurse);
        await signIns.FailAsync(nurse, 5);
        var actor = await clinic.People.ActorAsync(nurse);
        Assert.True((await own.ProveAsync(actor, TestPeople.Password, CancellationToken.None)).IsSuccess);

        for (var i = 0; i < 5; i++)
        {
            await own.ProveAsync(actor, Wrong, CancellationToken.None);
        }

        Assert.Null(await clinic.People.FindSessionAsync(nurse));
        Assert.False((await own.ProveAsync(actor, TestPeople.Password, CancellationToken.None)).IsSuccess);
    }

    /// <summary>A patient with a browser where the sign-in was complete.</summary>
    private async Task<(TestPerson Patient, BrowserToken Browser)> KnownAsync()
    {
        var patient = await clinic.People.AddPatientAsync();
        return (patient, (await TryAsync(patient, browser: null)).Browser!);
    }

    private Task<SignInAttempt> TryAsync(TestPerson person, BrowserToken? browser, string password = TestPeople.Password) =>
        new KnownBrowserOf(clinic.Host).TryAsync(person, browser, password);

    private async Task FailAsync(TestPerson person, BrowserToken browser, int times)
    {
        for (var i = 0; i < times; i++)
        {
            Assert.Same(SignInAttempt.Failed, await TryAsync(person, browser, Wrong));
        }
    }

    private async Task AssertLockedForAsync(TestPerson person, BrowserToken browser, TimeSpan time)
    {
        clinic.Host.Clock.Advance(time - TimeSpan.FromSeconds(1));
        Assert.Same(SignInAttempt.Failed, await TryAsync(person, browser));
        clinic.Host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull((await TryAsync(person, browser)).Session);
    }
}
