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

        // Rows from before there were versions have none.
        builder.Property(visit => visit.Version).IsConcurrencyToken().HasDefaultValue(Guid.Empty);
        builder.HasIndex(visit => new { visit.PatientId, visit.ClosedAt });

        // One open visit per patient, held by the database: two desks that check in at once cannot both succeed.
        builder.HasIndex(visit => visit.PatientId).IsUnique().HasFilter("\"ClosedAt\" IS NULL")
            .HasDatabaseName("IX_Visits_OneOpenPerPatient");
        builder.HasOne<Patient>().WithMany().HasForeignKey(visit => visit.PatientId).OnDelete(DeleteBehavior.Restrict);

        // By visit and patient: taking part in one patient's visit cannot open the chart of another.
        builder.HasMany<AccessGrant>().WithOne()
            .HasForeignKey(grant => new { grant.VisitId, grant.PatientId })
            .HasPrincipalKey(visit => new { visit.Id, visit.PatientId })
            .OnDelete(DeleteBehavior.Restrict);
    }
}
