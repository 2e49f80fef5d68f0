using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClinicBlazor.Domain.Visits;

internal sealed class VisitEventConfiguration : IEntityTypeConfiguration<VisitEvent>
{
    public void Configure(EntityTypeBuilder<VisitEvent> builder)
    {
        builder.ToTable("VisitEvents");
        builder.Property(done => done.Id).ValueGeneratedNever();

        // The history of a visit is one line, held by the database: of two acts at once one is the next, and the other is judged anew.
        builder.HasIndex(done => new { done.VisitId, done.Number }).IsUnique();
        builder.HasIndex(done => done.PatientId);

        // By visit and patient: no event of one patient's visit stands in the history of another.
        builder.HasOne<Visit>().WithMany()
            .HasForeignKey(done => new { done.VisitId, done.PatientId })
            .HasPrincipalKey(visit => new { visit.Id, visit.PatientId })
            .OnDelete(DeleteBehavior.Restrict);
    }
}
