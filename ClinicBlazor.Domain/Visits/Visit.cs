using ClinicBlazor.Domain.Access;

namespace ClinicBlazor.Domain.Visits;

/// <summary>
/// A patient's visit to the clinic (FHIR Encounter). It changes by its acts alone, and each leaves a <see cref="VisitEvent"/>.
/// </summary>
internal sealed class Visit : IDemographic
{
    /// <summary>Id.</summary>
    public required Guid Id { get; init; }

    /// <inheritdoc/>
    public required Guid PatientId { get; init; }

    /// <summary>Where it stands.</summary>
    public VisitStatus Status { get; private set; } = VisitStatus.Arrived;

    /// <summary>Since when it stands there; null for visits from before this was kept, which stand where they began.</summary>
    public DateTimeOffset? StatusSince { get; private set; }

    /// <summary>For when it was agreed upon; null when the patient was not expected.</summary>
    public DateTimeOffset? PlannedFor { get; private set; }

    /// <summary>When the patient arrived; null before that.</summary>
    public DateTimeOffset? ArrivedAt { get; private set; }

    /// <summary>When it was over, whatever way; null while it is planned or open.</summary>
    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>The doctor whom it is for; null for any who is on duty.</summary>
    public Guid? DoctorId { get; private set; }

    /// <summary>
    /// Who checked the patient in, or gave the visit to a doctor last, so that no doctor opens a chart to themselves; null for visits
    /// from before this was kept.
    /// </summary>
    public Guid? OpenedById { get; private set; }

    /// <summary>The doctor who called the patient in; null before that.</summary>
    public Guid? AttendedById { get; private set; }

    /// <summary>How many events it has: the next one takes the next number, which only one can have.</summary>
    public int Events { get; private set; }

    /// <summary>Row version: whoever joins while somebody else closes the visit judges again, and the other way round.</summary>
    public Guid Version { get; private set; } = Guid.CreateVersion7();

    /// <summary>True while the patient is in the clinic.</summary>
    public bool IsOpen => VisitTransitions.IsOpen(Status);

    /// <summary>Since when it stands where it stands.</summary>
    public DateTimeOffset Since => StatusSince ?? ArrivedAt ?? default;

    /// <summary>Agrees upon a visit.</summary>
    public static (Visit Visit, VisitEvent Event) Plan(Guid id, Guid patientId, DateTimeOffset when, Guid? doctorId, VisitStep by)
    {
        var visit = new Visit { Id = id, PatientId = patientId, PlannedFor = when, DoctorId = doctorId };
        return (visit, visit.Move(VisitAct.Plan, null, VisitStatus.Planned, by));
    }

    /// <summary>Checks in a patient who was not expected.</summary>
    public static (Visit Visit, VisitEvent Event) CheckIn(Guid id, Guid patientId, Guid? doctorId, VisitStep by)
    {
        var visit = new Visit { Id = id, PatientId = patientId, DoctorId = doctorId, ArrivedAt = by.At, OpenedById = by.AccountId };
        return (visit, visit.Move(VisitAct.CheckIn, null, VisitStatus.Arrived, by));
    }

    /// <summary>True when the act leads on from where the visit stands.</summary>
    public bool Takes(VisitAct act) => VisitTransitions.Of(act).From.Contains(Status);

    /// <summary>
    /// Carries out an act of <see cref="VisitTransitions"/>. Throws <see cref="InvalidOperationException"/> when it does not lead on
    /// from where the visit stands.
    /// </summary>
    public VisitEvent Do(VisitAct act, VisitStep by)
    {
        if (!Takes(act))
        {
            throw new InvalidOperationException($"{act} does not lead on from {Status}.");
        }

        var done = Move(act, Status, VisitTransitions.Of(act).To, by);
        (ArrivedAt, OpenedById) = act == VisitAct.CheckIn ? (by.At, by.AccountId) : (ArrivedAt, OpenedById);
        AttendedById = act == VisitAct.CallIn ? by.AccountId : AttendedById;
        return done;
    }

    /// <summary>
    /// Takes back <paramref name="last"/>, the visit's last event: it stands where it stood before, since when it stood there. A
    /// visit that begins with it never was.
    /// </summary>
    public VisitEvent Undo(VisitEvent last, VisitStep by)
    {
        if (last.VisitId != Id || last.Number != Events || last.Act is VisitAct.Undo or VisitAct.Give)
        {
            throw new InvalidOperationException("Only the last act is taken back.");
        }

        var undone = Move(VisitAct.Undo, Status, last.From ?? VisitStatus.EnteredInError, by);
        if (last.From is not null)
        {
            StatusSince = last.Since;
        }

        (ArrivedAt, OpenedById) = last is { Act: VisitAct.CheckIn, From: not null } ? (null, null) : (ArrivedAt, OpenedById);
        AttendedById = last.Act == VisitAct.CallIn ? null : AttendedById;
        return undone;
    }

    /// <summary>
    /// Gives it to a doctor, or to any who is on duty. From then on whoever did that stands behind it, as whoever opened it did before.
    /// </summary>
    public VisitEvent GiveTo(Guid? doctorId, VisitStep by)
    {
        (DoctorId, OpenedById) = (doctorId, IsOpen ? by.AccountId : OpenedById);
        return Note(VisitAct.Give, Status, Status, by);
    }

    /// <summary>
    /// Who takes part has changed, or somebody decided by where it stands: an act at the same time comes before or after.
    /// </summary>
    public void Judged() => Version = Guid.CreateVersion7();

    private VisitEvent Move(VisitAct act, VisitStatus? from, VisitStatus to, VisitStep by)
    {
        var done = Note(act, from, to, by);
        (Status, StatusSince) = (to, by.At);
        ClosedAt = to is VisitStatus.Planned || IsOpen ? null : ClosedAt ?? by.At;
        return done;
    }

    private VisitEvent Note(VisitAct act, VisitStatus? from, VisitStatus to, VisitStep by)
    {
        if (from is not null && by.At < Since)
        {
            throw new InvalidOperationException("What happens later does not stand earlier.");
        }

        (Events, Version) = (Events + 1, Guid.CreateVersion7());
        return new VisitEvent
        {
            Id = by.EventId,
            VisitId = Id,
            PatientId = PatientId,
            Number = Events,
            Act = act,
            From = from,
            To = to,
            At = by.At,
            Since = from is null ? by.At : Since,
            AccountId = by.AccountId,
            Reason = by.Reason,
        };
    }
}
