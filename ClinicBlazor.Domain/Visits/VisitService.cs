using System.Globalization;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Input;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Protection;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Visits;

/// <summary>
/// A patient's visit, from the day it is agreed upon to its end. <see cref="VisitTransitions"/> says which act leads where, and who
/// may do it. Who takes part in an open visit has the patient assigned.
/// </summary>
public sealed class VisitService(
    ClinicGate gate, VisitParts parts, VisitRules rules, FieldProtector protector, TimeProvider time)
{
    private const int LongestReason = 500;
    private const int DaysAhead = 366;

    /// <summary>Agrees upon a visit, today or on a later day.</summary>
    public Task<Result<Guid>> PlanAsync(Actor actor, Guid patientId, NewVisit input, CancellationToken ct)
    {
        var request = new AccessRequest(Permission.VisitChange, AuditAct.VisitPlanned) { PatientId = patientId, Sent = input };
        return gate.RunAsync<Guid>(actor, request, async (db, trace) =>
        {
            if (!await db.Set<Patient>().AnyAsync(patient => patient.Id == patientId, ct))
            {
                return Error.NotFound;
            }

            var findings = new Findings();
            var when = Read(input, findings);
            if (input.DoctorId is { } doctor && !await VisitParts.IsDoctorAsync(db, doctor, ct))
            {
                findings.Add(nameof(input.DoctorId), VisitParts.NotADoctor);
            }

            if (!findings.IsEmpty)
            {
                return findings.Error;
            }

            var (visit, begun) = Visit.Plan(time.NewId(), patientId, when, input.DoctorId, StepOf(actor));
            trace.VisitId = visit.Id;
            db.AddRange(visit, begun);
            return visit.Id;
        }, ct);
    }

    /// <summary>
    /// Checks a patient in, for a doctor or for any who is on duty. Whoever was expected today comes for that.
    /// <see cref="ErrorKind.Conflict"/> when a visit is open already.
    /// </summary>
    public Task<Result<Guid>> StartAsync(Actor actor, Guid patientId, Guid? doctorId, CancellationToken ct)
    {
        var request = new AccessRequest(Permission.VisitChange, AuditAct.VisitStarted) { PatientId = patientId, Sent = doctorId };
        return gate.RunAsync<Guid>(actor, request, async (db, trace) =>
        {
            if (!await db.Set<Patient>().AnyAsync(patient => patient.Id == patientId, ct))
            {
                return Error.NotFound;
            }

            if (await HasOpenVisitAsync(db, patientId, ct))
            {
                return Error.Conflict;
            }

            if (doctorId is { } doctor && !await VisitParts.IsDoctorAsync(db, doctor, ct))
            {
                return Error.Invalid("Doctor", VisitParts.NotADoctor);
            }

            if (await ExpectedTodayAsync(db, patientId, ct) is { } expected)
            {
                trace.VisitId = expected.Id;
                await rules.AddAsync(db, trace, expected, expected.Do(VisitAct.CheckIn, StepOf(actor, expected, reason: "")), ct);
                if (doctorId is { } other && other != expected.DoctorId)
                {
                    db.Add(expected.GiveTo(doctorId, StepOf(actor, expected, reason: "")));
                    trace.AlsoHappened.Add((AuditAct.VisitGiven, AuditOutcome.Done));
                }

                return expected.Id;
            }

            var (visit, begun) = Visit.CheckIn(time.NewId(), patientId, doctorId, StepOf(actor));
            trace.VisitId = visit.Id;
            db.Add(visit);
            await rules.AddAsync(db, trace, visit, begun, ct);
            return visit.Id;
        }, ct, retry: true);
    }

    /// <summary>
    /// Carries out an act of <see cref="VisitTransitions"/> and answers with its id, by which it can be taken back.
    /// <see cref="ErrorKind.Conflict"/> when it does not lead on from where the visit stands now. Who calls a patient in, or starts the
    /// triage, takes part from then on; somebody else must have opened the visit for them. What was assigned by a visit ends with it.
    /// </summary>
    public Task<Result<Guid>> DoAsync(Actor actor, Guid patientId, Guid visitId, VisitAct act, string? reason, CancellationToken ct)
    {
        var line = VisitTransitions.Of(act);
        var request = new AccessRequest(line.Permission, line.AuditAct) { PatientId = patientId, VisitId = visitId, Sent = reason };
        return gate.RunAsync<Guid>(actor, request, async (db, trace) =>
        {
            if (await FindAsync(db, patientId, visitId, ct) is not { } visit)
            {
                return Error.NotFound;
            }

            if (!visit.Takes(act) || (act == VisitAct.CheckIn && await HasOpenVisitAsync(db, patientId, ct)))
            {
                return Error.Conflict;
            }

            var clean = line.NeedsReason ? InputRules.Clean(reason) : "";
            var findings = line.NeedsReason ? new Findings().Text(clean, "Reason", LongestReason, "Say why.") : new Findings();
            if (!findings.IsEmpty)
            {
                return findings.Error;
            }

            var begins = act is VisitAct.StartTriage or VisitAct.CallIn;
            if (begins && !VisitParts.IsFor(actor, visit, act))
            {
                return Error.Denied;
            }

            if (await rules.RefusalAsync(db, visit, act, ct) is { } refusal)
            {
                // That care was kept back stands in the trail, too.
                trace.SaveRefusal = true;
                return refusal;
            }

            var step = StepOf(actor, visit, clean);
            if (begins && !await parts.TakesPartAsync(db, actor, visit, act, step.EventId, ct))
            {
                return Error.Denied;
            }

            var done = visit.Do(act, step);
            await rules.AddAsync(db, trace, visit, done, ct);
            if (visit.ClosedAt is not null)
            {
                await parts.EndAsync(db, visit, done.Id, ct);
            }

            return done.Id;
        }, ct, retry: true);
    }

    /// <summary>
    /// Takes back the last act of a visit, within <see cref="VisitTransitions.UndoTime"/> and by whoever did it: what it gave ends, and
    /// what it ended goes on. <see cref="ErrorKind.Conflict"/> when somebody has gone on with the visit, or it is too late.
    /// </summary>
    public Task<Result<Done>> UndoAsync(Actor actor, Guid patientId, Guid visitId, Guid eventId, CancellationToken ct)
    {
        var request = new AccessRequest(Permission.VisitUndo, AuditAct.VisitUndone) { PatientId = patientId, VisitId = visitId };
        return gate.RunAsync<Done>(actor, request, async (db, trace) =>
        {
            var last = await db.Set<VisitEvent>()
                .SingleOrDefaultAsync(row => row.Id == eventId && row.VisitId == visitId && row.AccountId == actor.AccountId, ct);
            if (last is null || await FindAsync(db, patientId, visitId, ct) is not { } visit)
            {
                return Error.NotFound;
            }

            if (last.Number != visit.Events || last.Act is VisitAct.Undo or VisitAct.Give
                || last.At < time.Now() - VisitTransitions.UndoTime)
            {
                return Error.Conflict;
            }

            var wasOpen = visit.IsOpen;
            var undone = visit.Undo(last, StepOf(actor, visit, reason: ""));
            if (!wasOpen && visit.IsOpen && await HasOpenVisitAsync(db, patientId, ct))
            {
                return Error.Conflict;
            }

            await rules.AddAsync(db, trace, visit, undone, ct);
            await parts.UndoAsync(db, visit, last, undone.Id, ct);
            return Done.Instance;
        }, ct, retry: true);
    }

    /// <summary>
    /// Gives a visit to a doctor, or to any who is on duty, as long as nobody has called the patient in. Nobody gives it to themselves,
    /// unless they are on the care team.
    /// </summary>
    public Task<Result<Done>> GiveToAsync(Actor actor, Guid patientId, Guid visitId, Guid? doctorId, CancellationToken ct)
    {
        var request = new AccessRequest(Permission.VisitChange, AuditAct.VisitGiven)
        {
            PatientId = patientId, VisitId = visitId, SubjectId = doctorId, Sent = doctorId,
        };
        return gate.RunAsync<Done>(actor, request, async db =>
        {
            if (await FindAsync(db, patientId, visitId, ct) is not { ClosedAt: null } visit)
            {
                return Error.NotFound;
            }

            if (doctorId is { } doctor && !await VisitParts.IsDoctorAsync(db, doctor, ct))
            {
                return Error.Invalid("Doctor", VisitParts.NotADoctor);
            }

            if (visit.Status == VisitStatus.InProgress)
            {
                return Error.Invalid("Doctor", "The patient is with the doctor already.");
            }

            if (doctorId == actor.AccountId && !await db.Set<AccessGrant>().InForceAt(time.Now()).AnyAsync(grant =>
                grant.PatientId == patientId && grant.AccountId == actor.AccountId && grant.Kind == GrantKind.CareTeam, ct))
            {
                return Error.Invalid("Doctor", "Somebody else gives you a visit.");
            }

            db.Add(visit.GiveTo(doctorId, StepOf(actor, visit, reason: "")));
            return Done.Instance;
        }, ct, retry: true);
    }

    private static Task<Visit?> FindAsync(ClinicDbContext db, Guid patientId, Guid visitId, CancellationToken ct) =>
        db.Set<Visit>().AsTracking().SingleOrDefaultAsync(row => row.Id == visitId && row.PatientId == patientId, ct);

    private static Task<bool> HasOpenVisitAsync(ClinicDbContext db, Guid patientId, CancellationToken ct) =>
        db.Set<Visit>().Open().AnyAsync(visit => visit.PatientId == patientId, ct);

    private Task<Visit?> ExpectedTodayAsync(ClinicDbContext db, Guid patientId, CancellationToken ct)
    {
        var (start, end) = ClinicDay.Of(time);
        return db.Set<Visit>().AsTracking().Planned()
            .Where(visit => visit.PatientId == patientId && visit.PlannedFor >= start && visit.PlannedFor < end)
            .OrderBy(visit => visit.PlannedFor).FirstOrDefaultAsync(ct);
    }

    private DateTimeOffset Read(NewVisit input, Findings findings)
    {
        var culture = CultureInfo.CurrentUICulture;
        var date = WrittenDate.Read(input.Date, culture);
        var today = DateOnly.FromDateTime(time.GetLocalNow().DateTime);
        findings.Check(!date.CouldBeTwo, nameof(input.Date), PatientInput.TwoDays)
            .Check(date.CouldBeTwo || date.Day is not null, nameof(input.Date), "Give a day, for instance 2026-07-02.")
            .Check(date.Day is not { } early || early >= today, nameof(input.Date), "Choose today or a later day.")
            .Check(date.Day is not { } late || late <= today.AddDays(DaysAhead), nameof(input.Date), "Choose a day within the next year.");
        var clock = WrittenTime.Read(input.Time, culture);
        findings.Check(clock is not null, nameof(input.Time), "Give a time, for instance 14:30.");
        return findings.IsEmpty ? ClinicDay.At(time, date.Day!.Value, clock!.Value) : default;
    }

    private VisitStep StepOf(Actor actor) => new(time.NewId(), actor.AccountId, time.Now());

    private VisitStep StepOf(Actor actor, Visit visit, string reason)
    {
        // Clocks are set back; what happens later does not stand earlier.
        var step = StepOf(actor) is var now && now.At < visit.Since ? now with { At = visit.Since } : now;
        return reason.Length == 0 ? step : step with
        {
            Reason = protector.Seal(reason,
                FieldPlace.Of<VisitEvent>(step.EventId, VisitEvent.OwnerOf(visit.PatientId, visit.Id), nameof(VisitEvent.Reason))),
        };
    }
}
