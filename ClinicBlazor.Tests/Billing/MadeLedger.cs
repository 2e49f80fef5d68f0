using ClinicBlazor.Domain.Billing;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Billing;

/// <summary>A ledger that no database has seen, entry by entry.</summary>
internal sealed class MadeLedger
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly Guid invoiceId = Guid.CreateVersion7();
    private readonly Guid patientId = Guid.CreateVersion7();
    private readonly List<LedgerEntry> entries = [];

    public TestClock Clock { get; } = new();

    public LedgerEntry Add(LedgerKind kind, long cents = 0, LedgerEntry? of = null, DateTimeOffset? endsAt = null, int? parts = null,
        DateTimeOffset? at = null)
    {
        var entry = new LedgerEntry
        {
            Id = Guid.CreateVersion7(),
            InvoiceId = invoiceId,
            PatientId = patientId,
            Number = entries.Count + 1,
            Kind = kind,
            Cents = cents,
            OfId = of?.Id,
            EndsAt = endsAt,
            Parts = parts,
            At = at ?? Start,
        };
        entries.Add(entry);
        return entry;
    }

    public void Reverse() => entries.Reverse();

    public Ledger Read() => new("USD", entries, Clock);

    public Clearance ClearanceAt(DateTimeOffset now) => Read().ClearanceAt(now);

    /// <summary>Fails unless the ledger says so at a moment; how much is needed is asked where a test names it.</summary>
    public void AssertAt(DateTimeOffset now, ClearanceKind kind, DateTimeOffset? until = null, long? needed = null)
    {
        var clearance = ClearanceAt(now);
        Assert.Equal((kind, until), (clearance.Kind, clearance.Until));
        Assert.Equal(kind != ClearanceKind.Stopped, clearance.IsCleared);
        Assert.Equal(clearance.IsCleared, clearance.Needed.Cents == 0);
        Assert.Equal(needed ?? clearance.Needed.Cents, clearance.Needed.Cents);
    }
}
