using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Visits;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClinicBlazor.Domain.Billing;

/// <summary>
/// What a visit costs (FHIR Invoice): the common row of a visit's ledger. Whoever enters something, and whoever decides by
/// it, changes its version, so that of two acts at once one is judged by what the other has done.
/// </summary>
internal sealed class Invoice : IDemographic, IOfVisit
{
    /// <summary>Id.</summary>
    public required Guid Id { get; init; }

    /// <inheritdoc/>
    public required Guid VisitId { get; init; }

    /// <inheritdoc/>
    public required Guid PatientId { get; init; }

    /// <summary>The number that people read out; no two have the same.</summary>
    public required int Number { get; init; }

    /// <summary>In which currency.</summary>
    public required string Currency { get; init; }

    /// <summary>When it was begun.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>How many entries its ledger has: the next one takes the next number, which only one can have.</summary>
    public int Entries { get; private set; }

    /// <summary>
    /// The running sum of its ledger, in cents, by which the unsettled ones are found: what is open, negative for what is owed back.
    /// </summary>
    public long OpenCents { get; private set; }

    /// <summary>Row version.</summary>
    public Guid Version { get; private set; } = Guid.CreateVersion7();

    /// <summary>Somebody decided by what the ledger says: an act at the same time that changes it comes before or after.</summary>
    public void Judged() => Version = Guid.CreateVersion7();

    /// <summary>An entry was added that changes what is open by so many cents; answers with its number.</summary>
    public int Entered(long cents)
    {
        (OpenCents, Entries, Version) = (checked(OpenCents + cents), Entries + 1, Guid.CreateVersion7());
        return Entries;
    }
}

internal sealed class InvoiceConfiguration : IEntityTypeConfiguration<Invoice>
{
    public void Configure(EntityTypeBuilder<Invoice> builder)
    {
        builder.ToTable("Invoices");
        builder.Property(invoice => invoice.Id).ValueGeneratedNever();
        builder.Property(invoice => invoice.Currency).HasMaxLength(3);
        builder.Property(invoice => invoice.Version).IsConcurrencyToken();
        builder.HasIndex(invoice => invoice.VisitId).IsUnique();
        builder.HasIndex(invoice => invoice.Number).IsUnique();
        builder.HasIndex(invoice => invoice.PatientId);

        // What the list of open balances asks for, in its order.
        builder.HasIndex(invoice => new { invoice.OpenedAt, invoice.Id }).HasFilter("\"OpenCents\" <> 0")
            .HasDatabaseName("IX_Invoices_Unsettled");

        // By visit and patient: no invoice of one patient's visit stands under another.
        builder.HasOne<Visit>().WithMany()
            .HasForeignKey(invoice => new { invoice.VisitId, invoice.PatientId })
            .HasPrincipalKey(visit => new { visit.Id, visit.PatientId })
            .OnDelete(DeleteBehavior.Restrict);
    }
}
