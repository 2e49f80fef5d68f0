using ClinicBlazor.Domain.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClinicBlazor.Domain.Accounts;

/// <summary>A passkey's challenge that was answered. It is answered once, whatever a browser keeps of it.</summary>
internal sealed class TakenChallenge
{
    /// <summary>How long a challenge may be answered, in minutes.</summary>
    public const int Minutes = 5;

    /// <summary>Hash of the challenge.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>When nobody may answer it any more in any case, so that this row can go.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>
    /// Takes a challenge in the transaction of <paramref name="db"/>; false when it was taken before or is too old. Of two
    /// answers at once one loses the race for the row, and finds it taken when it is judged again.
    /// </summary>
    public static async Task<bool> TryTakeAsync(ClinicDbContext db, PasskeyChallenge challenge, DateTimeOffset now, CancellationToken ct)
    {
        if (challenge.At <= now.AddMinutes(-Minutes) || await db.Set<TakenChallenge>().AnyAsync(row => row.Hash == challenge.Hash, ct))
        {
            return false;
        }

        var taken = db.Set<TakenChallenge>();
        taken.RemoveRange(
            await taken.AsTracking().Where(row => row.ExpiresAt <= now).OrderBy(row => row.ExpiresAt).Take(20).ToListAsync(ct));
        taken.Add(new TakenChallenge { Hash = challenge.Hash, ExpiresAt = challenge.At.AddMinutes(Minutes) });
        return true;
    }
}

/// <summary>A challenge that an authenticator has signed.</summary>
/// <param name="Hash">SHA-256 of what was handed out.</param>
/// <param name="At">When it was handed out.</param>
public sealed record PasskeyChallenge(byte[] Hash, DateTimeOffset At);

internal sealed class TakenChallengeConfiguration : IEntityTypeConfiguration<TakenChallenge>
{
    public void Configure(EntityTypeBuilder<TakenChallenge> builder)
    {
        builder.ToTable("TakenChallenges");
        builder.HasKey(challenge => challenge.Hash);
        builder.Property(challenge => challenge.Hash).HasMaxLength(32);
        builder.HasIndex(challenge => challenge.ExpiresAt);
    }
}
