using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using ClinicBlazor.Domain.Protection;

namespace ClinicBlazor.Domain.Audit.Archives;

/// <summary>
/// Signs archives: ECDSA over P-256 with SHA-256 (FIPS 186-5), so that whoever has the public key can check a file without
/// the clinic's secrets. The key is derived from the master key: no database can replace it, and it outlives every database.
/// </summary>
public sealed class ArchiveSigner(KeyRing keys)
{
    private const string OrderOfTheCurve = "0FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551";

    private static readonly BigInteger Order = BigInteger.Parse(
        OrderOfTheCurve, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    /// <summary>The public key's fingerprint: SHA-256 of its DER form (SubjectPublicKeyInfo), in hexadecimal.</summary>
    public string Fingerprint
    {
        get
        {
            using var key = Open();
            return FingerprintOf(key.ExportSubjectPublicKeyInfo());
        }
    }

    /// <summary>The public key in its DER form, and the signature of some bytes in DER.</summary>
    internal (byte[] PublicKey, byte[] Signature) Sign(byte[] bytes)
    {
        using var key = Open();
        return (key.ExportSubjectPublicKeyInfo(),
            key.SignData(bytes, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
    }

    private static string FingerprintOf(byte[] publicKey) => Convert.ToHexStringLower(SHA256.HashData(publicKey));

    private ECDsa Open()
    {
        var number = new BigInteger(keys.ArchiveSecret, isUnsigned: true, isBigEndian: true);
        var scalar = ((number % (Order - 1)) + 1).ToByteArray(isUnsigned: true, isBigEndian: true);
        var padded = new byte[32];
        scalar.CopyTo(padded, padded.Length - scalar.Length);
        return ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = padded });
    }
}
