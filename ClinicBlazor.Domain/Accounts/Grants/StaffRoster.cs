using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClinicBlazor.Domain.Accounts.Grants;

/// <summary>
/// The one row that everybody changes who gives or takes power: of two acts that meet, one is carried out, and the other
/// is judged again by what is left. So two administrators who switch each other off leave one.
/// </summary>
internal sealed class StaffRoster
{
    /// <summary>Id of the one row.</summary>
    public static readonly Guid TheOne = new("01920000-0000-7000-8000-000000000001");

    /// <summary>Id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Row version.</summary>
    public Guid Version { get; private set; }

    /// <summary>Since when the clinic has had clinical staff; null while it is still being set up.</summary>
    public DateTimeOffset? ClinicalSince { get; private set; }

    /// <summary>True once the clinic has had a clinical account, whatever has become of it.</summary>
    public bool HasClinicalStaff => ClinicalSince is not null;

    /// <summary>
    /// Takes the row for this transaction, for an act of <paramref name="actorId"/>. False when that account is no
    /// administrator any more: somebody was quicker.
    /// </summary>
    public static async Task<StaffRoster?> TakeAsync(ClinicDbContext db, Guid? actorId, CancellationToken ct)
    {
        var roster = await TakeAsync(db, ct);
        return await db.Set<Account>().ActiveAdministrators().AnyAsync(row => row.Id == actorId, ct) ? roster : null;
    }

    /// <summary>Takes the row for this transaction, for an act of the program itself.</summary>
    public static async Task<StaffRoster> TakeAsync(ClinicDbContext db, CancellationToken ct)
    {
        var roster = await db.Set<StaffRoster>().AsTracking().SingleAsync(ct);
        roster.Version = Guid.CreateVersion7();
        if (!roster.HasClinicalStaff && await db.Set<Account>()
            .AnyAsync(row => row.Kind == AccountKind.Staff && (row.Roles & Roles.Clinical) != Roles.None, ct))
        {
            // Accounts that are older than this row, or were put in past it: the demonstration's.
            roster.Note(Roles.Clinical, db.Scope.Now);
        }

        return roster;
    }

    /// <summary>Notes that an account has clinical roles from now on.</summary>
    public void Note(Roles roles, DateTimeOffset now)
    {
        if (roles.HasAny(Roles.Clinical))
        {
            ClinicalSince ??= now;
        }
    }
}

internal sealed class StaffRosterConfiguration : IEntityTypeConfiguration<StaffRoster>
{
    public void Configure(EntityTypeBuilder<StaffRoster> builder)
    {
        builder.ToTable("StaffRoster");
        builder.Property(roster => roster.Id).ValueGeneratedNever();
        builder.Ignore(roster => roster.HasClinicalStaff);
        builder.Property(roster => roster.Version).IsConcurrencyToken();
        builder.HasData(new { Id = StaffRoster.TheOne, Version = StaffRoster.TheOne });
    }
}
