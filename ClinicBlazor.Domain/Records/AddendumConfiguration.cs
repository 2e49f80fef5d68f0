using ClinicBlazor.Domain.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClinicBlazor.Domain.Records;

internal sealed class AddendumConfiguration : IEntityTypeConfiguration<Addendum>
{
    public void Configure(EntityTypeBuilder<Addendum> builder)
    {
        builder.ToTable("Addenda");
        builder.Property(addendum => addendum.Id).ValueGeneratedNever();
        builder.Property(addendum => addendum.Form).HasDefaultValue(AddendumSigner.First).ValueGeneratedNever();
        builder.HasIndex(addendum => new { addendum.RecordId, addendum.Number }).IsUnique();
        builder.HasOne<MedicalRecord>().WithMany()
            .HasForeignKey(addendum => new { addendum.RecordId, addendum.PatientId })
            .HasPrincipalKey(record => new { record.Id, record.PatientId })
            .OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Account>().WithMany().HasForeignKey(addendum => addendum.AuthorId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<SigningKey>().WithMany().HasForeignKey(addendum => addendum.KeyId).OnDelete(DeleteBehavior.Restrict);
    }
}
