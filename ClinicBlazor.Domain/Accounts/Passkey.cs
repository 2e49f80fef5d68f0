using ClinicBlazor.Domain.Access;

namespace ClinicBlazor.Domain.Accounts;

/// <summary>A public key credential of an account (W3C Web Authentication, section 4): a way to sign in that cannot be phished.</summary>
internal sealed class Passkey : ICredential
{
    /// <summary>Most passkeys that one account may have.</summary>
    public const int MostPerAccount = 10;

    /// <summary>Most characters of a name.</summary>
    public const int LongestName = 60;

    /// <summary>Id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Whose it is.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>The authenticator's name for the credential.</summary>
    public required byte[] CredentialId { get; init; }

    /// <summary>The public key as COSE (RFC 9052).</summary>
    public required byte[] PublicKey { get; init; }

    /// <summary>What its owner calls it.</summary>
    public required string Name { get; set; }

    /// <summary>When it was registered.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was used last.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    /// <summary>The authenticator's count of signatures; one that goes back tells of a copy.</summary>
    public required long SignCount { get; set; }

    /// <summary>How the authenticator can be reached (usb, nfc, internal …), comma-separated.</summary>
    public required string Transports { get; init; }

    /// <summary>Whether the authenticator asked its user for a PIN or a finger when it was registered.</summary>
    public required bool IsUserVerified { get; set; }

    /// <summary>Whether the credential may be copied to other devices of its owner.</summary>
    public required bool IsBackupEligible { get; init; }

    /// <summary>Whether it was copied.</summary>
    public required bool IsBackedUp { get; set; }

    /// <summary>What the authenticator said of itself at registration.</summary>
    public required byte[] AttestationObject { get; init; }

    /// <summary>What the browser said of the registration.</summary>
    public required byte[] ClientDataJson { get; init; }

    /// <summary>What a signature is verified against.</summary>
    public PasskeyData ToData() => new(
        CredentialId, PublicKey, SignCount, Transports.Split(',', StringSplitOptions.RemoveEmptyEntries), IsUserVerified, IsBackupEligible,
            IsBackedUp, AttestationObject, ClientDataJson);

    /// <summary>
    /// Takes a verified signature. False when its count is not higher than the last one (W3C Web Authentication, section
    /// 6.1.1: the authenticator may have been copied; those that do not count always say 0), or when its challenge is
    /// older than the last use: then it may be the very signature that was used then.
    /// </summary>
    public bool TryUse(PasskeyUse use, DateTimeOffset challengedAt, DateTimeOffset now)
    {
        var counts = use.SignCount != 0 || SignCount != 0;
        if ((counts && use.SignCount <= SignCount) || challengedAt <= LastUsedAt)
        {
            return false;
        }

        (SignCount, IsBackedUp, LastUsedAt) = (use.SignCount, use.IsBackedUp, now);
        return true;
    }
}
