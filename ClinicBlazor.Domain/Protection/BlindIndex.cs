using System.Security.Cryptography;
using System.Text;

namespace ClinicBlazor.Domain.Protection;

/// <summary>
/// Finds an encrypted value by equality without decrypting anything: HMAC-SHA-256 of the normalised value under a key
/// of its own, with the column's name in front so that equal values in two columns differ.
/// </summary>
public sealed class BlindIndex(KeyRing keys)
{
    /// <summary>The index value, 32 bytes; null for an absent value.</summary>
    public byte[]? Of(string column, string? normalisedValue) =>
        string.IsNullOrEmpty(normalisedValue)
            ? null
            : HMACSHA256.HashData(keys.Current(KeyPurpose.BlindIndex).Secret, Encoding.UTF8.GetBytes($"{column}|{normalisedValue}"));
}
