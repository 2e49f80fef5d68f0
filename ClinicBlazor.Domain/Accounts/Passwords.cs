using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace ClinicBlazor.Domain.Accounts;

/// <summary>Hashes passwords with ASP.NET Core Identity's hasher: PBKDF2-HMAC-SHA512 with a random salt.</summary>
public sealed class Passwords
{
    /// <summary>Iterations of PBKDF2; OWASP's Password Storage Cheat Sheet asks for at least 210,000.</summary>
    public const int Iterations = 220_000;

    private readonly PasswordHasher<Account> hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Iterations }));
    private readonly Account nobody = new(Guid.Empty, "nobody@invalid", "", Access.Roles.None);
    private readonly string nobodysHash;

    /// <summary>Prepares the hash that stands in for accounts that do not exist.</summary>
    public Passwords() => nobodysHash = hasher.HashPassword(nobody, Guid.CreateVersion7().ToString());

    /// <summary>The hash to store.</summary>
    internal string Hash(Account account, string password) => hasher.HashPassword(account, password);

    /// <summary>
    /// Compares. It takes the same work when the account is unknown or has no password yet, so that the time taken
    /// does not tell.
    /// </summary>
    internal PasswordVerificationResult Verify(Account? account, string password)
    {
        var verdict = hasher.VerifyHashedPassword(account ?? nobody, account?.PasswordHash ?? nobodysHash, password);
        return account?.PasswordHash is null ? PasswordVerificationResult.Failed : verdict;
    }
}
