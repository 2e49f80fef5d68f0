namespace ClinicBlazor.Domain.Protection;

/// <summary>What a data key is for; no key serves two purposes.</summary>
internal enum KeyPurpose
{
    /// <summary>AES-256-GCM of fields without their owner. Such keys are made no more, and are gone once an upgrade is done.</summary>
    Field,

    /// <summary>HMAC of values that must be found again without being decrypted.</summary>
    BlindIndex,

    /// <summary>HMAC of audit entries and of their chain.</summary>
    Audit,

    /// <summary>HMAC of recovery codes, session and e-mail tokens.</summary>
    Token,

    /// <summary>AES-256-GCM of fields, each bound to its owner.</summary>
    OwnedField,

    /// <summary>
    /// An <see cref="OwnedField"/> key of a database whose upgrade is not done. The purpose is bound into the wrapped
    /// key: once the key has become an <see cref="OwnedField"/> key, no key of <see cref="Field"/> is read any more,
    /// whoever puts one back.
    /// </summary>
    OwnedFieldInUpgrade,
}

/// <summary>What opens a data key, given the master key.</summary>
/// <param name="Id">Stored in every envelope that the key sealed.</param>
/// <param name="Purpose">What it is for.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Wrapped">Nonce, tag and ciphertext under the key-encryption key.</param>
internal sealed record WrappedKey(int Id, KeyPurpose Purpose, DateTimeOffset CreatedAt, byte[] Wrapped);

/// <summary>A data key as it lies in the database: wrapped by the master key, which never does.</summary>
internal sealed class DataKey
{
    /// <summary>Stored in every envelope that the key sealed.</summary>
    public required int Id { get; init; }

    /// <summary>What it is for.</summary>
    public required KeyPurpose Purpose { get; set; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Nonce, tag and ciphertext under the key-encryption key.</summary>
    public required byte[] Wrapped { get; set; }
}

/// <summary>
/// A change of keys. While one is open, the database lets a sealed value be replaced by one of the same length under
/// another key where it otherwise never changes.
/// </summary>
internal sealed class KeyRotation
{
    /// <summary>Id.</summary>
    public required Guid Id { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When the old keys went; null while it goes on.</summary>
    public DateTimeOffset? FinishedAt { get; private set; }

    /// <summary>Closes it.</summary>
    public void Finish(DateTimeOffset now) => FinishedAt ??= now;
}
