using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ClinicBlazor.Domain.Protection;

/// <summary>
/// A sealed value as it is stored: version (1 byte), key id (4, big-endian), nonce (12), tag (16), ciphertext. What is
/// in front of the nonce is bound into the ciphertext together with the value's place.
/// </summary>
internal static class Envelope
{
    /// <summary>Bound to table, column and row. Only an upgrade reads it.</summary>
    public const byte First = 1;

    /// <summary>Bound to table, column, row and owner.</summary>
    public const byte Present = 2;

    private const int HeadSize = 5;
    private const int NonceSize = 12;
    private const int TagOffset = HeadSize + NonceSize;
    private const int TagSize = 16;
    private const int TextOffset = TagOffset + TagSize;

    /// <summary>The version that an envelope says it has; null for bytes that are no envelope.</summary>
    public static byte? VersionOf(ReadOnlySpan<byte> envelope) =>
        envelope.Length >= TextOffset && envelope[0] is First or Present ? envelope[0] : null;

    /// <summary>The key that an envelope names.</summary>
    public static int KeyIdOf(ReadOnlySpan<byte> envelope) => BinaryPrimitives.ReadInt32BigEndian(envelope[1..]);

    /// <summary>Seals <paramref name="text"/> with AES-256-GCM (NIST SP 800-38D) and a random nonce.</summary>
    public static byte[] Seal(byte version, int keyId, byte[] secret, string text, string place)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var envelope = new byte[TextOffset + plain.Length];
        envelope[0] = version;
        BinaryPrimitives.WriteInt32BigEndian(envelope.AsSpan(1), keyId);
        RandomNumberGenerator.Fill(envelope.AsSpan(HeadSize, NonceSize));
        using var aes = new AesGcm(secret, TagSize);
        aes.Encrypt(
            envelope.AsSpan(HeadSize, NonceSize), plain, envelope.AsSpan(TextOffset), envelope.AsSpan(TagOffset, TagSize),
                Context(envelope, place));
        CryptographicOperations.ZeroMemory(plain);
        return envelope;
    }

    /// <summary>
    /// Opens an envelope. Throws <see cref="CryptographicException"/> when a byte was changed, or it was sealed for
    /// another place.
    /// </summary>
    public static string Open(ReadOnlySpan<byte> envelope, byte[] secret, string place)
    {
        var plain = new byte[envelope.Length - TextOffset];
        using var aes = new AesGcm(secret, TagSize);
        aes.Decrypt(
            envelope.Slice(HeadSize, NonceSize), envelope[TextOffset..], envelope.Slice(TagOffset, TagSize), plain,
                Context(envelope, place));
        var text = Encoding.UTF8.GetString(plain);
        CryptographicOperations.ZeroMemory(plain);
        return text;
    }

    private static byte[] Context(ReadOnlySpan<byte> envelope, string place) => [.. envelope[..HeadSize], .. Encoding.UTF8.GetBytes(place)];
}
