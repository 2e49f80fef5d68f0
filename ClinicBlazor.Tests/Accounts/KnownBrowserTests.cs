using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Accounts;

/// <summary>A browser that the account knows is counted and locked by itself, and nothing else is any easier on it.</summary>
[Trait("Requirement", "S2-01")]
public abstract class KnownBrowserTests(ClinicFixture clinic)
{
    private readonly SignIns signIns = new(clinic.Host);
    private readonly KnownBrowserOf browsers = new(clinic.Host);

    public sealed class OnSqlite(SqliteClinic clinic) : KnownBrowserTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : KnownBrowserTests(clinic), IClassFixture<PostgresClinic>;

    [Fact]
    public async Task PasswordAsync_AfterStrangersHaveLockedTheAccount_LetsTheOwnerInFromAKnownBrowser()
    {
        var (patient, browser) = await browsers.KnownAsync();
        await signIns.FailAsync(patient, 5);

        Assert.Null(await signIns.PasswordAsync(patient));
        Assert.NotNull((await browsers.TryAsync(patient, browser)).Session);
        Assert.Null(await signIns.PasswordAsync(patient));
    }

    [Fact]
    public async Task PasswordAsync_WithAStolenBrowserToken_IsRefusedAfterFiveFailuresForAsLongAsAnAccountIs()
    {
        var (patient, browser) = await browsers.KnownAsync();
        await browsers.FailAsync(patient, browser, 5);

        await AssertLockedForAsync(patient, browser, TimeSpan.FromMinutes(30));
        Assert.NotNull(await signIns.PasswordAsync(patient));
        Assert.Single(await signIns.EntriesAsync(patient), entry => entry == (AuditAct.BrowserLocked, AuditOutcome.Done));

        await browsers.FailAsync(patient, browser, 5);
        await AssertLockedForAsync(patient, browser, TimeSpan.FromMinutes(60));
        await browsers.FailAsync(patient, browser, 4);
        Assert.NotNull((await browsers.TryAsync(patient, browser)).Session);
        await browsers.FailAsync(patient, browser, 4);
        Assert.NotNull((await browsers.TryAsync(patient, browser)).Session);
    }

    [Fact]
    public async Task PasswordAsync_ManyGuessesOnAKnownBrowserAtOnce_LockItOnce()
    {
        var (patient, browser) = await browsers.KnownAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => browsers.TryAsync(patient, browser, KnownBrowserOf.Wrong))));

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
                await own.TryAsync(nurse, browser, KnownBrowserOf.Wrong);
            }
        });

        Assert.Null((await own.TryAsync(nurse, browser)).Session);
    }

    [Fact]
    public async Task SecondStep_OnAKnownBrowser_CountsThereAndIsNotHeldUpByTheAccountsLock()
    {
        var nurse = await clinic.People.AddStaffAsync(Roles.Nurse);
        var browser = await browsers.LearnAsync(nurse);
        var waiting = (await browsers.TryAsync(nurse, browser)).Session!;
        await signIns.FailAsync(nurse, 5);

        clinic.Host.Clock.Advance(TimeSpan.FromSeconds(2 * AuthenticatorCodes.StepSeconds));
        var first = await browsers.CodeAsync(waiting, signIns.Code(), browser);
        Assert.Equal((SessionStage.Full, browser.Value), (first.Session!.Stage, first.Browser!.Value));

        waiting = (await browsers.TryAsync(nurse, browser)).Session!;
        for (var i = 0; i < 5; i++)
        {
            Assert.Null((await browsers.CodeAsync(waiting, "000000", browser)).Session);
        }

        clinic.Host.Clock.Advance(TimeSpan.FromSeconds(2 * AuthenticatorCodes.StepSeconds));
        Assert.Null((await browsers.CodeAsync(waiting, signIns.Code(), browser)).Session);
        Assert.Null((await browsers.TryAsync(nurse, browser)).Session);
    }

    [Fact]
    public async Task UnlockAsync_ByAnAdministrator_OpensTheBrowsersToo()
    {
        var (patient, browser) = await browsers.KnownAsync();
        var administrator = await clinic.People.ActorAsync(await clinic.People.AddStaffAsync(Roles.Administrator));
        var accounts = clinic.Host.Get<AccountService>();
        await browsers.FailAsync(patient, browser, 5);
        var listed = (await accounts.ListAsync(administrator, new AccountQuery(patient.Email, Roles.Patient), CancellationToken.None))
            .Value.Items.Single();
        Assert.Equal(clinic.Host.Clock.GetUtcNow().AddMinutes(30), listed.LockedUntil);

        Assert.True((await accounts.UnlockAsync(administrator, patient.AccountId, CancellationToken.None)).IsSuccess);

        Assert.NotNull((await browsers.TryAsync(patient, browser)).Session);
    }

    [Fact]
    public async Task PasswordAsync_FailuresOlderThanAnHourOnAKnownBrowser_NoLongerCount()
    {
        var patient = await clinic.People.AddPatientAsync();
        var browser = (await browsers.TryAsync(patient, browser: null)).Browser!;
        await browsers.FailAsync(patient, browser, 4);
        clinic.Host.Clock.Advance(TimeSpan.FromHours(1));

        await browsers.FailAsync(patient, browser, 4);

        Assert.NotNull((await browsers.TryAsync(patient, browser)).Session);
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
            await own.ProveAsync(actor, KnownBrowserOf.Wrong, CancellationToken.None);
        }

        Assert.Null(await clinic.People.FindSessionAsync(nurse));
        Assert.False((await own.ProveAsync(actor, TestPeople.Password, CancellationToken.None)).IsSuccess);
    }

    private async Task AssertLockedForAsync(TestPerson person, BrowserToken browser, TimeSpan time)
    {
        clinic.Host.Clock.Advance(time - TimeSpan.FromSeconds(1));
        Assert.Same(SignInAttempt.Failed, await browsers.TryAsync(person, browser));
        clinic.Host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull((await browsers.TryAsync(person, browser)).Session);
    }
}
