namespace ClinicBlazor.Domain.Protection;

/// <summary>What a data key is for; no key serves two purposes.</summary>
internal enum KeyPurpose
{
    /// <summary>AES-256-GCM of fields.</summary>
    Field,

    /// <summary>HMAC of values that must be found again without being decrypted.</summary>
    BlindIndex,

    /// <summary>HMAC of audit entries and of their chain.</summary>
    Audit,

    /// <summary>HMAC of recovery codes, session and e-mail tokens.</summary>
    Token,
}

/// <summary>What opens a data key, given the master key.</summary>
/// <param name="Id">Stored in every envelope that the key sealed.</param>
/// <param name="Purpose">What it is for.</param>
/// <param name="Wrapped">Nonce, tag and ciphertext under the key-encryption key.</param>
internal sealed record WrappedKey(int Id, KeyPurpose Purpose, byte[] Wrapped);

/// <summary>A data key as it lies in the database: wrapped by the master key, which never does.</summary>
internal sealed class DataKey
{
    /// <summary>Stored in every envelope that the key sealed.</summary>
    public required int Id { get; init; }

    /// <summary>What it is for.</summary>
    public required KeyPurpose Purpose { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Nonce, tag and ciphertext under the key-encryption key.</summary>
    public required byte[] Wrapped { get; init; }
}
