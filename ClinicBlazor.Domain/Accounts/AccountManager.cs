using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OtpNet;

namespace ClinicBlazor.Domain.Accounts;

/// <summary>Identity's manager of accounts, with what a clinic asks for beyond it.</summary>
internal sealed class AccountManager(
    AccountStore store, IOptions<IdentityOptions> options, Passwords passwords, IEnumerable<IPasswordValidator<Account>> validators,
    IServiceProvider services, ILogger<UserManager<Account>> log)
    : UserManager<Account>(
        store, options, passwords, userValidators: [], validators, new UpperInvariantLookupNormalizer(), new IdentityErrorDescriber(),
            services, log)
{
    /// <summary>Codes in a set of recovery codes.</summary>
    public const int RecoveryCodeCount = 10;

    /// <summary>Compares, with the same work where there is no such account or no password yet: the time taken does not tell.</summary>
    public override Task<bool> CheckPasswordAsync(Account? user, string password)
    {
        if (user?.PasswordHash is not null)
        {
            return base.CheckPasswordAsync(user, password);
        }

        passwords.CompareWithNothing(password);
        return Task.FromResult(false);
    }

    /// <summary>Checks the clinic's rules and takes a new password; whoever asks has shown already that it may be changed.</summary>
    public async Task<IdentityResult> ReplacePasswordAsync(Account user, string password)
    {
        var taken = await UpdatePasswordHash(user, password, validatePassword: true);
        return taken.Succeeded ? await UpdateUserAsync(user) : taken;
    }

    /// <summary>True when the code is of the account's authenticator and was not used before; it is used up then.</summary>
    public Task<bool> UseCodeAsync(Account user, string code) =>
        VerifyTwoFactorTokenAsync(user, Options.Tokens.AuthenticatorTokenProvider, code);

    /// <summary>Ten recovery codes in place of the earlier ones; shown this once.</summary>
    public async Task<IReadOnlyList<string>> RenewRecoveryCodesAsync(Account user) =>
        [.. await GenerateNewTwoFactorRecoveryCodesAsync(user, RecoveryCodeCount)
            ?? throw new InvalidOperationException("No recovery codes were made.")];

    // 80 random bits; Identity's own have about 45.
    protected override string CreateTwoFactorRecoveryCode() =>
        string.Join('-', Base32Encoding.ToString(RandomNumberGenerator.GetBytes(10)).Chunk(4).Select(part => new string(part)));
}

/// <summary>What Identity answers, in the words of the domain.</summary>
internal static class IdentityResults
{
    /// <summary>The refusal beside <paramref name="field"/>; null when it was carried out.</summary>
    public static Error? RefusalAt(this IdentityResult result, string field) => result.Succeeded
        ? null
        : Error.Invalid(
            [.. result.Errors.Select(error => new FieldError(field, (error as PasswordFinding)?.Message ?? error.Description))]);
}
