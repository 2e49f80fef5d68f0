using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClinicBlazor.Domain.Audit;

/// <summary>
/// A patient who stood in the list that an entry tells of: one entry a list, and every patient of it is named. The entry's
/// MAC covers them, so that none is added or taken away unnoticed.
/// </summary>
internal sealed class AuditListed
{
    /// <summary>The entry of the read.</summary>
    public required Guid EntryId { get; init; }

    /// <summary>Who was shown.</summary>
    public required Guid PatientId { get; init; }
}

internal sealed class AuditListedConfiguration : IEntityTypeConfiguration<AuditListed>
{
    public void Configure(EntityTypeBuilder<AuditListed> builder)
    {
        builder.ToTable("AuditListed");
        builder.HasKey(listed => new { listed.EntryId, listed.PatientId });
        builder.Property(listed => listed.EntryId).ValueGeneratedNever();
        builder.Property(listed => listed.PatientId).ValueGeneratedNever();

        // What the audit page and the patient ask, in the order of time: in which lists did this patient stand?
        builder.HasIndex(listed => new { listed.PatientId, listed.EntryId });
    }
}
