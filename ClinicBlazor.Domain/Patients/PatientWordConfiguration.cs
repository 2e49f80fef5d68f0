using ClinicBlazor.Domain.Input;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClinicBlazor.Domain.Patients;

internal sealed class PatientWordConfiguration : IEntityTypeConfiguration<PatientWord>
{
    public void Configure(EntityTypeBuilder<PatientWord> builder)
    {
        builder.ToTable("PatientWords");
        builder.HasKey(word => new { word.PatientId, word.Word });
        builder.Property(word => word.PatientId).ValueGeneratedNever();
        builder.Property(word => word.Word).HasMaxLength(NameWords.Longest).ValueGeneratedNever();
        builder.Property(word => word.SortKey).HasMaxLength(420);
        builder.HasIndex(word => new { word.Word, word.SortKey, word.PatientId });
    }
}
