using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClinicBlazor.Domain.Records;

internal sealed class DiagnosisConfiguration : IEntityTypeConfiguration<Diagnosis>
{
    public void Configure(EntityTypeBuilder<Diagnosis> builder)
    {
        builder.ToTable("Diagnoses");
        builder.Property(diagnosis => diagnosis.Id).ValueGeneratedNever();
        builder.Property(diagnosis => diagnosis.Certainty).HasConversion<ExactEnumConverter<Certainty>>();
        builder.HasIndex(diagnosis => new { diagnosis.RecordId, diagnosis.Revision }).IsUnique();

        // By record and patient: a diagnosis cannot stand under one patient and hang on the record of another.
        builder.HasOne<MedicalRecord>().WithMany()
            .HasForeignKey(diagnosis => new { diagnosis.RecordId, diagnosis.PatientId })
            .HasPrincipalKey(record => new { record.Id, record.PatientId })
            .OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Account>().WithMany().HasForeignKey(diagnosis => diagnosis.AuthorId).OnDelete(DeleteBehavior.Restrict);
    }
}
