using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Visits;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Security.Alerts.Rules;

/// <summary>
/// What somebody may do was changed: each act on each account is an alert of its own. The front desk puts people on care teams
/// while the patient is there; otherwise that is one too.
/// </summary>
internal sealed class PowerChangedRule : SingleEntryRule
{
    private static readonly HashSet<AuditDetail> Given =
        [AuditDetail.DoctorGiven, AuditDetail.NurseGiven, AuditDetail.ReceptionGiven, AuditDetail.AdministratorGiven];

    /// <inheritdoc/>
    public override AlertKind Kind => AlertKind.PowerChanged;

    /// <inheritdoc/>
    public override bool Concerns(TrailEvent entry) => entry.Outcome == AuditOutcome.Done && entry.Act switch
    {
        AuditAct.RolesChanged or AuditAct.RolesGiven or AuditAct.RolesConfirmed or AuditAct.RolesCameDue => true,
        AuditAct.AccountLinkRequested or AuditAct.AccountLinked or AuditAct.AccountLinkCameDue or AuditAct.SecondFactorReset => true,

        // An invitation that is sent once more gives nothing.
        AuditAct.AccountInvited => AuditDetails.Read(entry.Details).Any(Given.Contains),
        AuditAct.CareTeamJoined => IsByTheDesk(entry),
        _ => false,
    };

    /// <inheritdoc/>
    protected override string KeyOf(TrailEvent entry) => AlertKeys.Of(entry.Act, entry.SubjectId, entry.AccountId);

    /// <inheritdoc/>
    protected override async Task<IReadOnlyList<TrailEvent>> NarrowAsync(AlertBatch batch, IReadOnlyList<TrailEvent> entries,
        CancellationToken ct)
    {
        var left = new List<TrailEvent>();
        foreach (var entry in entries)
        {
            if (entry.Act != AuditAct.CareTeamJoined || !await IsInAVisitAsync(batch, entry, ct))
            {
                left.Add(entry);
            }
        }

        return left;
    }

    // A made-up past has no client.
    private static bool IsByTheDesk(TrailEvent entry) =>
        entry is { VisitId: null, IsOfTheProgram: false } && entry.Roles.HasAny(Roles.Reception);

    private static Task<bool> IsInAVisitAsync(AlertBatch batch, TrailEvent entry, CancellationToken ct) =>
        batch.Db.Set<Visit>().AnyAsync(visit => visit.PatientId == entry.PatientId && visit.ArrivedAt <= entry.At
            && (visit.ClosedAt == null || visit.ClosedAt >= entry.At), ct);
}
