using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ClinicBlazor.Domain.Documents;

/// <summary>A file of the vault: the content of a document, or the small picture of it.</summary>
/// <param name="Id">Id of the document.</param>
/// <param name="PatientId">Whose it is.</param>
/// <param name="IsThumbnail">True for the small picture.</param>
internal readonly record struct VaultFile(Guid Id, Guid PatientId, bool IsThumbnail = false);

/// <summary>
/// How a file of the vault is written: a head (what it is, version, kind, a random salt), then pieces of 64 KiB, each sealed with
/// AES-256-GCM (NIST SP 800-38D) and followed by its tag. The key comes from the document's key and the salt by HKDF-SHA-256
/// (RFC 5869), so that no two files share one and a piece's number can be its nonce. Bound into each piece are the head, the
/// document, the patient, the number of the piece and whether it is the last: none can be changed, moved, left out or cut off.
/// </summary>
internal sealed class SealedFileForm : IDisposable
{
    /// <summary>Plain bytes of a piece; the last one may have fewer.</summary>
    public const int PieceSize = 64 * 1024;

    /// <summary>Length of the head.</summary>
    public const int HeadSize = 24;

    /// <summary>Bytes of a whole piece as it lies on the disk.</summary>
    public const int SealedPieceSize = PieceSize + TagSize;

    /// <summary>Length of a document's key.</summary>
    public const int KeySize = 32;

    private const int TagSize = 16;
    private const int SaltSize = 16;
    private const int NonceSize = 12;
    private const int GuidSize = 16;
    private const int NumberOffset = HeadSize + GuidSize + GuidSize;
    private const int LastOffset = NumberOffset + sizeof(int);
    private const byte Version = 1;

    private static readonly byte[] What = "CLNDOC"u8.ToArray();

    private readonly AesGcm aes;
    private readonly byte[] bound = new byte[LastOffset + 1];

    /// <summary>The form of a file with that head.</summary>
    public SealedFileForm(VaultFile file, ReadOnlySpan<byte> head, byte[] key)
    {
        var salt = head[^SaltSize..].ToArray();
        var own = HKDF.DeriveKey(HashAlgorithmName.SHA256, key, KeySize, salt, "ClinicBlazor document 1"u8.ToArray());
        aes = new AesGcm(own, TagSize);
        CryptographicOperations.ZeroMemory(own);
        head.CopyTo(bound);
        file.Id.TryWriteBytes(bound.AsSpan(HeadSize), bigEndian: true, out _);
        file.PatientId.TryWriteBytes(bound.AsSpan(HeadSize + GuidSize), bigEndian: true, out _);
    }

    /// <summary>A new head, with a salt of its own.</summary>
    public static byte[] NewHead(VaultFile file) =>
        [.. What, Version, (byte)(file.IsThumbnail ? 1 : 0), .. RandomNumberGenerator.GetBytes(SaltSize)];

    /// <summary>
    /// How many pieces a file of that length has, and how long its content is. Throws <see cref="CryptographicException"/> for a
    /// length that no file of a document has.
    /// </summary>
    public static (int Pieces, long Length) Measure(long fileLength)
    {
        var body = fileLength - HeadSize;
        var pieces = (body + SealedPieceSize - 1) / SealedPieceSize;
        var length = body - (pieces * TagSize);
        return body >= TagSize && (pieces == 1 || length > (pieces - 1) * PieceSize) && length <= DocumentService.MostBytes
            ? ((int)pieces, length) : throw new CryptographicException("No document's file has this length.");
    }

    /// <summary>Throws <see cref="CryptographicException"/> when the head is not that of such a file.</summary>
    public static void Check(VaultFile file, ReadOnlySpan<byte> head)
    {
        if (!head.StartsWith(What) || head[What.Length] != Version || head[What.Length + 1] != (file.IsThumbnail ? 1 : 0))
        {
            throw new CryptographicException("This is no file of a document of the present version.");
        }
    }

    /// <summary>Seals a piece into <paramref name="target"/>; answers with how many bytes that are.</summary>
    public int Seal(int number, bool isLast, ReadOnlySpan<byte> plain, Span<byte> target)
    {
        Span<byte> nonce = stackalloc byte[NonceSize];
        aes.Encrypt(Nonce(number, nonce), plain, target[..plain.Length], target.Slice(plain.Length, TagSize), Bound(number, isLast));
        return plain.Length + TagSize;
    }

    /// <summary>
    /// Opens a piece into <paramref name="target"/>; answers with how many bytes that are. Throws
    /// <see cref="CryptographicException"/> when anything of it is not as it was sealed.
    /// </summary>
    public int Open(int number, bool isLast, ReadOnlySpan<byte> piece, Span<byte> target)
    {
        if (piece.Length < TagSize)
        {
            throw new CryptographicException("The file ends within a piece.");
        }

        var length = piece.Length - TagSize;
        Span<byte> nonce = stackalloc byte[NonceSize];
        aes.Decrypt(Nonce(number, nonce), piece[..length], piece[length..], target[..length], Bound(number, isLast));
        return length;
    }

    /// <inheritdoc/>
    public void Dispose() => aes.Dispose();

    private static ReadOnlySpan<byte> Nonce(int number, Span<byte> nonce)
    {
        nonce.Clear();
        BinaryPrimitives.WriteInt32BigEndian(nonce[^sizeof(int)..], number);
        return nonce;
    }

    private byte[] Bound(int number, bool isLast)
    {
        BinaryPrimitives.WriteInt32BigEndian(bound.AsSpan(NumberOffset), number);
        bound[LastOffset] = (byte)(isLast ? 1 : 0);
        return bound;
    }
}
