using System.Buffers.Binary;
using System.Security.Cryptography;
using ClinicBlazor.Domain.Protection;

namespace ClinicBlazor.Domain.Audit;

/// <summary>Makes and checks the MACs of entries and seals.</summary>
public sealed class AuditMac(KeyRing keys)
{
    /// <summary>The entry with its MAC, which covers the patients of the list that it tells of.</summary>
    internal AuditEntry Sign(AuditEntry entry, IReadOnlyCollection<Guid> listed)
    {
        var (keyId, secret) = keys.Current(KeyPurpose.Audit);
        var keyed = entry with { KeyId = keyId };
        return keyed with { Mac = HMACSHA256.HashData(secret, keyed.Canonical(listed)) };
    }

    /// <summary>
    /// True when no field of the entry was changed since, and no patient of its list. A key that does not exist is a changed
    /// field; so is what an entry of an earlier form cannot have.
    /// </summary>
    internal bool IsGenuine(AuditEntry entry, IReadOnlyCollection<Guid> listed) =>
        (entry.Form != AuditEntry.FirstForm || (entry.Details is null && listed.Count == 0))
        && (entry.Form == AuditEntry.PresentForm || entry.DocumentId is null)
        && keys.FindOrDefault(KeyPurpose.Audit, entry.KeyId) is { } secret
        && CryptographicOperations.FixedTimeEquals(entry.Mac, HMACSHA256.HashData(secret, entry.Canonical(listed)));

    /// <summary>The next link of the chain. The first link follows 32 zero bytes.</summary>
    internal AuditSeal Seal(AuditSeal? previous, Guid entryId, byte[] entryMac)
    {
        var (keyId, secret) = keys.Current(KeyPurpose.Audit);
        var sequence = (previous?.Sequence ?? 0) + 1;
        return new AuditSeal
        {
            Sequence = sequence, EntryId = entryId, KeyId = keyId,
            Mac = Link(secret, previous?.Mac, sequence, entryMac)
        };
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
