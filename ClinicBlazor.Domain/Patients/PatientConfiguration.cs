using ClinicBlazor.Domain.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClinicBlazor.Domain.Patients;

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
        builder.Property(patient => patient.DuplicateReason).HasMaxLength(200);
        builder.Property(patient => patient.Email).HasMaxLength(254);
        builder.Property(patient => patient.Address).HasMaxLength(300);
        builder.Property(patient => patient.Version).IsConcurrencyToken();
        builder.HasIndex(patient => patient.Number).IsUnique();
        builder.HasIndex(patient => patient.SsnIndex).IsUnique();
        builder.HasIndex(patient => new { patient.FamilyNameKey, patient.GivenNameKey, patient.Number });
        builder.HasIndex(patient => patient.BirthDate);
        builder.HasMany(patient => patient.Words).WithOne().HasForeignKey(word => word.PatientId).OnDelete(DeleteBehavior.Restrict);

        // Whoever loads a patient in order to change it has the words too: those that are there already are not added again.
        builder.Navigation(patient => patient.Words).UsePropertyAccessMode(PropertyAccessMode.Field).HasField("words").AutoInclude();
        builder.HasMany<AccessGrant>().WithOne().HasForeignKey(grant => grant.PatientId).OnDelete(DeleteBehavior.Restrict);
    }
}
