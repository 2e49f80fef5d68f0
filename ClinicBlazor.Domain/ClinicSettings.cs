using System.ComponentModel.DataAnnotations;
using ClinicBlazor.Domain.Accounts;

namespace ClinicBlazor.Domain;

/// <summary>The databases that the clinic runs on.</summary>
public enum DatabaseKind
{
    /// <summary>One file beside the program; one machine.</summary>
    Sqlite,

    /// <summary>A server; several machines.</summary>
    Postgres,
}

/// <summary>Settings of the section <c>Clinic</c>, from the environment or <c>appsettings.*.json</c>.</summary>
public sealed class ClinicSettings
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Clinic";

    /// <summary>Shown on every page.</summary>
    [Required, StringLength(60, MinimumLength = 1)]
    public string Name { get; set; } = "Linden Clinic";

    /// <summary>Folder of the database, documents, logs and outgoing mail.</summary>
    [Required]
    public string DataDirectory { get; set; } = "App_Data";

    /// <summary>Which database.</summary>
    public DatabaseKind Database { get; set; } = DatabaseKind.Sqlite;

    /// <summary>Connection string of PostgreSQL; taken from <c>ConnectionStrings:Clinic</c>.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>The master key itself: 32 bytes in base64.</summary>
    public string? MasterKey { get; set; }

    /// <summary>A file that holds the master key.</summary>
    public string? MasterKeyFile { get; set; }

    /// <summary>After how long without a person's doing a session ends.</summary>
    public IdleSettings Idle { get; set; } = new();

    /// <summary>Path of the SQLite database file.</summary>
    public string SqliteFile => Path.Combine(DataDirectory, "clinic.db");
}

/// <summary>Limits of idle sessions, in seconds.</summary>
public sealed class IdleSettings
{
    /// <summary>Staff.</summary>
    [Range(2, 3600)]
    public int StaffSeconds { get; set; } = 900;

    /// <summary>Patients.</summary>
    [Range(2, 3600)]
    public int PatientSeconds { get; set; } = 600;

    /// <summary>Enrolled tablets in a patient's hands.</summary>
    [Range(2, 3600)]
    public int KioskSeconds { get; set; } = 180;

    /// <summary>How long before the limit the person is warned; less than the shortest limit.</summary>
    [Range(1, 600)]
    public int WarningSeconds { get; set; } = 60;

    /// <summary>The limit of one kind of session.</summary>
    public TimeSpan LimitOf(SessionKind kind) => TimeSpan.FromSeconds(kind switch
    {
        SessionKind.Staff => StaffSeconds,
        SessionKind.Patient => PatientSeconds,
        SessionKind.Kiosk => KioskSeconds,
    });
}
