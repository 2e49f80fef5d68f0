using Microsoft.Data.Sqlite;

namespace ClinicBlazor.Domain.Data;

/// <summary>The clinic does not open its database with what it found. The message says what, and why.</summary>
public sealed class UnfitDatabaseException(string message) : InvalidOperationException(message);

/// <summary>The SQLite library that the program was started with.</summary>
/// <param name="version">Its version, for instance <c>3.53.3</c>.</param>
public sealed class SqliteLibrary(string version)
{
    /// <summary>
    /// The first version in which two connections that write and checkpoint at the same moment cannot corrupt a database
    /// in WAL mode (<see href="https://sqlite.org/wal.html#walresetbug"/>).
    /// </summary>
    public static Version Oldest { get; } = new(3, 51, 3);

    /// <summary>The library that is loaded.</summary>
    public static SqliteLibrary Loaded()
    {
        using var connection = new SqliteConnection();
        return new SqliteLibrary(connection.ServerVersion);
    }

    /// <summary>
    /// Throws <see cref="UnfitDatabaseException"/> for a version below <see cref="Oldest"/> where
    /// <paramref name="kind"/> is SQLite.
    /// </summary>
    public void RefuseWhenTooOld(DatabaseKind kind)
    {
        if (kind == DatabaseKind.Sqlite && (!Version.TryParse(version, out var found) || found < Oldest))
        {
            throw new UnfitDatabaseException(
                $"SQLite {version} can corrupt a database that several connections write to; at least {Oldest} is needed. Take away what replaces the library that the program brings.");
        }
    }
}
