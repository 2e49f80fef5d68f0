using System.Security.Cryptography;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Protection;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Accounts;

/// <summary>Makes and uses recovery codes. Only their keyed hashes are stored, bound to the account.</summary>
public sealed class RecoveryCodes(TokenHasher tokens, TimeProvider time)
{
    /// <summary>Codes in a set.</summary>
    public const int Count = 10;

    private const string TokenPurpose = "recovery";

    /// <summary>Replaces an account's codes by ten new ones of 80 random bits, shown this once.</summary>
    internal async Task<IReadOnlyList<string>> RenewAsync(ClinicDbContext db, Guid accountId, CancellationToken ct)
    {
        db.RecoveryCodes.RemoveRange(await db.RecoveryCodes.AsTracking().Where(code => code.AccountId == accountId).ToListAsync(ct));
        var codes = Enumerable.Range(0, Count).Select(_ => Base32.Encode(RandomNumberGenerator.GetBytes(10))).ToList();
        db.RecoveryCodes.AddRange(codes.Select(code => new RecoveryCode { Id = time.NewId(), AccountId = accountId, Hash = Hash(accountId, code) }));
        return codes.ConvertAll(code => string.Join('-', code.Chunk(4).Select(part => new string(part))));
    }

    /// <summary>True when the code is one of the account's and was not used; it is used up then.</summary>
    internal async Task<bool> UseAsync(ClinicDbContext db, Guid accountId, string code, CancellationToken ct)
    {
        var hash = Hash(accountId, string.Concat(code.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit)));
        var found = await db.RecoveryCodes.AsTracking().SingleOrDefaultAsync(row => row.AccountId == accountId && row.Hash == hash && row.UsedAt == null, ct);
        if (found is null)
        {
            return false;
        }

        found.UsedAt = time.Now();
        return true;
    }

    private byte[] Hash(Guid accountId, string code) => tokens.Hash(TokenPurpose, $"{accountId:D}|{code}");
}
