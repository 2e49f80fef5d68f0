using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Visits;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClinicBlazor.Domain.Data.Configurations;

internal sealed class PatientConfiguration : IEntityTypeConfiguration<Patient>
{
    public void Configure(EntityTypeBuilder<Patient> builder)
    {
        builder.ToTable("Patients");
        builder.Ignore(patient => patient.PatientId);
        builder.Property(patient => patient.Id).ValueGeneratedNever();
        builder.Property(patient => patient.GivenName).HasMaxLength(100);
        builder.Property(patient => patient.FamilyName).HasMaxLength(100);
        builder.Property(patient => patient.GivenNameKey).HasMaxLength(200);
        builder.Property(patient => patient.FamilyNameKey).HasMaxLength(200);
        builder.Property(patient => patient.Phone).HasMaxLength(40);
        builder.Property(patient => patient.PhoneDigits).HasMaxLength(40);
        builder.Property(patient => patient.Email).HasMaxLength(254);
        builder.Property(patient => patient.Address).HasMaxLength(300);
        builder.Property(patient => patient.Version).IsConcurrencyToken();
        builder.HasIndex(patient => patient.Number).IsUnique();
        builder.HasIndex(patient => patient.SsnIndex).IsUnique();
        builder.HasIndex(patient => patient.TinIndex);
        builder.HasIndex(patient => new { patient.FamilyNameKey, patient.GivenNameKey, patient.Number });
        builder.HasIndex(patient => patient.GivenNameKey);
        builder.HasIndex(patient => patient.BirthDate);
        builder.HasIndex(patient => patient.PhoneDigits);
    }
}

internal sealed class PatientNumberConfiguration : IEntityTypeConfiguration<PatientNumber>
{
    public void Configure(EntityTypeBuilder<PatientNumber> builder)
    {
        builder.HasNoKey();
        builder.ToView("Patients");
    }
}

internal sealed class AccessGrantConfiguration : IEntityTypeConfiguration<AccessGrant>
{
    public void Configure(EntityTypeBuilder<AccessGrant> builder)
    {
        builder.ToTable("AccessGrants");
        builder.Property(grant => grant.Id).ValueGeneratedNever();
        builder.HasIndex(grant => new { grant.AccountId, grant.PatientId, grant.EndsAt });
        builder.HasIndex(grant => new { grant.PatientId, grant.AccountId, grant.EndsAt });
        builder.HasOne<Patient>().WithMany().HasForeignKey(grant => grant.PatientId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Account>().WithMany().HasForeignKey(grant => grant.AccountId).OnDelete(DeleteBehavior.Restrict);

        // By visit and patient: taking part in one patient's visit cannot open the chart of another.
        builder.HasOne<Visit>().WithMany()
            .HasForeignKey(grant => new { grant.VisitId, grant.PatientId })
            .HasPrincipalKey(visit => new { visit.Id, visit.PatientId })
            .OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class VisitConfiguration : IEntityTypeConfiguration<Visit>
{
    public void Configure(EntityTypeBuilder<Visit> builder)
    {
        builder.ToTable("Visits");
        builder.Property(visit => visit.Id).ValueGeneratedNever();
        builder.HasIndex(visit => new { visit.PatientId, visit.ClosedAt });

        // One open visit per patient, held by the database: two desks that check in at once cannot both succeed.
        builder.HasIndex(visit => visit.PatientId).IsUnique().HasFilter("\"ClosedAt\" IS NULL").HasDatabaseName("IX_Visits_OneOpenPerPatient");
        builder.HasOne<Patient>().WithMany().HasForeignKey(visit => visit.PatientId).OnDelete(DeleteBehavior.Restrict);
    }
}
