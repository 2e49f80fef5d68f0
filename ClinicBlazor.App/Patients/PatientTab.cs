namespace ClinicBlazor.App.Patients;

/// <summary>The pages of a chart.</summary>
public enum PatientTab
{
    /// <summary>Who the patient is, and what goes on now.</summary>
    Summary,

    /// <summary>The medical records.</summary>
    Records,

    /// <summary>The visits to the clinic.</summary>
    Visits,

    /// <summary>Papers and pictures that were added to the chart.</summary>
    Documents,
}
