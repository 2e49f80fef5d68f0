using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Protection;
using ClinicBlazor.Domain.Security.Alerts;

namespace ClinicBlazor.Domain.Demo;

/// <summary>What the demo clinic's administrator has to look at, and what became of an earlier alert. Nobody is told of them.</summary>
public sealed class DemoAlerts(FieldProtector protector, TimeProvider time)
{
    // Reserved for documentation (RFC 5737), and so nobody's.
    private const string Elsewhere = "203.0.113.48";

    /// <summary>Adds three that are open and one that was looked at.</summary>
    internal void Add(ClinicDbContext db, Account administrator, Account reception, Account nurse, Account doctor)
    {
        Raise(db, AlertKind.FailedSignIns, AlertKeys.Of(doctor.Id), hours: 2, minutes: 4, count: 14,
            cause => cause with { AccountId = doctor.Id, Address = Elsewhere, Act = AuditAct.SignIn });
        Raise(db, AlertKind.Denials, AlertKeys.Of(reception.Id), hours: 5, minutes: 21, count: 4,
            cause => cause with { AccountId = reception.Id, Address = "192.0.2.17", Act = AuditAct.PageOpened });
        Raise(db, AlertKind.SessionMoved, AlertKeys.Of(nurse.Id), hours: 26, minutes: 0, count: 1,
            cause => cause with { AccountId = nurse.Id, Address = "198.51.100.9", Act = AuditAct.SessionClientChanged });
        var looked = Raise(db, AlertKind.PowerChanged, AlertKeys.Of(AuditAct.RolesChanged, nurse.Id, by: null), hours: 75, minutes: 0,
            count: 1, cause => cause with { SubjectId = nurse.Id, Act = AuditAct.RolesChanged });
        looked.Acknowledge(
            protector.Seal(DemoTexts.AlertNote, FieldPlace.Of<Alert>(looked.Id, Alert.OwnerOf(administrator.Id), nameof(Alert.Note))),
            administrator.Id, looked.LastAt.AddHours(1));
    }

    private Alert Raise(ClinicDbContext db, AlertKind kind, string key, int hours, int minutes, int count,
        Func<AlertCause, AlertCause> with)
    {
        var first = time.Now().AddHours(-hours);
        var cause = with(new AlertCause(kind, key, first, first.AddMinutes(minutes), count));
        return db.Set<Alert>().Add(Alert.Raise(Guid.CreateVersion7(first), cause)).Entity;
    }
}
