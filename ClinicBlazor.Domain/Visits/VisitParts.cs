using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Patients;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Visits;

/// <summary>Who takes part in a visit, as its acts give and end that.</summary>
public sealed class VisitParts(TimeProvider time)
{
    /// <summary>The answer to a choice that is not to be had.</summary>
    internal const string NotADoctor = "Choose one of the doctors.";

    /// <summary>True for a doctor whose account is in use.</summary>
    internal static Task<bool> IsDoctorAsync(ClinicDbContext db, Guid accountId, CancellationToken ct) =>
        db.Set<Account>().ActiveAs(Roles.Doctor).AnyAsync(account => account.Id == accountId, ct);

    /// <summary>The doctors whose account is in use, by name.</summary>
    internal static async Task<IReadOnlyList<StaffMember>> DoctorsAsync(ClinicDbContext db, CancellationToken ct) =>
        await db.Set<Account>().ActiveAs(Roles.Doctor).OrderBy(account => account.DisplayName)
            .Select(account => new StaffMember(account.Id, account.DisplayName)).ToListAsync(ct);

    /// <summary>
    /// Lets the actor take part who starts the triage or calls the patient in; false when they may not. A visit that is for a doctor
    /// is called in by that one. Whoever opened the visit gives what it opens, so nobody takes part in one that they opened
    /// themselves, unless the patient is theirs already.
    /// </summary>
    internal async Task<bool> TakesPartAsync(
        ClinicDbContext db, Actor actor, Visit visit, VisitAct act, DateTimeOffset now, CancellationToken ct)
    {
        if (act == VisitAct.CallIn && visit.DoctorId is { } doctor && doctor != actor.AccountId)
        {
            return false;
        }

        var self = actor.AccountId!.Value;
        var parts = await db.Set<AccessGrant>().InForceAt(now)
            .Where(grant => grant.PatientId == visit.PatientId && grant.AccountId == self).ToListAsync(ct);
        if (parts.Any(part => part.VisitId == visit.Id))
        {
            return true;
        }

        if (visit.OpenedById is not { } opener || opener == self)
        {
            return parts.Count > 0;
        }

        // Tracked, so that it meets whatever happens to the account at the same time.
        var member = await db.Set<Account>().AsTracking().ActiveAs(Roles.Clinical)
            .SingleOrDefaultAsync(account => account.Id == self && account.Roles == actor.Roles, ct);
        if (member is null)
        {
            return false;
        }

        member.Assigned();
        db.Set<AccessGrant>().Add(NewPart(visit, self, opener, now));
        return true;
    }

    /// <summary>Ends every part in a visit.</summary>
    internal static async Task EndAsync(ClinicDbContext db, Visit visit, DateTimeOffset now, CancellationToken ct)
    {
        var parts = await db.Set<AccessGrant>().AsTracking().Where(grant => grant.VisitId == visit.Id && grant.EndsAt == null)
            .ToListAsync(ct);
        parts.ForEach(part => part.End(now));
    }

    /// <summary>Ends what an act has given that is taken back, and goes on with what it had ended.</summary>
    internal async Task UndoAsync(ClinicDbContext db, Visit visit, VisitEvent undone, DateTimeOffset now, CancellationToken ct)
    {
        if (!visit.IsOpen)
        {
            await EndAsync(db, visit, now, ct);
            return;
        }

        var parts = await db.Set<AccessGrant>().AsTracking()
            .Where(grant => grant.VisitId == visit.Id
                && (grant.EndsAt == undone.At || (grant.EndsAt == null && grant.StartsAt == undone.At)))
            .ToListAsync(ct);
        foreach (var part in parts)
        {
            if (part.EndsAt is null)
            {
                part.End(now);
            }
            else if (part.GivenById is { } giver && await db.Set<Account>().AsTracking().ActiveAs(Roles.CareTeamEligible)
                .SingleOrDefaultAsync(account => account.Id == part.AccountId, ct) is { } member)
            {
                member.Assigned();
                db.Set<AccessGrant>().Add(NewPart(visit, part.AccountId, giver, now));
            }
        }
    }

    /// <summary>Somebody's part in a visit, from now on.</summary>
    internal AccessGrant NewPart(Visit visit, Guid accountId, Guid givenBy, DateTimeOffset now) => new()
    {
        Id = time.NewId(),
        PatientId = visit.PatientId,
        AccountId = accountId,
        GivenById = givenBy,
        Kind = GrantKind.Visit,
        VisitId = visit.Id,
        StartsAt = now,
    };
}
