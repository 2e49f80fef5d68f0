using System.Security.Cryptography;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Protection;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Accounts;

/// <summary>Finds, remembers and forgets the browsers on which an account was signed in completely.</summary>
public sealed class KnownBrowsers(TokenHasher tokens, TimeProvider time)
{
    /// <summary>After how many days without a sign-in a browser is a stranger again.</summary>
    public const int Days = 365;

    /// <summary>How many browsers of an account are known; the one used longest ago goes first.</summary>
    internal const int Kept = 20;

    private const string TokenPurpose = "browser";

    /// <summary>
    /// The account's row for a browser; null for a stranger. It costs the same for everybody, also for an account that
    /// does not exist.
    /// </summary>
    internal Task<KnownBrowser?> FindAsync(ClinicDbContext db, Account? account, BrowserToken? token, CancellationToken ct)
    {
        var (accountId, hash, since) = (account?.Id ?? Guid.Empty, Hash(token), time.Now().AddDays(-Days));
        return db.Set<KnownBrowser>().AsTracking()
            .SingleOrDefaultAsync(row => row.AccountId == accountId && row.TokenHash == hash && row.LastUsedAt > since, ct);
    }

    /// <summary>
    /// Remembers the browser of a complete sign-in; answers with what its cookie has to hold. A token of another account
    /// on the same browser serves both; one that is known for none was not made here, and a new one takes its place.
    /// </summary>
    internal async Task<BrowserToken> RememberAsync(ClinicDbContext db, Account account, BrowserToken? token, CancellationToken ct)
    {
        var (now, hash) = (time.Now(), Hash(token));
        var rows = await db.Set<KnownBrowser>().AsTracking().Where(row => row.AccountId == account.Id)
            .OrderByDescending(row => row.LastUsedAt).ToListAsync(ct);
        if (token is not null && rows.Find(row => CryptographicOperations.FixedTimeEquals(row.TokenHash, hash)) is { } known)
        {
            known.SignedIn(now);
            return token;
        }

        if (token is null || !await db.Set<KnownBrowser>().AnyAsync(row => row.TokenHash == hash, ct))
        {
            token = new BrowserToken(TokenHasher.NewToken());
            hash = Hash(token);
        }

        db.Set<KnownBrowser>().RemoveRange(rows.Skip(Kept - 1));
        db.Set<KnownBrowser>()
            .Add(new KnownBrowser { Id = time.NewId(), AccountId = account.Id, TokenHash = hash, CreatedAt = now, LastUsedAt = now });
        return token;
    }

    /// <summary>Makes all browsers of an account strangers.</summary>
    internal static async Task ForgetAsync(ClinicDbContext db, Guid accountId, CancellationToken ct) =>
        db.Set<KnownBrowser>().RemoveRange(
            await db.Set<KnownBrowser>().AsTracking().Where(row => row.AccountId == accountId).ToListAsync(ct));

    /// <summary>Opens the locks of an account's browsers.</summary>
    internal static async Task UnlockAsync(ClinicDbContext db, Guid accountId, CancellationToken ct) =>
        (await db.Set<KnownBrowser>().AsTracking().Where(row => row.AccountId == accountId).ToListAsync(ct)).ForEach(row => row.Unlock());

    private byte[] Hash(BrowserToken? token) => tokens.Hash(TokenPurpose, token?.Value ?? "");
}
