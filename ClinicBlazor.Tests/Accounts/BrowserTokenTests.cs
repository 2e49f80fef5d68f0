using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Accounts;

/// <summary>Which browsers an account knows, by which token, and until when.</summary>
[Trait("Requirement", "S2-01")]
public abstract class BrowserTokenTests(ClinicFixture clinic)
{
    private readonly SignIns signIns = new(clinic.Host);
    private readonly KnownBrowserOf browsers = new(clinic.Host);

    public sealed class OnSqlite(SqliteClinic clinic) : BrowserTokenTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : BrowserTokenTests(clinic), IClassFixture<PostgresClinic>;

    [Fact]
    public async Task PasswordAsync_WithTheBrowserTokenOfAnotherAccount_IsAStrangers()
    {
        var (_, browser) = await browsers.KnownAsync();
        var other = await clinic.People.AddPatientAsync();
        await browsers.FailAsync(other, browser, 5);

        Assert.Null(await signIns.PasswordAsync(other));
        Assert.Null((await browsers.TryAsync(other, browser)).Session);
        Assert.True((await signIns.AccountAsync(other)).IsLocked(clinic.Host.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task PasswordAsync_OnABrowserOfAnotherAccount_MakesItKnownToBothByOneToken()
    {
        var (first, browser) = await browsers.KnownAsync();
        var second = await clinic.People.AddPatientAsync();

        Assert.Equal(browser.Value, (await browsers.TryAsync(second, browser)).Browser!.Value);

        await signIns.FailAsync(first, 5);
        await signIns.FailAsync(second, 5);
        Assert.NotNull((await browsers.TryAsync(first, browser)).Session);
        Assert.NotNull((await browsers.TryAsync(second, browser)).Session);
    }

    [Fact]
    public async Task PasswordAsync_WithATokenThatWasNotMadeHere_GivesTheBrowserAnotherOne()
    {
        var patient = await clinic.People.AddPatientAsync();
        var planted = new BrowserToken("a-token-that-somebody-else-has-put-into-the-cookie");

        var given = (await browsers.TryAsync(patient, planted)).Browser!;

        Assert.NotEqual(planted.Value, given.Value);
        await signIns.FailAsync(patient, 5);
        Assert.Null((await browsers.TryAsync(patient, planted)).Session);
        Assert.NotNull((await browsers.TryAsync(patient, given)).Session);
    }

    [Theory]
    [InlineData("password reset")]
    [InlineData("password change")]
    [InlineData("second factor switched off")]
    [InlineData("second factor reset")]
    [InlineData("deactivation")]
    public async Task KnownBrowsers_AfterAChangeOfTheAccount_AreStrangers(string change)
    {
        var (patient, browser) = await browsers.KnownAsync();
        var administrator = await clinic.People.ActorAsync(await clinic.People.AddStaffAsync(Roles.Administrator));
        var (accounts, own) = (clinic.Host.Get<AccountService>(), clinic.Host.Get<OwnAccountService>());
        var actor = await clinic.People.ActorAsync(patient);
        switch (change)
        {
            case "password reset":
                var registration = clinic.Host.Get<RegistrationService>();
                await registration.RequestPasswordResetAsync(Actor.Anonymous(TestPeople.Client), patient.Email, CancellationToken.None);
                var link = (await clinic.Host.SentAsync()).Single(mail => mail.Email == patient.Email).Token!;
                Assert.True(
                    (await registration.ChoosePasswordAsync(Actor.Anonymous(TestPeople.Client), link, TestPeople.Password,
                    CancellationToken.None)).IsSuccess);
                break;
            case "password change":
                Assert.True(
                    (await own.ChangePasswordAsync(actor, TestPeople.Password, TestPeople.Password, CancellationToken.None)).IsSuccess);
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

        await browsers.FailAsync(patient, browser, 5);

        Assert.Null((await browsers.TryAsync(patient, browser)).Session);
        Assert.Null(await signIns.PasswordAsync(patient));
    }

    [Fact]
    public async Task KnownBrowser_NotUsedForAYear_IsAStranger()
    {
        var (patient, browser) = await browsers.KnownAsync();
        clinic.Host.Clock.Advance(TimeSpan.FromDays(KnownBrowsers.Days));
        await browsers.FailAsync(patient, browser, 5);

        Assert.Null(await signIns.PasswordAsync(patient));
    }

    [Fact]
    public async Task KnownBrowsers_OfAnAccount_AreNoMoreThanTwentyAndStoredAsHashes()
    {
        var (patient, oldest) = await browsers.KnownAsync();
        for (var i = 0; i < KnownBrowsers.Kept; i++)
        {
            clinic.Host.Clock.Advance(TimeSpan.FromSeconds(1));
            Assert.NotNull((await browsers.TryAsync(patient, browser: null)).Browser);
        }

        await using var db = await clinic.Host.OpenAsync();
        var rows = await db.Set<KnownBrowser>().Where(row => row.AccountId == patient.AccountId).ToListAsync();
        Assert.Equal(KnownBrowsers.Kept, rows.Count);
        Assert.All(rows, row => Assert.Equal(32, row.TokenHash.Length));
        await signIns.FailAsync(patient, 5);
        Assert.Null((await browsers.TryAsync(patient, oldest)).Session);
    }
}
