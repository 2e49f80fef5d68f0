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

    /// <summary>Did not take place, or was broken off.</summary>
    Cancelled,

    /// <summary>The patient did not come.</summary>
    NoShow,

    /// <summary>Never was: somebody opened it by mistake.</summary>
    EnteredInError,
}

/// <summary>What somebody does to a visit.</summary>
public enum VisitAct
{
    /// <summary>Agrees upon one.</summary>
    Plan,

    /// <summary>The patient has come.</summary>
    CheckIn,

    /// <summary>A nurse sees the patient.</summary>
    StartTriage,

    /// <summary>A doctor sees the patient.</summary>
    CallIn,

    /// <summary>The patient goes.</summary>
    Finish,

    /// <summary>It does not take place, or is broken off.</summary>
    Cancel,

    /// <summary>The patient did not come.</summary>
    MarkNoShow,

    /// <summary>It never was.</summary>
    MarkInError,

    /// <summary>Takes the last act back, at once.</summary>
    Undo,

    /// <summary>Gives it to a doctor, or to any; it stands where it stood.</summary>
    Give,
}
