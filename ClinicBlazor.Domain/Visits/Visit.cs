using ClinicBlazor.Domain.Access;

namespace ClinicBlazor.Domain.Visits;

/// <summary>Where a visit stands (FHIR Encounter.status).</summary>
public enum VisitStatus
{
    /// <summary>Agreed upon.</summary>
    Planned,

    /// <summary>The patient is in the clinic.</summary>
    Arrived,

    /// <summary>A nurse has seen the patient.</summary>
    Triaged,

    /// <summary>With the doctor.</summary>
    InProgress,

    /// <summary>Over.</summary>
    Finished,

    /// <summary>Did not take place.</summary>
    Cancelled,
}

/// <summary>A patient's visit to the clinic (FHIR Encounter).</summary>
internal sealed class Visit : IDemographic
{
    /// <summary>Id.</summary>
    public required Guid Id { get; init; }

    /// <inheritdoc/>
    public required Guid PatientId { get; init; }

    /// <summary>Where it stands.</summary>
    public VisitStatus Status { get; private set; } = VisitStatus.Arrived;

    /// <summary>When the patient arrived.</summary>
    public required DateTimeOffset ArrivedAt { get; init; }

    /// <summary>When it was over; null while it is open.</summary>
    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>Row version: whoever joins while somebody else closes the visit judges again, and the other way round.</summary>
    public Guid Version { get; private set; } = Guid.CreateVersion7();

    /// <summary>Ends the visit; a closed one stays as it was.</summary>
    public void Finish(DateTimeOffset now)
    {
        if (ClosedAt is null)
        {
            Status = VisitStatus.Finished;
            ClosedAt = now;
            Version = Guid.CreateVersion7();
        }
    }

    /// <summary>Who takes part has changed.</summary>
    public void StaffChanged() => Version = Guid.CreateVersion7();
}
