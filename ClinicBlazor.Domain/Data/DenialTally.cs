using System.Globalization;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClinicBlazor.Domain.Data;

/// <summary>
/// How often one person was refused in one minute. The first of these are entries of the trail each; who is refused more often
/// than that only counts here, and one entry tells the number when the minute is over: nobody fills the trail by asking.
/// </summary>
internal sealed class DenialTally
{
    /// <summary>Refusals within a minute that are entries of their own.</summary>
    public const int Each = 30;

    private const string More = " more at ";

    /// <summary>Who was refused.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>The minute, in minutes since 1970.</summary>
    public required long Minute { get; init; }

    /// <summary>How often.</summary>
    public int Count { get; private set; }

    /// <summary>True when there is no entry of the last one.</summary>
    public bool IsOver => Count > Each;

    /// <summary>The minute of a moment.</summary>
    public static long MinuteOf(DateTimeOffset moment) => moment.ToUnixTimeSeconds() / 60;

    /// <summary>What the entry says that tells how many refusals of this minute have none of their own.</summary>
    public string Remark => string.Create(CultureInfo.InvariantCulture,
        $"{Count - Each}{More}{DateTimeOffset.FromUnixTimeSeconds(Minute * 60):yyyy-MM-dd HH:mm} UTC");

    /// <summary>How many refusals such a remark tells of; one where it says nothing of the kind.</summary>
    public static int CountOf(string remark) => int.TryParse(
        remark.AsSpan(0, Math.Max(0, remark.IndexOf(More, StringComparison.Ordinal))), NumberStyles.None, CultureInfo.InvariantCulture,
        out var count) ? count : 1;

    /// <summary>
    /// Counts a refusal in what <paramref name="db"/> is about to save; true when it gets an entry of its own. Who is not signed in
    /// is nobody in particular, and has other limits.
    /// </summary>
    public static async Task<bool> CountAsync(ClinicDbContext db, Actor actor, AuditOutcome outcome, DateTimeOffset now,
        CancellationToken ct)
    {
        if (outcome != AuditOutcome.Denied || actor.AccountId is not { } accountId)
        {
            return true;
        }

        var minute = MinuteOf(now);
        var tally = await db.Set<DenialTally>().AsTracking()
            .SingleOrDefaultAsync(row => row.AccountId == accountId && row.Minute == minute, ct);
        if (tally is null)
        {
            tally = new DenialTally { AccountId = accountId, Minute = minute };
            db.Set<DenialTally>().Add(tally);
        }

        tally.Count++;
        return !tally.IsOver;
    }
}

internal sealed class DenialTallyConfiguration : IEntityTypeConfiguration<DenialTally>
{
    public void Configure(EntityTypeBuilder<DenialTally> builder)
    {
        builder.ToTable("DenialTallies");
        builder.HasKey(tally => new { tally.AccountId, tally.Minute });
        builder.Property(tally => tally.AccountId).ValueGeneratedNever();
        builder.Property(tally => tally.Minute).ValueGeneratedNever();
        builder.Ignore(tally => tally.IsOver);
        builder.Ignore(tally => tally.Remark);

        // Of two refusals at once, the second counts anew.
        builder.Property(tally => tally.Count).IsConcurrencyToken();
        builder.HasIndex(tally => tally.Minute);
    }
}
