using Microsoft.AspNetCore.Identity;

namespace ClinicBlazor.App.Accounts.Passkeys;

/// <summary>An account as Identity's passkey handler needs to know it during one ceremony.</summary>
/// <param name="Id">The account's id, which is also its user handle.</param>
/// <param name="Name">Address of the account.</param>
/// <param name="Passkeys">The credentials that the ceremony is about.</param>
public sealed record PasskeyUser(string Id, string Name, IReadOnlyList<UserPasskeyInfo> Passkeys);

/// <summary>
/// What Identity's passkey handler reads from: the one account that the domain handed over for this ceremony, or none.
/// Nothing is stored through it; that is the domain's, in the transaction that also writes the audit entry.
/// </summary>
/// <param name="user">The account; null before it is known.</param>
public sealed class PasskeyUserStore(PasskeyUser? user) : IUserPasskeyStore<PasskeyUser>
{
    /// <inheritdoc />
    public Task<PasskeyUser?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Task.FromResult(user?.Id == userId ? user : null);

    /// <summary>Nobody: that a credential is of one account only is kept by the database.</summary>
    public Task<PasskeyUser?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        Task.FromResult<PasskeyUser?>(null);

    /// <inheritdoc />
    public Task<UserPasskeyInfo?> FindPasskeyAsync(PasskeyUser user, byte[] credentialId, CancellationToken cancellationToken) =>
        Task.FromResult(user.Passkeys.FirstOrDefault(passkey => passkey.CredentialId.AsSpan().SequenceEqual(credentialId)));

    /// <inheritdoc />
    public Task<IList<UserPasskeyInfo>> GetPasskeysAsync(PasskeyUser user, CancellationToken cancellationToken) =>
        Task.FromResult<IList<UserPasskeyInfo>>([.. user.Passkeys]);

    /// <inheritdoc />
    public Task<string> GetUserIdAsync(PasskeyUser user, CancellationToken cancellationToken) => Task.FromResult(user.Id);

    /// <inheritdoc />
    public Task<string?> GetUserNameAsync(PasskeyUser user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Name);

    /// <inheritdoc />
    public void Dispose()
    {
        // Holds nothing.
    }

    /// <inheritdoc />
    public Task AddOrUpdatePasskeyAsync(PasskeyUser user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => throw ReadOnly();

    /// <inheritdoc />
    public Task RemovePasskeyAsync(PasskeyUser user, byte[] credentialId, CancellationToken cancellationToken) => throw ReadOnly();

    /// <inheritdoc />
    public Task<IdentityResult> CreateAsync(PasskeyUser user, CancellationToken cancellationToken) => throw ReadOnly();

    /// <inheritdoc />
    public Task<IdentityResult> UpdateAsync(PasskeyUser user, CancellationToken cancellationToken) => throw ReadOnly();

    /// <inheritdoc />
    public Task<IdentityResult> DeleteAsync(PasskeyUser user, CancellationToken cancellationToken) => throw ReadOnly();

    /// <inheritdoc />
    public Task SetUserNameAsync(PasskeyUser user, string? userName, CancellationToken cancellationToken) => throw ReadOnly();

    /// <inheritdoc />
    public Task SetNormalizedUserNameAsync(PasskeyUser user, string? normalizedName, CancellationToken cancellationToken) =>
        throw ReadOnly();

    /// <inheritdoc />
    public Task<string?> GetNormalizedUserNameAsync(PasskeyUser user, CancellationToken cancellationToken) => throw ReadOnly();

    /// <inheritdoc />
    public Task<PasskeyUser?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => throw ReadOnly();

    private static NotSupportedException ReadOnly() => new("Accounts are looked up and changed in the domain.");
}
