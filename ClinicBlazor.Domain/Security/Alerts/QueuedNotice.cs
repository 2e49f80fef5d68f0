using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClinicBlazor.Domain.Security.Alerts;

/// <summary>
/// Somebody is still to be told of an alert. It is written in the transaction that raises the alert and deleted when the notifier
/// took it, so that neither a restart nor a server that is away loses one.
/// </summary>
internal sealed class QueuedNotice
{
    /// <summary>Most characters of a notifier's name.</summary>
    public const int LongestName = 40;

    /// <summary>Id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Of which alert.</summary>
    public required Guid AlertId { get; init; }

    /// <summary>By which notifier (<see cref="IAlertNotifier.Name"/>).</summary>
    public required string Notifier { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it is tried next.</summary>
    public DateTimeOffset DueAt { get; private set; }

    /// <summary>How often it was tried. Also the row's version: of two instances one gets the try.</summary>
    public int Tries { get; private set; }

    /// <summary>When nobody tried any longer; null while it is tried.</summary>
    public DateTimeOffset? GivenUpAt { get; private set; }

    /// <summary>One that is due at once.</summary>
    public static QueuedNotice Write(Guid id, Guid alertId, string notifier, DateTimeOffset now) =>
        new() { Id = id, AlertId = alertId, Notifier = notifier, CreatedAt = now, DueAt = now };

    /// <summary>Counts a try and sets when the next one is due if this one fails.</summary>
    public void Try(DateTimeOffset now) => (DueAt, Tries) = (RetryPauses.Next(now, Tries), Tries + 1);

    /// <summary>The try failed. Returns true when there will be no other.</summary>
    public bool Fail(DateTimeOffset now)
    {
        GivenUpAt = RetryPauses.AreOver(CreatedAt, now) ? now : null;
        return GivenUpAt is not null;
    }

    /// <summary>Nobody is there any more who could take it.</summary>
    public void GiveUp(DateTimeOffset now) => GivenUpAt = now;
}

internal sealed class QueuedNoticeConfiguration : IEntityTypeConfiguration<QueuedNotice>
{
    public void Configure(EntityTypeBuilder<QueuedNotice> builder)
    {
        builder.ToTable("QueuedNotices");
        builder.Property(notice => notice.Id).ValueGeneratedNever();
        builder.Property(notice => notice.Notifier).HasMaxLength(QueuedNotice.LongestName);
        builder.Property(notice => notice.Tries).IsConcurrencyToken();
        builder.HasIndex(notice => new { notice.AlertId, notice.Notifier }).IsUnique();
        builder.HasIndex(notice => new { notice.GivenUpAt, notice.DueAt });
        builder.HasOne<Alert>().WithMany().HasForeignKey(notice => notice.AlertId).OnDelete(DeleteBehavior.Restrict);
    }
}
