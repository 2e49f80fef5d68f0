using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClinicBlazor.Domain.Billing;

/// <summary>
/// What something costs (FHIR ChargeItemDefinition). A price is never changed: another one takes its place, and what was charged by
/// it stays as it was.
/// </summary>
internal sealed class Price
{
    /// <summary>Id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The clinic's own code.</summary>
    public required string Code { get; init; }

    /// <summary>What it is called on invoices.</summary>
    public required string Name { get; init; }

    /// <summary>What it costs, in cents.</summary>
    public required long Cents { get; init; }

    /// <summary>In which currency.</summary>
    public required string Currency { get; init; }

    /// <summary>True for the fee that every visit is charged at check-in.</summary>
    public required bool IsConsultation { get; init; }

    /// <summary>Since when nothing is charged by it any more; null while it is in use. The row version too.</summary>
    public DateTimeOffset? RetiredAt { get; private set; }

    /// <summary>What it costs.</summary>
    public Money Amount => new(Cents, Currency);

    /// <summary>Takes it out of use.</summary>
    public void Retire(DateTimeOffset now) => RetiredAt ??= now;
}

internal sealed class PriceConfiguration : IEntityTypeConfiguration<Price>
{
    public void Configure(EntityTypeBuilder<Price> builder)
    {
        builder.ToTable("Prices");
        builder.Property(price => price.Id).ValueGeneratedNever();
        builder.Property(price => price.Code).HasMaxLength(20);
        builder.Property(price => price.Name).HasMaxLength(120);
        builder.Property(price => price.Currency).HasMaxLength(3);
        builder.Property(price => price.RetiredAt).IsConcurrencyToken();
        builder.Ignore(price => price.Amount);

        // One price a code, and one fee for every visit, among those in use: two who set them at once cannot both succeed.
        builder.HasIndex(price => price.Code).IsUnique().HasFilter("\"RetiredAt\" IS NULL").HasDatabaseName("IX_Prices_OneACode");
        builder.HasIndex(price => price.IsConsultation).IsUnique().HasFilter("\"RetiredAt\" IS NULL AND \"IsConsultation\"")
            .HasDatabaseName("IX_Prices_OneConsultation");
    }
}
