using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClinicBlazor.Domain.Billing;

/// <summary>
/// An invoice's number alone, read from the invoices' table without the access filter: whoever begins one takes the next number of
/// the whole clinic, whoever's the last one was.
/// </summary>
internal sealed class InvoiceNumber
{
    /// <summary>The number that people read out.</summary>
    public int Number { get; init; }
}

internal sealed class InvoiceNumberConfiguration : IEntityTypeConfiguration<InvoiceNumber>
{
    public void Configure(EntityTypeBuilder<InvoiceNumber> builder)
    {
        builder.HasNoKey();
        builder.ToView("Invoices");
    }
}
