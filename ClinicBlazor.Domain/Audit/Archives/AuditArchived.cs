using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClinicBlazor.Domain.Audit.Archives;

/// <summary>What is left of an entry that went into an archive: enough to check the seal at its place.</summary>
internal sealed class AuditArchived
{
    /// <summary>Its place in the chain.</summary>
    public required long Sequence { get; init; }

    /// <summary>Its id.</summary>
    public required Guid EntryId { get; init; }

    /// <summary>Its MAC.</summary>
    public required byte[] EntryMac { get; init; }

    /// <summary>The archive.</summary>
    public required long ArchiveNumber { get; init; }
}

internal sealed class AuditArchivedConfiguration : IEntityTypeConfiguration<AuditArchived>
{
    public void Configure(EntityTypeBuilder<AuditArchived> builder)
    {
        builder.ToTable("AuditArchived");
        builder.HasKey(row => row.Sequence);
        builder.Property(row => row.Sequence).ValueGeneratedNever();

        // What the triggers ask before an entry goes.
        builder.HasIndex(row => row.EntryId).IsUnique();

        // The rows of one archive, in the order of the chain.
        builder.HasIndex(row => new { row.ArchiveNumber, row.Sequence });
    }
}
