using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClinicBlazor.Domain.Data.Configurations;

internal sealed class MedicalRecordConfiguration : IEntityTypeConfiguration<MedicalRecord>
{
    public void Configure(EntityTypeBuilder<MedicalRecord> builder)
    {
        builder.ToTable("MedicalRecords");
        builder.Property(record => record.Id).ValueGeneratedNever();
        builder.Property(record => record.Version).IsConcurrencyToken();
        builder.HasIndex(record => new { record.PatientId, record.CreatedAt });
        builder.HasIndex(record => new { record.Status, record.CreatedAt });
        builder.HasOne<Patient>().WithMany().HasForeignKey(record => record.PatientId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Account>().WithMany().HasForeignKey(record => record.AuthorId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class DiagnosisConfiguration : IEntityTypeConfiguration<Diagnosis>
{
    public void Configure(EntityTypeBuilder<Diagnosis> builder)
    {
        builder.ToTable("Diagnoses");
        builder.Property(diagnosis => diagnosis.Id).ValueGeneratedNever();
        builder.HasIndex(diagnosis => new { diagnosis.RecordId, diagnosis.Revision }).IsUnique();

        // By record and patient: a diagnosis cannot stand under one patient and hang on the record of another.
        builder.HasOne<MedicalRecord>().WithMany()
            .HasForeignKey(diagnosis => new { diagnosis.RecordId, diagnosis.PatientId })
            .HasPrincipalKey(record => new { record.Id, record.PatientId })
            .OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Account>().WithMany().HasForeignKey(diagnosis => diagnosis.AuthorId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class SignatureConfiguration : IEntityTypeConfiguration<Signature>
{
    public void Configure(EntityTypeBuilder<Signature> builder)
    {
        builder.ToTable("Signatures");
        builder.Property(signature => signature.Id).ValueGeneratedNever();
        builder.HasIndex(signature => new { signature.RecordId, signature.AccountId }).IsUnique();
        builder.HasOne<MedicalRecord>().WithMany()
            .HasForeignKey(signature => new { signature.RecordId, signature.PatientId })
            .HasPrincipalKey(record => new { record.Id, record.PatientId })
            .OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Diagnosis>().WithMany().HasForeignKey(signature => signature.DiagnosisId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<SigningKey>().WithMany().HasForeignKey(signature => signature.KeyId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class DraftConfiguration : IEntityTypeConfiguration<Draft>
{
    public void Configure(EntityTypeBuilder<Draft> builder)
    {
        builder.ToTable("Drafts");
        builder.Property(draft => draft.Id).ValueGeneratedNever();
        builder.Property(draft => draft.Form).HasMaxLength(80);
        builder.HasIndex(draft => new { draft.AuthorId, draft.PatientId, draft.Form }).IsUnique();
        builder.HasOne<Patient>().WithMany().HasForeignKey(draft => draft.PatientId).OnDelete(DeleteBehavior.Restrict);
    }
}
