using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;

namespace ClinicBlazor.Domain.Security.Alerts;

/// <summary>A sealed entry of the trail, as far as the rules look at it.</summary>
internal sealed record TrailEvent(
    long Sequence, DateTimeOffset At, Guid? AccountId, string Role, AuditAct Act, AuditOutcome Outcome, Guid? PatientId, Guid? VisitId,
    Guid? SubjectId, string Address, string UserAgent, string? Details)
{
    /// <summary>True for what the program says that it did, or that somebody did in a made-up past.</summary>
    public bool IsOfTheProgram => Address == ClientInfo.Local.Address;

    /// <summary>Roles held at that moment; none for what nobody can hold.</summary>
    public Roles Roles => Enum.TryParse<Roles>(Role, out var roles) ? roles : Roles.None;

    /// <summary>Reads entries with their places in the chain.</summary>
    public static IQueryable<TrailEvent> Of(IQueryable<AuditSeal> seals, IQueryable<AuditEntry> entries) =>
        seals.Join(entries, seal => seal.EntryId, entry => entry.Id, (seal, entry) => new { seal.Sequence, Entry = entry })
            .OrderBy(row => row.Sequence)
            .Select(row => new TrailEvent(
                row.Sequence, row.Entry.At, row.Entry.AccountId, row.Entry.Role, row.Entry.Act, row.Entry.Outcome, row.Entry.PatientId,
                row.Entry.VisitId, row.Entry.SubjectId, row.Entry.Address, row.Entry.UserAgent, row.Entry.Details));
}
