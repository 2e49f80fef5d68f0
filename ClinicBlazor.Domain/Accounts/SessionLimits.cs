namespace ClinicBlazor.Domain.Accounts;

/// <summary>How long each kind of session may lie idle.</summary>
internal static class SessionLimits
{
    /// <summary>The limit of one kind of session.</summary>
    public static TimeSpan LimitOf(this IdleSettings settings, SessionKind kind) => TimeSpan.FromSeconds(kind switch
    {
        SessionKind.Staff => settings.StaffSeconds,
        SessionKind.Patient => settings.PatientSeconds,
        SessionKind.Kiosk => settings.KioskSeconds,
    });
}
