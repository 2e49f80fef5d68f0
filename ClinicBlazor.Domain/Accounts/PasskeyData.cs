namespace ClinicBlazor.Domain.Accounts;

/// <summary>A credential as its registration gave it and as later signatures are verified against it.</summary>
/// <param name="CredentialId">The authenticator's name for it.</param>
/// <param name="PublicKey">The public key as COSE (RFC 9052).</param>
/// <param name="SignCount">The authenticator's count of signatures.</param>
/// <param name="Transports">How the authenticator can be reached.</param>
/// <param name="IsUserVerified">Whether its user gave a PIN or a finger.</param>
/// <param name="IsBackupEligible">Whether it may be copied to other devices of its owner.</param>
/// <param name="IsBackedUp">Whether it was copied.</param>
/// <param name="AttestationObject">What the authenticator said of itself.</param>
/// <param name="ClientDataJson">What the browser said of the registration.</param>
public sealed record PasskeyData(
    byte[] CredentialId, byte[] PublicKey, long SignCount, IReadOnlyList<string> Transports, bool IsUserVerified, bool IsBackupEligible,
        bool IsBackedUp,
    byte[] AttestationObject, byte[] ClientDataJson);

/// <summary>What a verified signature says besides being right.</summary>
/// <param name="SignCount">The authenticator's count of signatures.</param>
/// <param name="IsBackedUp">Whether the credential was copied meanwhile.</param>
public sealed record PasskeyUse(long SignCount, bool IsBackedUp);
