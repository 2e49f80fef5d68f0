namespace ClinicBlazor.Domain.Accounts;

/// <summary>A public key credential of an account (W3C Web Authentication, section 4): a way to sign in that cannot be phished.</summary>
internal sealed class Passkey
{
    /// <summary>Most passkeys that one account may have.</summary>
    public const int MostPerAccount = 10;

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
}
