using System.Buffers.Text;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Protection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Accounts;

/// <summary>
/// Makes and takes the secrets of mailed links, for Identity's "reset the password": each is good once, for a while, until a
/// newer one, and no longer than the account stays as it was. A keyed hash of the secret is kept, together with the account's
/// security stamp: a changed password, role or second factor and a deactivation end it without being told.
/// </summary>
internal sealed class MailedLinks(ClinicDbContext db, TokenHasher tokens, TimeProvider time) : IUserTwoFactorTokenProvider<Account>
{
    private const string TokenPurpose = "account";
    private const int IdLength = 22;

    /// <summary>The id of the account that a link is for; null for a text that is no link's.</summary>
    public static string? OwnerOf(string token)
    {
        var start = token.AsSpan(0, Math.Min(IdLength, token.Length));
        Span<byte> id = stackalloc byte[16];
        return start.Length == IdLength && Base64Url.IsValid(start) && Base64Url.TryDecodeFromChars(start, id, out var written)
            && written == id.Length
            ? new Guid(id).ToString()
            : null;
    }

    /// <inheritdoc/>
    public Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<Account> manager, Account user) => Task.FromResult(false);

    /// <summary>A new secret; earlier ones of the account for the same purpose end.</summary>
    public async Task<string> GenerateAsync(string purpose, UserManager<Account> manager, Account user)
    {
        var (now, kind) = (time.Now(), PurposeOf(user));
        var earlier = await db.Set<AccountToken>().AsTracking()
            .Where(row => row.AccountId == user.Id && row.Purpose == kind && row.UsedAt == null).ToListAsync();
        earlier.ForEach(row => row.UsedAt = now);
        var token = Base64Url.EncodeToString(user.Id.ToByteArray()) + TokenHasher.NewToken();
        db.Set<AccountToken>().Add(new AccountToken
        {
            Id = time.NewId(),
            AccountId = user.Id,
            Purpose = kind,
            Hash = Hash(user, token),
            ExpiresAt = kind == AccountTokenPurpose.Invitation ? now.AddHours(AccountTokens.InvitationHours)
                : now.AddMinutes(AccountTokens.ResetMinutes),
        });
        return token;
    }

    /// <summary>True for a secret that is still good; it is used up then.</summary>
    public async Task<bool> ValidateAsync(string purpose, string token, UserManager<Account> manager, Account user)
    {
        var (now, hash, kind) = (time.Now(), Hash(user, token), PurposeOf(user));
        var found = await db.Set<AccountToken>().AsTracking()
            .Where(row => row.Hash == hash && row.AccountId == user.Id && row.Purpose == kind && row.UsedAt == null && row.ExpiresAt > now)
            .SingleOrDefaultAsync();
        found?.UsedAt = now;
        return found is not null;
    }

    private static AccountTokenPurpose PurposeOf(Account user) =>
        user.Status == AccountStatus.Invited ? AccountTokenPurpose.Invitation : AccountTokenPurpose.PasswordReset;

    private byte[] Hash(Account user, string token) => tokens.Hash(TokenPurpose, $"{user.SecurityStamp}|{token}");
}
