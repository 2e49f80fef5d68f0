using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Accounts;

/// <summary>Signs people of a test in, step by step.</summary>
internal sealed class SignIns(DomainHost host)
{
    /// <summary>Gives a password; null when that failed.</summary>
    public async Task<StartedSession?> PasswordAsync(TestPerson person, string password = TestPeople.Password) =>
        (await host.Get<SignInService>().PasswordAsync(Actor.Anonymous(TestPeople.Client), person.Email, password, CancellationToken.None))
            .Value.Session;

    /// <summary>Gives an authenticator code in a session that waits for one.</summary>
    public async Task<StartedSession?> CodeAsync(StartedSession waiting, string code) =>
        (await host.Get<SignInService>().SecondFactorAsync(await ActorAsync(waiting), code, CancellationToken.None)).Value.Session;

    /// <summary>Gives a recovery code in a session that waits for the second factor.</summary>
    public async Task<StartedSession?> RecoveryCodeAsync(StartedSession waiting, string code) =>
        (await host.Get<SignInService>().RecoveryCodeAsync(await ActorAsync(waiting), code, CancellationToken.None)).Value.Session;

    /// <summary>Signs in completely; null when either step failed.</summary>
    public async Task<StartedSession?> CompleteAsync(TestPerson person)
    {
        host.Clock.Advance(TimeSpan.FromSeconds(2 * AuthenticatorCodes.StepSeconds));
        return await PasswordAsync(person) is { } waiting ? await CodeAsync(waiting, Code()) : null;
    }

    /// <summary>Fails with wrong passwords.</summary>
    public async Task FailAsync(TestPerson person, int times)
    {
        for (var i = 0; i < times; i++)
        {
            Assert.Null(await PasswordAsync(person, "not the password"));
        }
    }

    /// <summary>The code of the present step, or of one before or after it.</summary>
    public string Code(int steps = 0) =>
        AuthenticatorCodes.At(TestPeople.AuthenticatorKey, host.Clock.GetUtcNow().AddSeconds(steps * AuthenticatorCodes.StepSeconds));

    /// <summary>A living session as it is found now; null when it has ended.</summary>
    public Task<LiveSession?> FindAsync(StartedSession session) =>
        host.Get<SessionService>().FindAsync(session.Token, TestPeople.Client, CancellationToken.None);

    /// <summary>The stored account.</summary>
    public async Task<Account> AccountAsync(TestPerson person)
    {
        await using var db = await host.OpenAsync();
        return await db.Set<Account>().SingleAsync(account => account.Id == person.AccountId);
    }

    /// <summary>What the audit trail holds of an account, in the order of time.</summary>
    public async Task<IReadOnlyList<(AuditAct Act, AuditOutcome Outcome)>> EntriesAsync(TestPerson person)
    {
        await using var db = await host.OpenAsync();
        var entries = await db.Set<AuditEntry>().Where(entry => entry.AccountId == person.AccountId).OrderBy(entry => entry.Id)
            .ToListAsync();
        return entries.ConvertAll(entry => (entry.Act, entry.Outcome));
    }

    private async Task<Actor> ActorAsync(StartedSession waiting) => (await FindAsync(waiting))!.Actor;
}
