using System.Security.Cryptography;
using System.Text;

namespace ClinicBlazor.Domain.Protection;

/// <summary>
/// Finds an encrypted value by equality without decrypting anything: HMAC-SHA-256 of the normalised value under a key
/// of its own, with the column's name in front so that equal values in two columns differ.
/// </summary>
public sealed class BlindIndex(KeyRing keys)
{
    /// <summary>The index value to store, 32 bytes; null for an absent value.</summary>
    public byte[]? Of(string column, string? normalisedValue) =>
        string.IsNullOrEmpty(normalisedValue) ? null : Hash(keys.Current(KeyPurpose.BlindIndex).Secret, column, normalisedValue);

    /// <summary>Every index value under which a row may be found: one, and another while keys are being changed.</summary>
    public IReadOnlyList<byte[]> AllOf(string column, string normalisedValue) =>
        [.. keys.All(KeyPurpose.BlindIndex).Select(secret => Hash(secret, column, normalisedValue))];

    private static byte[] Hash(byte[] secret, string column, string value) =>
        HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"{column}|{value}"));
}

/// <summary>Says of a column that it is the blind index of a sealed one, so that it is made anew with a new key.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class BlindIndexOfAttribute(string column) : Attribute
{
    /// <summary>Name of the sealed property.</summary>
    public string Column { get; } = column;
}
