using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Protection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClinicBlazor.Domain.Patients;

/// <summary>A registration that somebody is filling in. It is about nobody whom the clinic knows yet, and its author's alone.</summary>
internal sealed class RegistrationDraft : IDiscardable, ISealedRow
{
    /// <summary>How long one that nobody goes on with is kept, in days.</summary>
    public const int Days = 7;

    /// <summary>Id.</summary>
    public required Guid Id { get; init; }

    /// <inheritdoc/>
    public required Guid AuthorId { get; init; }

    /// <summary>What was typed so far, as JSON, sealed.</summary>
    public required SealedText Body { get; set; }

    /// <summary>When it was saved last; the row version too.</summary>
    public required DateTimeOffset SavedAt { get; set; }

    RowOwner ISealedRow.Owner => new(AuthorId);
}

internal sealed class RegistrationDraftConfiguration : IEntityTypeConfiguration<RegistrationDraft>
{
    public void Configure(EntityTypeBuilder<RegistrationDraft> builder)
    {
        builder.ToTable("RegistrationDrafts");
        builder.Property(draft => draft.Id).ValueGeneratedNever();

        // Of two windows that save or throw away one draft at once, the second is told.
        builder.Property(draft => draft.SavedAt).IsConcurrencyToken();
        builder.HasIndex(draft => draft.AuthorId).IsUnique();
        builder.HasIndex(draft => draft.SavedAt);
    }
}
