using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Protection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClinicBlazor.Domain.Security;

/// <summary>A patient said of a look at their data: I don't recognise this. An administrator looks into it and answers.</summary>
internal sealed class LookReport : ISealedRow, ITrailReview
{
    /// <summary>Id.</summary>
    public required Guid Id { get; init; }

    /// <inheritdoc/>
    public required Guid PatientId { get; init; }

    /// <summary>The entry that tells of the look.</summary>
    public required Guid EntryId { get; init; }

    /// <summary>When it was reported.</summary>
    public required DateTimeOffset ReportedAt { get; init; }

    /// <summary>When it was answered; null while it is open.</summary>
    public DateTimeOffset? AnsweredAt { get; private set; }

    /// <summary>By whom.</summary>
    public Guid? AnsweredBy { get; private set; }

    /// <summary>What the patient is told, sealed.</summary>
    public SealedText? Answer { get; private set; }

    RowOwner ISealedRow.Owner => new(PatientId);

    /// <summary>Closes it with an answer.</summary>
    public void Close(SealedText answer, Guid by, DateTimeOffset now) => (Answer, AnsweredBy, AnsweredAt) = (answer, by, now);
}

internal sealed class LookReportConfiguration : IEntityTypeConfiguration<LookReport>
{
    public void Configure(EntityTypeBuilder<LookReport> builder)
    {
        builder.ToTable("LookReports");
        builder.Property(report => report.Id).ValueGeneratedNever();

        // Of two administrators who answer at once, the second is told.
        builder.Property(report => report.AnsweredAt).IsConcurrencyToken();
        builder.HasIndex(report => new { report.PatientId, report.EntryId }).IsUnique();
        builder.HasIndex(report => report.ReportedAt).HasFilter("\"AnsweredAt\" IS NULL").HasDatabaseName("IX_LookReports_Open");
    }
}
