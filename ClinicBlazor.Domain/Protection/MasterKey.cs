using System.Security.Cryptography;
using System.Text;

namespace ClinicBlazor.Domain.Protection;

/// <summary>
/// The one secret that lies outside the database. It wraps the data keys and signs the checkpoints of the audit trail
/// that lie outside too; the key for each is derived from it with HKDF-SHA-256 (RFC 5869).
/// </summary>
public sealed class MasterKey
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 32;

    private const int NonceSize = 12;
    private const int TagSize = 16;

    // Sixteen bytes more than the order of the curve: what is left of a division by it is as good as evenly spread (FIPS 186-5, A.2.1).
    private const int ArchiveSecretSize = 48;

    private readonly byte[] keyEncryptionKey;

    private MasterKey(byte[] secret)
    {
        keyEncryptionKey = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, Size, info: "ClinicBlazor key encryption 1"u8.ToArray());
        AnchorKey = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, Size, info: "ClinicBlazor audit anchors 1"u8.ToArray());
        ArchiveSecret = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, ArchiveSecretSize,
            info: "ClinicBlazor audit archives 1"u8.ToArray());
    }

    /// <summary>Reads a key from base64. Throws <see cref="FormatException"/> when it is not 32 bytes of base64.</summary>
    public static MasterKey FromBase64(string text)
    {
        var buffer = new byte[Size];
        if (!Convert.TryFromBase64String(text.Trim(), buffer, out var written) || written != Size || text.Trim().Length != 44)
        {
            throw new FormatException("A master key is 32 bytes in base64 (44 characters).");
        }

        if (IsObvious(buffer))
        {
            throw new FormatException(
                "The master key repeats itself, counts or spells a text, and is not random; make one with: openssl rand -base64 32");
        }

        return new MasterKey(buffer);
    }

    /// <summary>Makes a new random key, in base64.</summary>
    public static string Generate() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(Size));

    /// <summary>HMAC key of the checkpoints of the audit trail.</summary>
    internal byte[] AnchorKey { get; }

    /// <summary>What the key that signs archives of the audit trail is made of.</summary>
    internal byte[] ArchiveSecret { get; }

    internal byte[] Wrap(byte[] key, int id, KeyPurpose purpose)
    {
        var wrapped = new byte[NonceSize + TagSize + key.Length];
        var nonce = wrapped.AsSpan(0, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(keyEncryptionKey, TagSize);
        aes.Encrypt(nonce, key, wrapped.AsSpan(NonceSize + TagSize), wrapped.AsSpan(NonceSize, TagSize), Context(id, purpose));
        return wrapped;
    }

    internal byte[] Unwrap(byte[] wrapped, int id, KeyPurpose purpose)
    {
        var key = new byte[wrapped.Length - NonceSize - TagSize];
        using var aes = new AesGcm(keyEncryptionKey, TagSize);
        aes.Decrypt(wrapped.AsSpan(0, NonceSize), wrapped.AsSpan(NonceSize + TagSize), wrapped.AsSpan(NonceSize, TagSize), key,
            Context(id, purpose));
        return key;
    }

    // A random key does any of this once in 10^13 at most.
    private static bool IsObvious(byte[] key) =>
        key.Distinct().Count() < 8
        || key.AsSpan(0, Size / 2).SequenceEqual(key.AsSpan(Size / 2))
        || key.Zip(key.Skip(1), (one, next) => (byte)(next - one)).Distinct().Count() == 1
        || Array.TrueForAll(key, value => value is >= (byte)' ' and <= (byte)'~');

    private static byte[] Context(int id, KeyPurpose purpose) => Encoding.UTF8.GetBytes($"data key|{id}|{purpose}");
}
