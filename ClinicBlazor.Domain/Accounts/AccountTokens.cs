using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Protection;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Accounts;

/// <summary>Makes and uses the secrets of mailed links.</summary>
public sealed class AccountTokens(TokenHasher tokens, TimeProvider time)
{
    /// <summary>How long an invitation is good for, in hours.</summary>
    public const int InvitationHours = 72;

    /// <summary>How long a password reset is good for, in minutes.</summary>
    public const int ResetMinutes = 30;

    private const string TokenPurpose = "account";

    /// <summary>A new secret; earlier ones of the account for the same purpose end.</summary>
    internal async Task<string> IssueAsync(ClinicDbContext db, Guid accountId, AccountTokenPurpose purpose, CancellationToken ct)
    {
        var now = time.Now();
        var earlier = await db.AccountTokens.AsTracking()
            .Where(row => row.AccountId == accountId && row.Purpose == purpose && row.UsedAt == null)
            .ToListAsync(ct);
        earlier.ForEach(row => row.UsedAt = now);
        var token = TokenHasher.NewToken();
        db.AccountTokens.Add(new AccountToken
        {
            Id = time.NewId(),
            AccountId = accountId,
            Purpose = purpose,
            Hash = tokens.Hash(TokenPurpose, token),
            ExpiresAt = purpose == AccountTokenPurpose.Invitation ? now.AddHours(InvitationHours) : now.AddMinutes(ResetMinutes),
        });
        return token;
    }

    /// <summary>The row of a secret that is still good, for use; null otherwise.</summary>
    internal Task<AccountToken?> FindAsync(ClinicDbContext db, string token, CancellationToken ct)
    {
        var now = time.Now();
        var hash = tokens.Hash(TokenPurpose, token);
        return db.AccountTokens.AsTracking().SingleOrDefaultAsync(row => row.Hash == hash && row.UsedAt == null && row.ExpiresAt > now, ct);
    }
}
