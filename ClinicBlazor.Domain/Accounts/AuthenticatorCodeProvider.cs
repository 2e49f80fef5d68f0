using Microsoft.AspNetCore.Identity;

namespace ClinicBlazor.Domain.Accounts;

/// <summary>
/// Takes the codes of authenticator apps, each once: Identity's own provider takes a code as often as it is sent, for
/// three minutes, by the machine's clock.
/// </summary>
internal sealed class AuthenticatorCodeProvider(TimeProvider time) : IUserTwoFactorTokenProvider<Account>
{
    public Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<Account> manager, Account user) =>
        Task.FromResult(user.AuthenticatorKey is not null);

    public Task<string> GenerateAsync(string purpose, UserManager<Account> manager, Account user) =>
        throw new NotSupportedException("The owner's authenticator makes the codes.");

    public async Task<bool> ValidateAsync(string purpose, string token, UserManager<Account> manager, Account user)
    {
        if (await manager.GetAuthenticatorKeyAsync(user) is not { } key
            || AuthenticatorCodes.StepOf(key, string.Concat(token.Where(char.IsAsciiDigit)), time.Now()) is not { } step
            || step <= user.LastTotpStep)
        {
            return false;
        }

        user.UseTotpStep(step);
        return true;
    }
}
