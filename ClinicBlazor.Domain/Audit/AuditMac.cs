using System.Buffers.Binary;
using System.Security.Cryptography;
using ClinicBlazor.Domain.Protection;

namespace ClinicBlazor.Domain.Audit;

/// <summary>Makes and checks the MACs of entries and seals.</summary>
public sealed class AuditMac(KeyRing keys)
{
    /// <summary>The entry with its MAC.</summary>
    internal AuditEntry Sign(AuditEntry entry)
    {
        var (keyId, secret) = keys.Current(KeyPurpose.Audit);
        var keyed = entry with { KeyId = keyId };
        return keyed with { Mac = HMACSHA256.HashData(secret, keyed.Canonical()) };
    }

    /// <summary>True when no field of the entry was changed since. A key that does not exist is a changed field.</summary>
    internal bool IsGenuine(AuditEntry entry) =>
        keys.FindOrDefault(KeyPurpose.Audit, entry.KeyId) is { } secret
        && CryptographicOperations.FixedTimeEquals(entry.Mac, HMACSHA256.HashData(secret, entry.Canonical()));

    /// <summary>The next link of the chain. The first link follows 32 zero bytes.</summary>
    internal AuditSeal Seal(AuditSeal? previous, Guid entryId, byte[] entryMac)
    {
        var (keyId, secret) = keys.Current(KeyPurpose.Audit);
        var sequence = (previous?.Sequence ?? 0) + 1;
        return new AuditSeal { Sequence = sequence, EntryId = entryId, KeyId = keyId, Mac = Link(secret, previous?.Mac, sequence, entryMac) };
    }

    /// <summary>True when the seal follows from the one before and from the entry.</summary>
    internal bool Follows(AuditSeal seal, byte[]? previousMac, byte[] entryMac) =>
        keys.FindOrDefault(KeyPurpose.Audit, seal.KeyId) is { } secret
        && CryptographicOperations.FixedTimeEquals(seal.Mac, Link(secret, previousMac, seal.Sequence, entryMac));

    private static byte[] Link(byte[] secret, byte[]? previousMac, long sequence, byte[] entryMac)
    {
        var number = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(number, sequence);
        return HMACSHA256.HashData(secret, (byte[])[.. previousMac ?? new byte[32], .. number, .. entryMac]);
    }
}
