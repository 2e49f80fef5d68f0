using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Patients;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClinicBlazor.Domain.Visits;

internal sealed class VisitConfiguration : IEntityTypeConfiguration<Visit>
{
    public void Configure(EntityTypeBuilder<Visit> builder)
    {
        builder.ToTable("Visits");
        builder.Property(visit => visit.Id).ValueGeneratedNever();

        // Rows from before there were versions have none, and those from before there were events have no number of them.
        builder.Property(visit => visit.Version).IsConcurrencyToken().HasDefaultValue(Guid.Empty);
        builder.Property(visit => visit.Events).HasDefaultValue(0);
        builder.HasIndex(visit => new { visit.PatientId, visit.ClosedAt });

        // One open visit per patient, held by the database: two desks that check in at once cannot both succeed. Planned ones may
        // stand beside it.
        builder.HasIndex(visit => visit.PatientId).IsUnique().HasFilter("\"ClosedAt\" IS NULL AND \"ArrivedAt\" IS NOT NULL")
            .HasDatabaseName("IX_Visits_OneOpenPerPatient");

        // What the queue asks: who is in the clinic, who is expected, who has gone.
        builder.HasIndex(visit => visit.ArrivedAt).HasFilter("\"ClosedAt\" IS NULL AND \"ArrivedAt\" IS NOT NULL")
            .HasDatabaseName("IX_Visits_Open");
        builder.HasIndex(visit => visit.PlannedFor).HasFilter("\"ClosedAt\" IS NULL AND \"ArrivedAt\" IS NULL")
            .HasDatabaseName("IX_Visits_Planned");
        builder.HasIndex(visit => visit.ClosedAt);
        builder.HasOne<Patient>().WithMany().HasForeignKey(visit => visit.PatientId).OnDelete(DeleteBehavior.Restrict);

        // By visit and patient: taking part in one patient's visit cannot open the chart of another.
        builder.HasMany<AccessGrant>().WithOne()
            .HasForeignKey(grant => new { grant.VisitId, grant.PatientId })
            .HasPrincipalKey(visit => new { visit.Id, visit.PatientId })
            .OnDelete(DeleteBehavior.Restrict);
    }
}
