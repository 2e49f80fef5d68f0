using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ClinicBlazor.Domain.Input;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace ClinicBlazor.Domain.Accounts;

/// <summary>Hashes passwords with ASP.NET Core Identity's hasher: PBKDF2-HMAC-SHA512 with a random salt.</summary>
internal sealed class Passwords(IOptions<PasswordHasherOptions> options) : PasswordHasher<Account>(options)
{
    /// <summary>Iterations of PBKDF2; OWASP's Password Storage Cheat Sheet asks for at least 210,000.</summary>
    public const int Iterations = 220_000;

    private readonly Account nobody = new(Guid.Empty, "nobody@invalid", "", Access.Roles.None);
    private readonly string nobodysHash = HashOfNothing(options.Value.IterationCount);

    /// <summary>The hash to store, of the password in the one normal form.</summary>
    public override string HashPassword(Account user, string password) => base.HashPassword(user, Normal.Form(password));

    /// <summary>Compares, in whichever form a keyboard sent the text.</summary>
    public override PasswordVerificationResult VerifyHashedPassword(Account user, string hashedPassword, string providedPassword)
    {
        var normal = Normal.Form(providedPassword);
        var verdict = base.VerifyHashedPassword(user, hashedPassword, normal);

        // A hash may have been made of the text as a keyboard sent it; only texts that have several forms ask twice.
        string[] others = [providedPassword, Normal.Form(providedPassword, NormalizationForm.FormD)];
        foreach (var form in others.Where(form => form != normal).Distinct(StringComparer.Ordinal))
        {
            if (verdict != PasswordVerificationResult.Failed)
            {
                break;
            }

            verdict = base.VerifyHashedPassword(user, hashedPassword, form) == PasswordVerificationResult.Failed
                ? PasswordVerificationResult.Failed
                : PasswordVerificationResult.SuccessRehashNeeded;
        }

        return verdict;
    }

    /// <summary>The work of a comparison where there is nothing to compare with, so that the time taken does not tell.</summary>
    internal void CompareWithNothing(string password) => VerifyHashedPassword(nobody, nobodysHash, password);

    /// <summary>
    /// What stands in for the hash of accounts that do not exist: it costs as much to compare with, and no password fits,
    /// for it was derived from none. Deriving it would cost each start of the program what a sign-in costs.
    /// </summary>
    internal static string HashOfNothing(int iterations)
    {
        const byte VersionThree = 1;
        const uint HmacSha512 = 2;
        const int SaltSize = 16;
        const int KeySize = 32;
        var hash = new byte[1 + (3 * sizeof(uint)) + SaltSize + KeySize];
        hash[0] = VersionThree;
        BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(1), HmacSha512);
        BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(5), (uint)iterations);
        BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(9), SaltSize);
        RandomNumberGenerator.Fill(hash.AsSpan(13));
        return Convert.ToBase64String(hash);
    }
}
