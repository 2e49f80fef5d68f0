namespace ClinicBlazor.App.Layout;

/// <summary>What the concepts give to the shell, which knows none of them.</summary>
/// <param name="PatientSearch">The component that finds a patient from any staff page.</param>
/// <param name="OpenAlerts">The component that says beside the link to them how many alerts wait.</param>
public sealed record ShellParts(Type PatientSearch, Type OpenAlerts);
