using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Protection;

namespace ClinicBlazor.Domain.Visits;

/// <summary>Who does something to a visit, and when.</summary>
/// <param name="EventId">Id of the event that this becomes.</param>
/// <param name="AccountId">Who; null for the program itself.</param>
/// <param name="At">When.</param>
/// <param name="Reason">Why, sealed; null where nobody must say so.</param>
internal sealed record VisitStep(Guid EventId, Guid? AccountId, DateTimeOffset At, SealedText? Reason = null);

/// <summary>
/// One act of a visit's history (FHIR Encounter.statusHistory). Events are added and never changed; taking one back is an event
/// of its own.
/// </summary>
internal sealed class VisitEvent : IDemographic, ISealedRow
{
    /// <summary>Id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Of which visit.</summary>
    public required Guid VisitId { get; init; }

    /// <inheritdoc/>
    public required Guid PatientId { get; init; }

    /// <summary>1 for the first of a visit; no two have the same.</summary>
    public required int Number { get; init; }

    /// <summary>What was done.</summary>
    public required VisitAct Act { get; init; }

    /// <summary>Where the visit stood; null when it began.</summary>
    public VisitStatus? From { get; init; }

    /// <summary>Where it stands from then on.</summary>
    public required VisitStatus To { get; init; }

    /// <summary>When; never before the event that it follows.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Since when the visit had stood where it stood.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Who did it; null for the program itself.</summary>
    public Guid? AccountId { get; init; }

    /// <summary>Why, where somebody had to say so.</summary>
    public SealedText? Reason { get; init; }

    RowOwner ISealedRow.Owner => OwnerOf(PatientId, VisitId);

    /// <summary>Whose an event is: the patient's, within the visit.</summary>
    public static RowOwner OwnerOf(Guid patientId, Guid visitId) => new(patientId, visitId);
}
