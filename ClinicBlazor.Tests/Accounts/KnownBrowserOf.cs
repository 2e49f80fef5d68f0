using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Accounts;

/// <summary>Signs people of a test in on a browser that has, or gets, a token of its own.</summary>
internal sealed class KnownBrowserOf(DomainHost host)
{
    /// <summary>A password of nobody.</summary>
    public const string Wrong = "not the password";

    /// <summary>A patient with a browser where the sign-in was complete.</summary>
    public async Task<(TestPerson Patient, BrowserToken Browser)> KnownAsync()
    {
        var patient = await host.People.AddPatientAsync();
        return (patient, (await TryAsync(patient, browser: null)).Browser!);
    }

    /// <summary>A complete sign-in of a member of staff on a fresh browser; answers with what its cookie holds then.</summary>
    public async Task<BrowserToken> LearnAsync(TestPerson staff)
    {
        host.Clock.Advance(TimeSpan.FromSeconds(2 * AuthenticatorCodes.StepSeconds));
        var waiting = await TryAsync(staff, browser: null);
        Assert.Null(waiting.Browser);
        return (await CodeAsync(waiting.Session!, new SignIns(host).Code(), browser: null)).Browser!;
    }

    /// <summary>Gives a password.</summary>
    public async Task<SignInAttempt> TryAsync(TestPerson person, BrowserToken? browser, string password = TestPeople.Password) =>
        (await host.Get<SignInService>().PasswordAsync(Actor.Anonymous(On(browser)), person.Email, password, CancellationToken.None)).Value;

    /// <summary>Fails with wrong passwords.</summary>
    public async Task FailAsync(TestPerson person, BrowserToken browser, int times)
    {
        for (var i = 0; i < times; i++)
        {
            Assert.Same(SignInAttempt.Failed, await TryAsync(person, browser, Wrong));
        }
    }

    /// <summary>Gives an authenticator code in a session that waits for one.</summary>
    public async Task<SignInAttempt> CodeAsync(StartedSession waiting, string code, BrowserToken? browser)
    {
        var session = await host.Get<SessionService>().FindAsync(waiting.Token, On(browser), CancellationToken.None);
        return (await host.Get<SignInService>().SecondFactorAsync(session!.Actor, code, CancellationToken.None)).Value;
    }

    private static ClientInfo On(BrowserToken? browser) => TestPeople.Client with { Browser = browser };
}
