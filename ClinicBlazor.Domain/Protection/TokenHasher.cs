using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ClinicBlazor.Domain.Protection;

/// <summary>Makes random tokens and keeps only a keyed hash of them, so that a stolen database opens no session and no link.</summary>
public sealed class TokenHasher(KeyRing keys)
{
    /// <summary>A new token: 256 random bits in base64url.</summary>
    public static string NewToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>HMAC-SHA-256 of a token under the token key, bound to what it is for.</summary>
    public byte[] Hash(string purpose, string token) =>
        HMACSHA256.HashData(keys.Current(KeyPurpose.Token).Secret, Encoding.UTF8.GetBytes($"{purpose}|{token}"));
}
