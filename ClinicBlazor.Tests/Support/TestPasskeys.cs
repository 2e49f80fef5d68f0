using System.Security.Cryptography;
using ClinicBlazor.Domain.Accounts;

namespace ClinicBlazor.Tests.Support;

/// <summary>Credentials without an authenticator behind them, for tests of what is done with them.</summary>
internal static class TestPasskeys
{
    /// <summary>A credential that nobody has yet.</summary>
    public static PasskeyData New() => new(
        RandomNumberGenerator.GetBytes(32), [1], SignCount: 1, ["internal", "hybrid"], IsUserVerified: true, IsBackupEligible: false,
            IsBackedUp: false, [2], [3]);

    /// <summary>A credential of an account as it is stored.</summary>
    public static Passkey Row(Guid accountId, DateTimeOffset createdAt, Guid? id = null, PasskeyData? data = null)
    {
        var passkey = data ?? New();
        return new Passkey
        {
            Id = id ?? Guid.CreateVersion7(createdAt),
            AccountId = accountId,
            CredentialId = passkey.CredentialId,
            PublicKey = passkey.PublicKey,
            Name = "Laptop",
            CreatedAt = createdAt,
            SignCount = passkey.SignCount,
            Transports = string.Join(',', passkey.Transports),
            IsUserVerified = passkey.IsUserVerified,
            IsBackupEligible = passkey.IsBackupEligible,
            IsBackedUp = passkey.IsBackedUp,
            AttestationObject = passkey.AttestationObject,
            ClientDataJson = passkey.ClientDataJson,
        };
    }

    /// <summary>A challenge that nobody has answered.</summary>
    public static PasskeyChallenge Challenge(DateTimeOffset at) => new(RandomNumberGenerator.GetBytes(32), at);
}
