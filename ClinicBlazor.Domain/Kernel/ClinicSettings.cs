using System.ComponentModel.DataAnnotations;

namespace ClinicBlazor.Domain.Kernel;

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

    /// <summary>The time zone whose day is the clinic's day, by its IANA name; empty for that of the machine.</summary>
    public string TimeZone { get; set; } = "";

    /// <summary>The country in which a phone number without a country's code belongs, in two letters (ISO 3166).</summary>
    [Required, RegularExpression("^[A-Z]{2}$")]
    public string PhoneRegion { get; set; } = "US";

    /// <summary>The currency of prices and payments, in three letters (ISO 4217); one whose unit has a hundred parts.</summary>
    [Required]
    public string Currency { get; set; } = "USD";

    /// <summary>After how long without a person's doing a session ends.</summary>
    public IdleSettings Idle { get; set; } = new();

    /// <summary>How data keys are changed.</summary>
    public KeyRotationSettings Keys { get; set; } = new();

    /// <summary>Where the anchors of the audit trail lie and go.</summary>
    public AnchorSettings Anchors { get; set; } = new();

    /// <summary>What raises an alert, and who is told of it.</summary>
    public AlertSettings Alerts { get; set; } = new();

    /// <summary>How many documents there may be, and what looks them through.</summary>
    public DocumentSettings Documents { get; set; } = new();

    /// <summary>Path of the SQLite database file.</summary>
    public string SqliteFile => Path.Combine(DataDirectory, "clinic.db");

    /// <summary>Path of the file of anchors: beside the log, unless it is set.</summary>
    public string AnchorFile => Path.Combine(DataDirectory,
        string.IsNullOrWhiteSpace(Anchors.File) ? Path.Combine("logs", "audit-anchors.txt") : Anchors.File);
}

/// <summary>Where the anchors of the audit trail lie and go.</summary>
public sealed class AnchorSettings
{
    /// <summary>The file that they are appended to; better on another disk than the data.</summary>
    public string? File { get; set; }

    /// <summary>How many minutes pass between two of them.</summary>
    [Range(1, 60)]
    public int Minutes { get; set; } = 60;

    /// <summary>Where each is posted to: an https address; plain http to this machine only.</summary>
    public string? Webhook { get; set; }

    /// <summary>Whom each is mailed to.</summary>
    [EmailAddress]
    public string? MailTo { get; set; }
}

/// <summary>How many documents there may be, and what looks them through.</summary>
public sealed class DocumentSettings
{
    /// <summary>How many documents a patient may add to their chart, and how many the staff may.</summary>
    [Range(1, 100_000)]
    public int PerPatient { get; set; } = 200;

    /// <summary>How many files one instance looks into at a time: each may hold some hundred megabytes for a moment.</summary>
    [Range(1, 64)]
    public int AtOnce { get; set; } = 4;

    /// <summary>
    /// Where the virus scanner (clamd) listens: the path of its Unix socket, or <c>tcp://127.0.0.1:3310</c>; empty for none.
    /// </summary>
    public string? Clamd { get; set; }
}

/// <summary>How data keys are changed.</summary>
public sealed class KeyRotationSettings
{
    /// <summary>
    /// How long, in seconds, every instance may take to notice new data keys and to finish what it began with the old
    /// ones.
    /// </summary>
    [Range(0, 3600)]
    public int GraceSeconds { get; set; } = 60;
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
}
