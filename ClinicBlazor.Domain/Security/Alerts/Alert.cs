using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Protection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClinicBlazor.Domain.Security.Alerts;

/// <summary>
/// Something that wants somebody's look. It holds ids of accounts, a kind and a number; no patient, and no words but the note of
/// whoever has looked: so nothing clinical can get into it. What happens again while it is open only counts.
/// </summary>
internal sealed class Alert : ISealedRow, ITrailWatch
{
    /// <summary>Most characters of a key.</summary>
    public const int LongestKey = 160;

    /// <summary>Id.</summary>
    public required Guid Id { get; init; }

    /// <summary>What it is about.</summary>
    public required AlertKind Kind { get; init; }

    /// <summary>What repetition counts on (<see cref="AlertKeys"/>): of a kind, one alert with this key is open.</summary>
    public required string Key { get; init; }

    /// <summary>Who did it, or whose account was tried.</summary>
    public Guid? AccountId { get; init; }

    /// <summary>Which account it was done to.</summary>
    public Guid? SubjectId { get; init; }

    /// <summary>Client address; empty for none.</summary>
    public required string Address { get; init; }

    /// <summary>What it was at first.</summary>
    public AuditAct? Act { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset FirstAt { get; init; }

    /// <summary>When it last happened.</summary>
    public DateTimeOffset LastAt { get; private set; }

    /// <summary>How often.</summary>
    public int Count { get; private set; }

    /// <summary>When somebody said what became of it; null while it is open.</summary>
    public DateTimeOffset? AcknowledgedAt { get; private set; }

    /// <summary>Who did.</summary>
    public Guid? AcknowledgedBy { get; private set; }

    /// <summary>What became of it, sealed.</summary>
    public SealedText? Note { get; private set; }

    RowOwner ISealedRow.Owner => OwnerOf(AcknowledgedBy);

    /// <summary>Whose an alert is: whoever wrote its note, and the clinic's own while it has none.</summary>
    public static RowOwner OwnerOf(Guid? acknowledgedBy) => acknowledgedBy is { } by ? new(by) : RowOwner.Clinic;

    /// <summary>A new alert, which is open.</summary>
    public static Alert Raise(Guid id, AlertCause cause) => new()
    {
        Id = id, Kind = cause.Kind, Key = cause.Key, AccountId = cause.AccountId, SubjectId = cause.SubjectId, Address = cause.Address,
        Act = cause.Act, FirstAt = cause.FirstAt, LastAt = cause.LastAt, Count = cause.Count,
    };

    /// <summary>It happened again.</summary>
    public void Repeat(int count, DateTimeOffset at) => (Count, LastAt) = (Count + count, at > LastAt ? at : LastAt);

    /// <summary>Closes it; what happens from now on is another one.</summary>
    public void Acknowledge(SealedText note, Guid by, DateTimeOffset now) => (Note, AcknowledgedBy, AcknowledgedAt) = (note, by, now);

    /// <summary>True for what this account did, or what was done to it.</summary>
    public bool IsOf(Guid? accountId) => accountId is not null && (AccountId == accountId || SubjectId == accountId);
}

internal sealed class AlertConfiguration : IEntityTypeConfiguration<Alert>
{
    private const string Open = "\"AcknowledgedAt\" IS NULL";
    private const string Acknowledged = "\"AcknowledgedAt\" IS NOT NULL";

    public void Configure(EntityTypeBuilder<Alert> builder)
    {
        builder.ToTable("Alerts");
        builder.Property(alert => alert.Id).ValueGeneratedNever();
        builder.Property(alert => alert.Key).HasMaxLength(Alert.LongestKey);
        builder.Property(alert => alert.Address).HasMaxLength(64);

        // Of two administrators, the second is told; and nothing is counted on what was acknowledged meanwhile.
        builder.Property(alert => alert.AcknowledgedAt).IsConcurrencyToken();
        builder.Property(alert => alert.Count).IsConcurrencyToken();

        // Repetition counts on the one that is open.
        builder.HasIndex(alert => new { alert.Kind, alert.Key }).IsUnique().HasFilter(Open).HasDatabaseName("IX_Alerts_OneOpen");
        builder.HasIndex(alert => new { alert.Kind, alert.Key, alert.AcknowledgedAt });

        // The lists, in their order.
        builder.HasIndex(alert => new { alert.LastAt, alert.Id }, "IX_Alerts_Open").HasFilter(Open);
        builder.HasIndex(alert => new { alert.LastAt, alert.Id }, "IX_Alerts_Acknowledged").HasFilter(Acknowledged);
        builder.HasIndex(alert => new { alert.Kind, alert.LastAt, alert.Id }, "IX_Alerts_OpenOfAKind").HasFilter(Open);
        builder.HasIndex(alert => new { alert.Kind, alert.LastAt, alert.Id }, "IX_Alerts_AcknowledgedOfAKind").HasFilter(Acknowledged);
    }
}
