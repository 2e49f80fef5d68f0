using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Domain.Visits;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClinicBlazor.Domain.Documents;

internal sealed class DocumentConfiguration : IEntityTypeConfiguration<Document>
{
    public void Configure(EntityTypeBuilder<Document> builder)
    {
        // Each number is taken once, so that no more than the last one's many can be there, however many are added at once.
        builder.ToTable("Documents", table =>
        {
            table.HasCheckConstraint("CK_Documents_InRecord", NumberedIn(nameof(Document.RecordId), nameof(Document.RecordNumber)));
            table.HasCheckConstraint("CK_Documents_InVisit", NumberedIn(nameof(Document.VisitId), nameof(Document.VisitNumber)));
        });
        builder.Property(document => document.Id).ValueGeneratedNever();
        builder.Property(document => document.Version).IsConcurrencyToken();
        builder.Property(document => document.Format).HasConversion<ExactEnumConverter<DocumentFormat>>();
        builder.Property(document => document.State).HasConversion<ExactEnumConverter<DocumentState>>();
        builder.HasIndex(document => new { document.PatientId, document.ByPatient, document.Number }).IsUnique();
        builder.HasIndex(document => new { document.RecordId, document.RecordNumber }).IsUnique();
        builder.HasIndex(document => new { document.VisitId, document.VisitNumber }).IsUnique();

        // A chart's list, newest first: ids are of version 7 and begin with their time.
        builder.HasIndex(document => new { document.PatientId, document.Id });

        // What waits to be looked through, among years of what was.
        builder.HasIndex(document => document.Id, "IX_Documents_Quarantined")
            .HasFilter($"\"State\" = '{nameof(DocumentState.Quarantined)}'");

        // What a patient has not sent yet.
        builder.HasIndex(document => document.PatientId, "IX_Documents_Unsent")
            .HasFilter("\"ByPatient\" AND \"RecordId\" IS NULL AND \"VisitId\" IS NULL AND \"DiscardedAt\" IS NULL");

        // By record and patient, and by visit and patient: no document stands under one patient and hangs on what is another's.
        builder.HasOne<MedicalRecord>().WithMany()
            .HasForeignKey(document => new { document.RecordId, document.PatientId })
            .HasPrincipalKey(record => new { record.Id, record.PatientId })
            .OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Visit>().WithMany()
            .HasForeignKey(document => new { document.VisitId, document.PatientId })
            .HasPrincipalKey(visit => new { visit.Id, visit.PatientId })
            .OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Patient>().WithMany().HasForeignKey(document => document.PatientId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Account>().WithMany().HasForeignKey(document => document.AddedById).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Account>().WithMany().HasForeignKey(document => document.ErrorById).OnDelete(DeleteBehavior.Restrict);
    }

    private static string NumberedIn(string place, string number) =>
        $"(\"{place}\" IS NULL) = (\"{number}\" IS NULL) AND (\"{number}\" IS NULL OR \"{number}\" BETWEEN 1 AND {Document.MostTogether})";
}
