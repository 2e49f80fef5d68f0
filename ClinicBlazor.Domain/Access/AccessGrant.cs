namespace ClinicBlazor.Domain.Access;

/// <summary>Why a patient is assigned to somebody.</summary>
public enum GrantKind
{
    /// <summary>On the patient's care team (FHIR CareTeam.participant).</summary>
    CareTeam,

    /// <summary>Takes part in a visit; ends with it (FHIR Encounter.participant).</summary>
    Visit,
}

/// <summary>
/// A patient is assigned to somebody of the staff, from one moment to another, for one reason. This table decides who
/// reads a chart; it is read by the query filter and so cannot be behind it itself.
/// </summary>
internal sealed class AccessGrant : IAccessGrant
{
    /// <summary>Id.</summary>
    public required Guid Id { get; init; }

    /// <inheritdoc/>
    public required Guid PatientId { get; init; }

    /// <inheritdoc/>
    public required Guid AccountId { get; init; }

    /// <summary>Who gave it: whoever added the person, or opened the visit that they were called to. Null for grants from before
    /// this was kept.</summary>
    public Guid? GivenById { get; init; }

    /// <summary>Why.</summary>
    public required GrantKind Kind { get; init; }

    /// <summary>The visit, where it is the reason.</summary>
    public Guid? VisitId { get; init; }

    /// <summary>The act of the visit that gave it; null for what somebody was added to.</summary>
    public Guid? StartedByEventId { get; init; }

    /// <summary>The act of the visit that ended it, which can be taken back at once; null for every other end.</summary>
    public Guid? EndedByEventId { get; private set; }

    /// <summary>From when.</summary>
    public required DateTimeOffset StartsAt { get; init; }

    /// <summary>Until when; null while it goes on.</summary>
    public DateTimeOffset? EndsAt { get; private set; }

    bool IAccessGrant.IsTemporary => Kind == GrantKind.Visit;

    IReadOnlyCollection<string> IEndsWithAccount.WrittenByAnEnd => [nameof(EndsAt)];

    /// <summary>Ends it; a second time changes nothing.</summary>
    public void End(DateTimeOffset now) => EndsAt ??= now;

    /// <summary>Ends it with an act of its visit; a second time changes nothing.</summary>
    public void EndWith(Guid eventId, DateTimeOffset now) =>
        (EndedByEventId, EndsAt) = EndsAt is null ? (eventId, now) : (EndedByEventId, EndsAt);
}
