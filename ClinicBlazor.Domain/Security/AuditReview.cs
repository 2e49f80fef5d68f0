using ClinicBlazor.Domain.Protection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClinicBlazor.Domain.Security;

/// <summary>An administrator has looked through the audit of a month, and signed for what its figures were.</summary>
internal sealed class AuditReview : ISealedRow
{
    /// <summary>Id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The month, as its first day.</summary>
    public required DateOnly Month { get; init; }

    /// <summary>When it was signed off.</summary>
    public required DateTimeOffset ReviewedAt { get; init; }

    /// <summary>By whom.</summary>
    public required Guid ReviewedById { get; init; }

    /// <summary>What was written to it, sealed; null for nothing.</summary>
    public SealedText? Note { get; init; }

    /// <summary>The figures that were signed for, as <see cref="AuditFigures.Write"/> writes them.</summary>
    public required string Figures { get; init; }

    RowOwner ISealedRow.Owner => RowOwner.Clinic;
}

internal sealed class AuditReviewConfiguration : IEntityTypeConfiguration<AuditReview>
{
    public void Configure(EntityTypeBuilder<AuditReview> builder)
    {
        builder.ToTable("AuditReviews");
        builder.Property(review => review.Id).ValueGeneratedNever();
        builder.Property(review => review.Figures).HasMaxLength(AuditFigures.Longest);

        // Of two administrators who sign at once, the second is told.
        builder.HasIndex(review => review.Month).IsUnique();
    }
}
