using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Security;

/// <summary>Somebody looked at a patient's data.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="AccountId">Who.</param>
/// <param name="InList">True for a list or search in which the patient stood among others.</param>
internal sealed record OwnLook(AuditEntry Entry, Guid AccountId, bool InList)
{
    /// <summary>Id of the entry.</summary>
    public Guid Id => Entry.Id;
}

/// <summary>
/// The looks of others at a patient's data, in lists and searches too. A page that was only asked for showed nothing, and what
/// its author is still typing shows nothing new: neither is one.
/// </summary>
internal static class OwnLooks
{
    /// <summary>The newest looks at the data of the actor, who is a patient.</summary>
    public static async Task<IReadOnlyList<OwnLook>> NewestAsync(ClinicDbContext db, Actor actor, Guid patientId, int count,
        CancellationToken ct)
    {
        var about = await About(db, actor, patientId).OrderByDescending(entry => entry.Id).Take(count).ToListAsync(ct);
        var listing = await PatientLists.FirstAsync(db, patientId, new TrailRange(), entry => IsOfOthers(entry, actor), count, ct);
        return [.. about.Select(entry => Look(entry, inList: false)).Concat(listing.Select(entry => Look(entry, inList: true)))
            .OrderByDescending(look => look.Id).Take(count)];
    }

    /// <summary>One of them; null for an entry that is none.</summary>
    public static async Task<OwnLook?> FindAsync(ClinicDbContext db, Actor actor, Guid patientId, Guid entryId, CancellationToken ct)
    {
        if (await About(db, actor, patientId).SingleOrDefaultAsync(entry => entry.Id == entryId, ct) is { } about)
        {
            return Look(about, inList: false);
        }

        var listing = await PatientLists.FindAsync(db, patientId, entryId, ct);
        return listing is not null && IsOfOthers(listing, actor) ? Look(listing, inList: true) : null;
    }

    private static OwnLook Look(AuditEntry entry, bool inList) => new(entry, entry.AccountId!.Value, inList);

    private static IQueryable<AuditEntry> About(ClinicDbContext db, Actor actor, Guid patientId) => db.Set<AuditEntry>()
        .Where(entry => entry.PatientId == patientId && entry.AccountId != null && entry.AccountId != actor.AccountId
            && entry.Outcome == AuditOutcome.Done && entry.Act != AuditAct.PageOpened && entry.Act != AuditAct.DraftKept
            && entry.Act != AuditAct.DraftEnded);

    // A list is never a page that was asked for, nor a draft.
    private static bool IsOfOthers(AuditEntry entry, Actor actor) =>
        entry.AccountId is { } who && who != actor.AccountId && entry.Outcome == AuditOutcome.Done;
}
