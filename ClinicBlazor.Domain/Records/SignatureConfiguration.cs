using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClinicBlazor.Domain.Records;

internal sealed class SignatureConfiguration : IEntityTypeConfiguration<Signature>
{
    public void Configure(EntityTypeBuilder<Signature> builder)
    {
        builder.ToTable("Signatures");
        builder.Property(signature => signature.Id).ValueGeneratedNever();
        builder.Property(signature => signature.Form).HasDefaultValue(SignedForm.First).ValueGeneratedNever();
        builder.HasIndex(signature => new { signature.RecordId, signature.AccountId }).IsUnique();
        builder.HasOne<MedicalRecord>().WithMany()
            .HasForeignKey(signature => new { signature.RecordId, signature.PatientId })
            .HasPrincipalKey(record => new { record.Id, record.PatientId })
            .OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Diagnosis>().WithMany().HasForeignKey(signature => signature.DiagnosisId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<SigningKey>().WithMany().HasForeignKey(signature => signature.KeyId).OnDelete(DeleteBehavior.Restrict);
    }
}
