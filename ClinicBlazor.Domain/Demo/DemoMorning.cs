using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Protection;
using ClinicBlazor.Domain.Visits;

namespace ClinicBlazor.Domain.Demo;

/// <summary>The demo clinic's morning: visits in every state, each with its history, and that in the audit trail too.</summary>
public sealed class DemoMorning(FieldProtector protector, AuditTrail trail, DemoBilling billing, TimeProvider time)
{
    // Minutes from one act of a visit to the next.
    private const int Longest = 9;

    private static readonly VisitAct[][] Ways =
    [
        [],
        [VisitAct.CheckIn],
        [VisitAct.CheckIn, VisitAct.StartTriage],
        [VisitAct.CheckIn, VisitAct.StartTriage, VisitAct.CallIn],
        [VisitAct.CheckIn, VisitAct.CallIn, VisitAct.Finish],
        [VisitAct.CheckIn],
        [VisitAct.MarkNoShow],
        [],
        [VisitAct.CheckIn, VisitAct.StartTriage],
        [VisitAct.CheckIn, VisitAct.Cancel],
        [VisitAct.CheckIn, VisitAct.StartTriage, VisitAct.CallIn, VisitAct.Finish],
        [VisitAct.CheckIn, VisitAct.MarkInError],
    ];

    // Of its own: who the patients are, and what stands in their charts, does not hang on it.
    private readonly Random dice = new(20261121);

    private int visits;

    /// <summary>Whoever is at the desk.</summary>
    internal Account Reception { get; set; } = null!;

    /// <summary>Gives a patient a visit this morning, every other one for a doctor of their own.</summary>
    internal void Add(ClinicDbContext db, Guid patientId, Account doctor, Account nurse)
    {
        var (number, way) = (visits, Ways[visits % Ways.Length]);
        visits++;
        if (number == 0)
        {
            billing.AddPrices(db);
        }

        // The last act was some minutes ago, and those before it came before that.
        var at = time.Now().AddMinutes(-dice.Next(1, Longest) - (way.Length * Longest));
        var due = way.Length == 0 ? time.Now().AddMinutes(dice.Next(-5, 120)) : at.AddMinutes(Longest);
        var (start, end) = ClinicDay.Of(time);
        due = due < start ? start : due >= end ? end.AddMinutes(-1) : due;
        var planned = at.AddDays(-3);
        var (visit, begun) = Visit.Plan(Guid.CreateVersion7(planned), patientId, due, number % 2 == 0 ? doctor.Id : null,
            Step(Reception, planned));
        db.AddRange(visit, begun);
        Tell(db, Reception, AuditAct.VisitPlanned, visit, planned);
        foreach (var act in way)
        {
            at = at.AddMinutes(dice.Next(2, Longest));
            var who = act switch { VisitAct.StartTriage => nurse, VisitAct.CallIn or VisitAct.Finish => doctor, _ => Reception };
            var step = Step(who, at);
            var reason = act switch
            {
                VisitAct.Cancel => DemoTexts.ReasonToLeave,
                VisitAct.MarkInError => DemoTexts.ReasonInError,
                _ => null,
            };
            db.Add(visit.Do(act, reason is null ? step : step with { Reason = Seal(step, visit, reason) }));
            Tell(db, who, VisitTransitions.Of(act).AuditAct, visit, at);
        }

        if (visit.ArrivedAt is { } arrived)
        {
            billing.Add(db, visit, Reception, arrived);
        }
    }

    private static VisitStep Step(Account who, DateTimeOffset at) => new(Guid.CreateVersion7(at), who.Id, at);

    private SealedText Seal(VisitStep step, Visit visit, string reason) => protector.Seal(reason,
        FieldPlace.Of<VisitEvent>(step.EventId, VisitEvent.OwnerOf(visit.PatientId, visit.Id), nameof(VisitEvent.Reason)));

    private void Tell(ClinicDbContext db, Account who, AuditAct act, Visit visit, DateTimeOffset then) =>
        trail.AddMadeUp(db, who.Roles, new AuditTrace(act) { AccountId = who.Id, PatientId = visit.PatientId, VisitId = visit.Id }, then);
}
