using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClinicBlazor.Domain.Audit;

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
        builder.Property(entry => entry.Details).HasMaxLength(AuditDetails.Longest);

        // Entries from before there was more than one form.
        builder.Property(entry => entry.Form).HasDefaultValue(AuditEntry.FirstForm);

        // One for each question of the audit page, in its order: ids are of version 7 and begin with their time.
        builder.HasIndex(entry => new { entry.PatientId, entry.Id });
        builder.HasIndex(entry => new { entry.AccountId, entry.Id });
        builder.HasIndex(entry => new { entry.Act, entry.Id });

        // Of either alone, somebody busy or a common act would be walked for what both have together.
        builder.HasIndex(entry => new { entry.AccountId, entry.Act, entry.Id });
        builder.HasIndex(entry => new { entry.Outcome, entry.Id });

        // What a record asks: was it ever signed? By both columns: by one alone, SQLite takes the index of outcomes for as good.
        builder.HasIndex(entry => new { entry.RecordId, entry.Outcome }).HasFilter($"\"Act\" = '{nameof(AuditAct.RecordSigned)}'")
            .HasDatabaseName("IX_AuditEntries_Signings");

        // And how many addenda did it get?
        builder.HasIndex(entry => new { entry.RecordId, entry.Outcome }, "IX_AuditEntries_Addenda")
            .HasFilter($"\"Act\" = '{nameof(AuditAct.AddendumAdded)}'");
    }
}
