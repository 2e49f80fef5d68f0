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
    /// is called in by that one. Whoever opened the visit gives what it opens, as long as they could open one now; so nobody takes
    /// part in one that they opened themselves, unless the patient is theirs already.
    /// </summary>
    internal async Task<bool> TakesPartAsync(
        ClinicDbContext db, Actor actor, Visit visit, VisitAct act, Guid eventId, CancellationToken ct)
    {
        if (!IsFor(actor, visit, act))
        {
            return false;
        }

        var self = actor.AccountId!.Value;
        var now = time.Now();
        var parts = await db.Set<AccessGrant>().InForceAt(now)
            .Where(grant => grant.PatientId == visit.PatientId && grant.AccountId == self).ToListAsync(ct);
        if (parts.Any(part => part.VisitId == visit.Id))
        {
            return true;
        }

        // What somebody has ended is not taken again: it is given again.
        var wasEnded = await db.Set<AccessGrant>().AnyAsync(grant => grant.VisitId == visit.Id && grant.AccountId == self
            && grant.EndsAt != null && grant.EndedByEventId == null, ct);
        if (wasEnded || visit.OpenedById is not { } opener || opener == self
            || await GiverAsync(db, visit, opener, ct) is not { } giver)
        {
            return parts.Count > 0;
        }

        var member = await db.Set<Account>().AsTracking().ActiveAs(Roles.Clinical)
            .SingleOrDefaultAsync(account => account.Id == self && account.Roles == actor.Roles, ct);
        if (member is null)
        {
            return false;
        }

        // Both are changed, so that this meets whatever happens to either account at the same time.
        giver.Assigned();
        member.Assigned();
        db.Set<AccessGrant>().Add(NewPart(visit, self, opener, now, eventId));
        return true;
    }

    /// <summary>
    /// True when the act is not kept for another doctor: a visit that is for one is called in by that one, and its triage is started
    /// by that one or by a nurse.
    /// </summary>
    internal static bool IsFor(Actor actor, Visit visit, VisitAct act) => visit.DoctorId is not { } doctor || doctor == actor.AccountId
        || (act == VisitAct.StartTriage && actor.Roles.HasAny(Roles.Nurse));

    /// <summary>True when the act is worth offering to somebody; the act itself decides again.</summary>
    /// <param name="actor">Who reads.</param>
    /// <param name="visit">The visit.</param>
    /// <param name="act">An act of <see cref="VisitTransitions"/>.</param>
    /// <param name="isAssigned">Whether the patient is assigned to the reader.</param>
    internal static bool IsOffered(Actor actor, Visit visit, VisitAct act, bool isAssigned)
    {
        var reach = AccessPolicy.ReachOf(actor.Roles, VisitTransitions.Of(act).Permission);
        var mayAsSuch = reach.HasFlag(Reach.Everyone) || (reach != Reach.None && isAssigned);
        var takesPart = isAssigned || (visit.OpenedById is { } opener && opener != actor.AccountId);
        return visit.Takes(act) && mayAsSuch
            && (act is not (VisitAct.StartTriage or VisitAct.CallIn) || (takesPart && IsFor(actor, visit, act)));
    }

    /// <summary>Ends every part in a visit with the act that closes it.</summary>
    internal async Task EndAsync(ClinicDbContext db, Visit visit, Guid eventId, CancellationToken ct)
    {
        var now = time.Now();
        var parts = await db.Set<AccessGrant>().AsTracking().Where(grant => grant.VisitId == visit.Id && grant.EndsAt == null)
            .ToListAsync(ct);
        parts.ForEach(part => part.EndWith(eventId, now));
    }

    /// <summary>
    /// Ends what an act has given that is taken back, and goes on with what it had ended, for those who are clinical still.
    /// </summary>
    internal async Task UndoAsync(ClinicDbContext db, Visit visit, VisitEvent last, Guid eventId, CancellationToken ct)
    {
        if (!visit.IsOpen)
        {
            await EndAsync(db, visit, eventId, ct);
            return;
        }

        var now = time.Now();
        var parts = await db.Set<AccessGrant>().AsTracking().Where(grant => grant.VisitId == visit.Id
            && (grant.EndedByEventId == last.Id || (grant.StartedByEventId == last.Id && grant.EndsAt == null))).ToListAsync(ct);
        foreach (var part in parts)
        {
            if (part.EndsAt is null)
            {
                part.EndWith(eventId, now);
            }
            else if (part.GivenById is { } giverId && await MemberAsync(db, part, ct) is { } member
                && await GiverAsync(db, visit, giverId, ct) is { } giver)
            {
                giver.Assigned();
                member.Assigned();
                db.Set<AccessGrant>().Add(NewPart(visit, part.AccountId, giverId, now, part.StartedByEventId));
            }
        }
    }

    /// <summary>Somebody's part in a visit, from now on.</summary>
    internal AccessGrant NewPart(Visit visit, Guid accountId, Guid givenBy, DateTimeOffset now, Guid? eventId = null) => new()
    {
        Id = time.NewId(),
        PatientId = visit.PatientId,
        AccountId = accountId,
        GivenById = givenBy,
        Kind = GrantKind.Visit,
        VisitId = visit.Id,
        StartedByEventId = eventId,
        StartsAt = now,
    };

    // Whose part it was, tracked; null when they are no longer what they took part as.
    private static async Task<Account?> MemberAsync(ClinicDbContext db, AccessGrant part, CancellationToken ct)
    {
        var calledIn = await db.Set<VisitEvent>().AnyAsync(done => done.Id == part.StartedByEventId && done.Act == VisitAct.CallIn, ct);
        return await db.Set<Account>().AsTracking().ActiveAs(calledIn ? Roles.Doctor : Roles.Clinical)
            .SingleOrDefaultAsync(account => account.Id == part.AccountId, ct);
    }

    // Whoever opened the visit, or added somebody to it, tracked; null when they could not open it any more.
    private async Task<Account?> GiverAsync(ClinicDbContext db, Visit visit, Guid opener, CancellationToken ct)
    {
        var account = await db.Set<Account>().AsTracking().ActiveAs(Roles.Reception | Roles.Clinical)
            .SingleOrDefaultAsync(row => row.Id == opener, ct);
        return account is not null && (account.Roles.HasAny(Roles.Reception) || await db.Set<AccessGrant>().InForceAt(time.Now())
            .AnyAsync(grant => grant.PatientId == visit.PatientId && grant.AccountId == opener, ct)) ? account : null;
    }
}
