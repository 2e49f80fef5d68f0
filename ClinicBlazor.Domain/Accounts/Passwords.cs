using System.Buffers.Binary;
using System.Security.Cryptography;
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
    private readonly string nobodysHash = HashOfNothing();

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

    /// <summary>
    /// What stands in for the hash of accounts that do not exist: it costs as much to compare with, and no password fits,
    /// for it was derived from none. Deriving it would cost each start of the program what a sign-in costs.
    /// </summary>
    internal static string HashOfNothing()
    {
        const byte VersionThree = 1;
        const uint HmacSha512 = 2;
        const int SaltSize = 16;
        const int KeySize = 32;
        var hash = new byte[1 + (3 * sizeof(uint)) + SaltSize + KeySize];
        hash[0] = VersionThree;
        BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(1), HmacSha512);
        BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(5), Iterations);
        BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(9), SaltSize);
        RandomNumberGenerator.Fill(hash.AsSpan(13));
        return Convert.ToBase64String(hash);
    }
}
