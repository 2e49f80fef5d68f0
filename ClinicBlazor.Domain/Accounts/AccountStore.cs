using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Protection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Accounts;

/// <summary>
/// Where Identity keeps accounts: one lease of the gate. Nothing is saved here; the gate saves what was changed together with
/// its audit entry, or not at all. The authenticator's key is sealed, and of recovery codes only keyed hashes are kept.
/// Accounts are never deleted, since the audit names them.
/// </summary>
internal sealed class AccountStore(ClinicDbContext db, FieldProtector protector, TokenHasher tokens, TimeProvider time)
    : IUserPasswordStore<Account>, IUserSecurityStampStore<Account>, IUserEmailStore<Account>, IUserTwoFactorStore<Account>,
        IUserAuthenticatorKeyStore<Account>, IUserTwoFactorRecoveryCodeStore<Account>
{
    private const string RecoveryPurpose = "recovery";

    public Task<string> GetUserIdAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.Id.ToString());

    public Task<string?> GetUserNameAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.UserName);

    public Task SetUserNameAsync(Account user, string? userName, CancellationToken cancellationToken) =>
        Set(() => user.UserName = userName);

    public Task<string?> GetNormalizedUserNameAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult(user.NormalizedUserName);

    public Task SetNormalizedUserNameAsync(Account user, string? normalizedName, CancellationToken cancellationToken) =>
        Set(() => user.NormalizedUserName = normalizedName);

    public Task<IdentityResult> CreateAsync(Account user, CancellationToken cancellationToken)
    {
        db.Set<Account>().Add(user);
        return Task.FromResult(IdentityResult.Success);
    }

    public Task<IdentityResult> UpdateAsync(Account user, CancellationToken cancellationToken)
    {
        user.Touch();
        return Task.FromResult(IdentityResult.Success);
    }

    public Task<IdentityResult> DeleteAsync(Account user, CancellationToken cancellationToken) =>
        throw new NotSupportedException("An account is switched off, and never deleted.");

    public Task<Account?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Guid.TryParse(userId, out var id)
            ? Accounts.SingleOrDefaultAsync(account => account.Id == id, cancellationToken)
            : Task.FromResult<Account?>(null);

    public Task<Account?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        FindByEmailAsync(normalizedUserName, cancellationToken);

    public Task<Account?> FindByEmailAsync(string normalizedEmail, CancellationToken cancellationToken) =>
        Accounts.SingleOrDefaultAsync(account => account.NormalizedEmail == normalizedEmail, cancellationToken);

    public Task<string?> GetPasswordHashAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash);

    public Task SetPasswordHashAsync(Account user, string? passwordHash, CancellationToken cancellationToken) =>
        Set(() => user.PasswordHash = passwordHash);

    public Task<bool> HasPasswordAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash is not null);

    public Task<string?> GetSecurityStampAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.SecurityStamp);

    public Task SetSecurityStampAsync(Account user, string stamp, CancellationToken cancellationToken) =>
        Set(() => user.SecurityStamp = stamp);

    public Task<string?> GetEmailAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.Email);

    public Task SetEmailAsync(Account user, string? email, CancellationToken cancellationToken) => Set(() => user.Email = email);

    public Task<bool> GetEmailConfirmedAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.EmailConfirmed);

    public Task SetEmailConfirmedAsync(Account user, bool confirmed, CancellationToken cancellationToken) =>
        Set(() => user.EmailConfirmed = confirmed);

    public Task<string?> GetNormalizedEmailAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult(user.NormalizedEmail);

    public Task SetNormalizedEmailAsync(Account user, string? normalizedEmail, CancellationToken cancellationToken) =>
        Set(() => user.NormalizedEmail = normalizedEmail);

    public Task<bool> GetTwoFactorEnabledAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.TwoFactorEnabled);

    public Task SetTwoFactorEnabledAsync(Account user, bool enabled, CancellationToken cancellationToken) =>
        Set(() => user.TwoFactorEnabled = enabled);

    public Task<string?> GetAuthenticatorKeyAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult(user.AuthenticatorKey is { } key ? protector.Open(key, KeyOf(user)) : null);

    public Task SetAuthenticatorKeyAsync(Account user, string key, CancellationToken cancellationToken) =>
        Set(() => user.BeginEnrolment(protector.Seal(key, KeyOf(user)), time.Now()));

    public async Task ReplaceCodesAsync(Account user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken)
    {
        // Whoever takes the second factor away at the same moment takes these too, or finds them gone.
        user.Touch();
        db.Set<RecoveryCode>().RemoveRange(await CodesOf(user).ToListAsync(cancellationToken));
        db.Set<RecoveryCode>().AddRange(recoveryCodes.Select(code =>
            new RecoveryCode { Id = time.NewId(), AccountId = user.Id, Hash = HashOf(user, code) }));
    }

    public async Task<bool> RedeemCodeAsync(Account user, string code, CancellationToken cancellationToken)
    {
        var hash = HashOf(user, code);
        var found = await CodesOf(user).SingleOrDefaultAsync(row => row.Hash == hash && row.UsedAt == null, cancellationToken);
        found?.UsedAt = time.Now();
        return found is not null;
    }

    public Task<int> CountCodesAsync(Account user, CancellationToken cancellationToken) =>
        CodesOf(user).CountAsync(code => code.UsedAt == null, cancellationToken);

    public void Dispose()
    {
        // The lease is the gate's.
    }

    private IQueryable<Account> Accounts => db.Set<Account>().AsTracking();

    private IQueryable<RecoveryCode> CodesOf(Account user) => db.Set<RecoveryCode>().AsTracking().Where(code => code.AccountId == user.Id);

    private static FieldPlace KeyOf(Account user) => FieldPlace.Of(user, nameof(Account.AuthenticatorKey));

    private static Task Set(Action change)
    {
        change();
        return Task.CompletedTask;
    }

    // Case, hyphens and spaces do not matter.
    private byte[] HashOf(Account user, string code) =>
        tokens.Hash(RecoveryPurpose, $"{user.Id:D}|{string.Concat(code.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit))}");
}
