using ClinicBlazor.Domain.Patients;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClinicBlazor.Domain.Records;

internal sealed class DraftConfiguration : IEntityTypeConfiguration<Draft>
{
    public void Configure(EntityTypeBuilder<Draft> builder)
    {
        builder.ToTable("Drafts");
        builder.Property(draft => draft.Id).ValueGeneratedNever();
        builder.Property(draft => draft.Form).HasMaxLength(80);

        // Of two windows that save, send or throw away one draft at once, the second is told.
        builder.Property(draft => draft.SavedAt).IsConcurrencyToken();
        builder.HasIndex(draft => new { draft.AuthorId, draft.PatientId, draft.Form }).IsUnique();
        builder.HasOne<Patient>().WithMany().HasForeignKey(draft => draft.PatientId).OnDelete(DeleteBehavior.Restrict);
    }
}
