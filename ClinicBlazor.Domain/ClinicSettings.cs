using System.ComponentModel.DataAnnotations;

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

    /// <summary>Path of the SQLite database file.</summary>
    public string SqliteFile => Path.Combine(DataDirectory, "clinic.db");
}
