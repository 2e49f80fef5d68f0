using ClinicBlazor.Domain.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClinicBlazor.Domain.Accounts.Grants;

/// <summary>How a grant of roles ended.</summary>
internal enum RoleGrantEnd
{
    /// <summary>
    /// It needed nobody else, and holds since it was given: kept for roles that assign patients, as long as whoever gave them
    /// could not be assigned by them.
    /// </summary>
    AtOnce,

    /// <summary>A second person confirmed it.</summary>
    Confirmed,

    /// <summary>Nobody could confirm it, and its time came.</summary>
    CameDue,

    /// <summary>An administrator took it back, or gave other roles in its place.</summary>
    Withdrawn,

    /// <summary>Whoever gave it was no administrator any more, or the account was switched off.</summary>
    Lapsed,
}

/// <summary>
/// Roles that one administrator has given: a second person confirms them, or, of those that assign patients, may have to yet.
/// </summary>
internal sealed class RoleGrant
{
    /// <summary>Id.</summary>
    public required Guid Id { get; init; }

    /// <summary>To whom.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>The roles that are added.</summary>
    public required Roles Roles { get; init; }

    /// <summary>The roles that stay until then and go with it: nobody is left without any.</summary>
    public required Roles InsteadOf { get; init; }

    /// <summary>By whom.</summary>
    public required Guid GivenBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset GivenAt { get; init; }

    /// <summary>When it takes effect by itself; null where somebody else can confirm it.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>When it ended; null while it waits.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>How it ended.</summary>
    public RoleGrantEnd? Ended { get; private set; }

    /// <summary>By whom it was confirmed or withdrawn.</summary>
    public Guid? EndedBy { get; private set; }

    /// <summary>The roles of the account once this takes effect.</summary>
    public Roles After(Roles present) => (present & ~InsteadOf) | Roles;

    /// <summary>Ends it; a second time changes nothing.</summary>
    public void End(RoleGrantEnd how, Guid? by, DateTimeOffset now)
    {
        if (EndedAt is null)
        {
            (EndedAt, Ended, EndedBy) = (now, how, by);
        }
    }
}

internal sealed class RoleGrantConfiguration : IEntityTypeConfiguration<RoleGrant>
{
    public void Configure(EntityTypeBuilder<RoleGrant> builder)
    {
        builder.ToTable("RoleGrants");
        builder.Property(grant => grant.Id).ValueGeneratedNever();
        builder.Property(grant => grant.Roles).HasConversion<int>();
        builder.Property(grant => grant.InsteadOf).HasConversion<int>();
        builder.Property(grant => grant.EndedAt).IsConcurrencyToken();
        builder.HasIndex(grant => grant.AccountId).IsUnique().HasFilter("\"EndedAt\" IS NULL")
            .HasDatabaseName("IX_RoleGrants_OneWaitingPerAccount");
        builder.HasIndex(grant => grant.DueAt);
        builder.HasOne<Account>().WithMany().HasForeignKey(grant => grant.AccountId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Account>().WithMany().HasForeignKey(grant => grant.GivenBy).OnDelete(DeleteBehavior.Restrict);
    }
}
