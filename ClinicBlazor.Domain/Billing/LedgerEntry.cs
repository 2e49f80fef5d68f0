using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Protection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClinicBlazor.Domain.Billing;

/// <summary>
/// One entry of a visit's ledger. Entries are added and never changed; a mistake is taken back by an entry of its own.
/// </summary>
internal sealed class LedgerEntry : IDemographic, ISealedRow
{
    /// <summary>Id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Of which invoice.</summary>
    public required Guid InvoiceId { get; init; }

    /// <inheritdoc/>
    public required Guid PatientId { get; init; }

    /// <summary>1 for the first of an invoice; no two have the same.</summary>
    public required int Number { get; init; }

    /// <summary>What it is.</summary>
    public required LedgerKind Kind { get; init; }

    /// <summary>How much, in cents, never negative; 0 for what is no amount.</summary>
    public required long Cents { get; init; }

    /// <summary>The entry that it takes back, wholly or in part.</summary>
    public Guid? OfId { get; init; }

    /// <summary>The event of the visit that it follows from; null for what somebody entered by itself.</summary>
    public Guid? EventId { get; init; }

    /// <summary>By which price it was charged.</summary>
    public Guid? PriceId { get; init; }

    /// <summary>What was charged, as the price list called it then.</summary>
    public string? Name { get; init; }

    /// <summary>How money was taken.</summary>
    public PaymentMethod? Method { get; init; }

    /// <summary>In how many monthly parts.</summary>
    public int? Parts { get; init; }

    /// <summary>Until when it holds; it does not at that moment any more.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>Number of the insurer's approval, or of a card's or transfer's receipt, sealed.</summary>
    public SealedText? Reference { get; init; }

    /// <summary>Why, sealed, where somebody had to say so.</summary>
    public SealedText? Reason { get; init; }

    /// <summary>When it was entered.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who entered it; null for the program itself.</summary>
    public Guid? AccountId { get; init; }

    RowOwner ISealedRow.Owner => OwnerOf(PatientId, InvoiceId);

    /// <summary>Whose an entry is: the patient's, within the invoice.</summary>
    public static RowOwner OwnerOf(Guid patientId, Guid invoiceId) => new(patientId, invoiceId);

    /// <summary>By how much an entry of a kind changes what is open, in cents.</summary>
    public static long SignedCents(LedgerKind kind, long cents) => kind switch
    {
        LedgerKind.Charge or LedgerKind.Refund or LedgerKind.WaiverEnd => cents,
        LedgerKind.Reversal or LedgerKind.Payment or LedgerKind.Waiver => -cents,
        LedgerKind.Approval or LedgerKind.Deferral or LedgerKind.Plan or LedgerKind.Emergency or LedgerKind.Override
            or LedgerKind.Withdrawal => 0,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}

internal sealed class LedgerEntryConfiguration : IEntityTypeConfiguration<LedgerEntry>
{
    public void Configure(EntityTypeBuilder<LedgerEntry> builder)
    {
        builder.ToTable("LedgerEntries", table => table.HasCheckConstraint("CK_LedgerEntries_NotNegative", "\"Cents\" >= 0"));
        builder.Property(entry => entry.Id).ValueGeneratedNever();
        builder.Property(entry => entry.Name).HasMaxLength(120);

        // The ledger is one line, held by the database: of two acts at once one is the next, and the other is judged anew.
        builder.HasIndex(entry => new { entry.InvoiceId, entry.Number }).IsUnique();
        builder.HasIndex(entry => entry.PatientId);

        // By invoice and patient: no entry of one patient's invoice stands in the ledger of another.
        builder.HasOne<Invoice>().WithMany()
            .HasForeignKey(entry => new { entry.InvoiceId, entry.PatientId })
            .HasPrincipalKey(invoice => new { invoice.Id, invoice.PatientId })
            .OnDelete(DeleteBehavior.Restrict);

        // What it takes back stands in the same ledger. Nothing is ever deleted, so there is nothing to restrict: a table that is
        // dropped whole would be refused.
        builder.HasOne<LedgerEntry>().WithMany()
            .HasForeignKey(entry => new { entry.OfId, entry.InvoiceId, entry.PatientId })
            .HasPrincipalKey(entry => new { entry.Id, entry.InvoiceId, entry.PatientId })
            .OnDelete(DeleteBehavior.NoAction);
        builder.HasOne<Price>().WithMany().HasForeignKey(entry => entry.PriceId).OnDelete(DeleteBehavior.Restrict);
    }
}
