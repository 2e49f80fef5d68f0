namespace ClinicBlazor.App.Shared;

/// <summary>For whom a page is drawn. Layouts cascade it, shared components take their look from it.</summary>
public enum Audience
{
    /// <summary>Patients: large, one thing at a time. Also the pages before sign-in.</summary>
    Patient,

    /// <summary>Staff: dense, keyboard first.</summary>
    Staff,
}
