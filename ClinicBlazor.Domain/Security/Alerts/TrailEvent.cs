using System.Linq.Expressions;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;

namespace ClinicBlazor.Domain.Security.Alerts;

/// <summary>A sealed entry of the trail, as far as the rules look at it.</summary>
internal sealed record TrailEvent(
    long Sequence, Guid EntryId, DateTimeOffset At, Guid? AccountId, string Role, AuditAct Act, AuditOutcome Outcome, Guid? PatientId,
    Guid? VisitId, Guid? SubjectId, string Address, string UserAgent, string? Details)
{
    /// <summary>True for what the program says that it did, or that somebody did in a made-up past.</summary>
    public bool IsOfTheProgram => Address == ClientInfo.Local.Address;

    /// <summary>Roles held at that moment; none for what nobody can hold.</summary>
    public Roles Roles => Enum.TryParse<Roles>(Role, out var roles) ? roles : Roles.None;

    private static readonly Expression<Func<Row, TrailEvent>> Read = row => new TrailEvent(
        row.Sequence, row.Entry.Id, row.Entry.At, row.Entry.AccountId, row.Entry.Role, row.Entry.Act, row.Entry.Outcome,
        row.Entry.PatientId, row.Entry.VisitId, row.Entry.SubjectId, row.Entry.Address, row.Entry.UserAgent, row.Entry.Details);

    /// <summary>The first entries after a place in the chain, in its order.</summary>
    public static IQueryable<TrailEvent> After(ClinicDbContext db, long sequence, int count) =>
        Join(db.Set<AuditEntry>(), db.Set<AuditSeal>().Where(seal => seal.Sequence > sequence))
            .OrderBy(row => row.Sequence).Take(count).Select(Read);

    /// <summary>
    /// Those of some entries that stand in the chain up to a place; in no order, since in that of the chain all of it would be walked.
    /// </summary>
    public static IQueryable<TrailEvent> UpTo(ClinicDbContext db, long sequence, IQueryable<AuditEntry> entries) =>
        Join(entries, db.Set<AuditSeal>().Where(seal => seal.Sequence <= sequence)).Select(Read);

    private static IQueryable<Row> Join(IQueryable<AuditEntry> entries, IQueryable<AuditSeal> seals) =>
        entries.Join(seals, entry => entry.Id, seal => seal.EntryId, (entry, seal) => new Row { Sequence = seal.Sequence, Entry = entry });

    private sealed class Row
    {
        public required long Sequence { get; init; }

        public required AuditEntry Entry { get; init; }
    }
}
