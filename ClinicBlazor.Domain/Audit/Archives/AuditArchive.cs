using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClinicBlazor.Domain.Audit.Archives;

/// <summary>
/// Entries whose time was over, and that went into a file. The row says which they were, so that the chain can still be
/// walked, and what the file must be.
/// </summary>
internal sealed record AuditArchive
{
    /// <summary>1, 2, 3 … without a gap.</summary>
    public required long Number { get; init; }

    /// <summary>Name of the file.</summary>
    public required string FileName { get; init; }

    /// <summary>The first place in the chain.</summary>
    public required long FirstSequence { get; init; }

    /// <summary>The last place; entries between the two that were not over yet are in no archive.</summary>
    public required long LastSequence { get; init; }

    /// <summary>How many entries.</summary>
    public required int Entries { get; init; }

    /// <summary><see cref="DigestOf"/> them, in the order of the chain.</summary>
    public required byte[] Digest { get; init; }

    /// <summary>SHA-256 of the whole file.</summary>
    public required byte[] FileSha256 { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>Key of <see cref="Mac"/>.</summary>
    public int KeyId { get; init; }

    /// <summary>HMAC-SHA-256 over <see cref="Canonical"/>.</summary>
    public byte[] Mac { get; init; } = [];

    /// <summary>The bytes that are authenticated: every field but the MAC. None of them holds the sign between two.</summary>
    public byte[] Canonical() => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
        $"audit archive 1|{Number}|{FileName}|{FirstSequence}|{LastSequence}|{Entries}|{Convert.ToHexStringLower(Digest)}|")
        + string.Create(CultureInfo.InvariantCulture, $"{Convert.ToHexStringLower(FileSha256)}|{MadeAt.UtcTicks}|{KeyId}"));

    /// <summary>The name of the file of some places: what stands in the row is compared with it, and never opened by itself.</summary>
    public static string NameOf(long first, long last) => string.Create(CultureInfo.InvariantCulture, $"audit-{first}-{last}.jsonl");

    /// <summary>SHA-256 over the place, id and MAC of each row, in the order that they come in.</summary>
    public static byte[] DigestOf(IEnumerable<AuditArchived> rows)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var number = new byte[8];
        foreach (var row in rows)
        {
            BinaryPrimitives.WriteInt64BigEndian(number, row.Sequence);
            hash.AppendData(number);
            hash.AppendData(row.EntryId.ToByteArray(bigEndian: true));
            hash.AppendData(SHA256.HashData(row.EntryMac));
        }

        return hash.GetHashAndReset();
    }
}

internal sealed class AuditArchiveConfiguration : IEntityTypeConfiguration<AuditArchive>
{
    public void Configure(EntityTypeBuilder<AuditArchive> builder)
    {
        builder.ToTable("AuditArchives");
        builder.HasKey(archive => archive.Number);
        builder.Property(archive => archive.Number).ValueGeneratedNever();
        builder.Property(archive => archive.FileName).HasMaxLength(80);
    }
}
