using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Visits;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClinicBlazor.Domain.Records;

internal sealed class MedicalRecordConfiguration : IEntityTypeConfiguration<MedicalRecord>
{
    public void Configure(EntityTypeBuilder<MedicalRecord> builder)
    {
        builder.ToTable("MedicalRecords");
        builder.Property(record => record.Id).ValueGeneratedNever();
        builder.Property(record => record.Version).IsConcurrencyToken();
        builder.Property(record => record.Status).HasConversion<ExactEnumConverter<RecordStatus>>();

        // Every list is of some patients, newest first: ids are of version 7 and begin with their time.
        builder.HasIndex(record => new { record.PatientId, record.Id });

        // What waits for a doctor, among years of what is signed.
        builder.HasIndex(record => new { record.PatientId, record.Id }, "IX_MedicalRecords_Waiting")
            .HasFilter($"\"Status\" = '{nameof(RecordStatus.Preliminary)}'");
        builder.HasOne<Visit>().WithMany().HasForeignKey(record => record.VisitId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Patient>().WithMany().HasForeignKey(record => record.PatientId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Account>().WithMany().HasForeignKey(record => record.AuthorId).OnDelete(DeleteBehavior.Restrict);
    }
}
