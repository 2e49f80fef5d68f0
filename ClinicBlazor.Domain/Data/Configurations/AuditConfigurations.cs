using ClinicBlazor.Domain.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClinicBlazor.Domain.Data.Configurations;

/// <summary>The audit tables have no foreign keys: an entry about something that does not exist is an entry too.</summary>
internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("AuditEntries");
        builder.Property(entry => entry.Id).ValueGeneratedNever();
        builder.Property(entry => entry.Role).HasMaxLength(80);
        builder.Property(entry => entry.Act).HasConversion<ExactEnumConverter<AuditAct>>();
        builder.Property(entry => entry.Outcome).HasConversion<ExactEnumConverter<AuditOutcome>>();
        builder.Property(entry => entry.Level).HasConversion<ExactEnumConverter<AuditLevel>>();
        builder.Property(entry => entry.Address).HasMaxLength(64);
        builder.Property(entry => entry.UserAgent).HasMaxLength(256);
        builder.HasIndex(entry => new { entry.PatientId, entry.At });
        builder.HasIndex(entry => new { entry.AccountId, entry.At });
        builder.HasIndex(entry => entry.At);
    }
}

internal sealed class AuditSealConfiguration : IEntityTypeConfiguration<AuditSeal>
{
    public void Configure(EntityTypeBuilder<AuditSeal> builder)
    {
        builder.ToTable("AuditSeals");
        builder.HasKey(seal => seal.Sequence);
        builder.Property(seal => seal.Sequence).ValueGeneratedNever();
        builder.HasIndex(seal => seal.EntryId).IsUnique();
    }
}

internal sealed class AuditPendingConfiguration : IEntityTypeConfiguration<AuditPending>
{
    public void Configure(EntityTypeBuilder<AuditPending> builder)
    {
        builder.ToTable("AuditPending");
        builder.HasKey(pending => pending.EntryId);
        builder.Property(pending => pending.EntryId).ValueGeneratedNever();
    }
}
