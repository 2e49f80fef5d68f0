using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ClinicBlazor.Domain.Protection;

/// <summary>
/// Seals and opens protected fields: AES-256-GCM (NIST SP 800-38D), random 96-bit nonce, the field's location as
/// associated data. Envelope: version (1 byte), key id (4, big-endian), nonce (12), tag (16), ciphertext.
/// </summary>
public sealed class FieldProtector(KeyRing keys)
{
    private const byte Version = 1;
    private const int NonceOffset = 5;
    private const int NonceSize = 12;
    private const int TagOffset = NonceOffset + NonceSize;
    private const int TagSize = 16;
    private const int TextOffset = TagOffset + TagSize;

    /// <summary>Seals <paramref name="text"/> for the one place where it will stand.</summary>
    public SealedText Seal(string text, FieldLocation location)
    {
        var (keyId, secret) = keys.Current(KeyPurpose.Field);
        var plain = Encoding.UTF8.GetBytes(text);
        var envelope = new byte[TextOffset + plain.Length];
        envelope[0] = Version;
        BinaryPrimitives.WriteInt32BigEndian(envelope.AsSpan(1), keyId);
        RandomNumberGenerator.Fill(envelope.AsSpan(NonceOffset, NonceSize));
        using var aes = new AesGcm(secret, TagSize);
        aes.Encrypt(envelope.AsSpan(NonceOffset, NonceSize), plain, envelope.AsSpan(TextOffset), envelope.AsSpan(TagOffset, TagSize), Context(envelope, location));
        CryptographicOperations.ZeroMemory(plain);
        return new SealedText(envelope);
    }

    /// <summary>
    /// Opens a value. Throws <see cref="CryptographicException"/> when a byte was changed, when it stands elsewhere
    /// than where it was sealed for, or when its key is unknown.
    /// </summary>
    public string Open(SealedText text, FieldLocation location)
    {
        var envelope = text.Envelope;
        if (envelope.Length < TextOffset || envelope[0] != Version)
        {
            throw new CryptographicException("This is not a sealed field of a known version.");
        }

        var secret = keys.Find(KeyPurpose.Field, BinaryPrimitives.ReadInt32BigEndian(envelope[1..]));
        var plain = new byte[envelope.Length - TextOffset];
        using var aes = new AesGcm(secret, TagSize);
        aes.Decrypt(envelope.Slice(NonceOffset, NonceSize), envelope[TextOffset..], envelope.Slice(TagOffset, TagSize), plain, Context(envelope, location));
        var result = Encoding.UTF8.GetString(plain);
        CryptographicOperations.ZeroMemory(plain);
        return result;
    }

    /// <summary>Seals a value that may be absent; blank counts as absent.</summary>
    public SealedText? SealOptional(string? text, FieldLocation location) =>
        string.IsNullOrWhiteSpace(text) ? null : Seal(text, location);

    /// <summary>Opens a value that may be absent.</summary>
    public string? OpenOptional(SealedText? text, FieldLocation location) =>
        text is null ? null : Open(text, location);

    private static byte[] Context(ReadOnlySpan<byte> envelope, FieldLocation location)
    {
        var place = Encoding.UTF8.GetBytes($"{location.Table}|{location.Column}|{location.RowId:D}");
        return [.. envelope[..NonceOffset], .. place];
    }
}
