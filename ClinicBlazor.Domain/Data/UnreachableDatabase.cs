using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace ClinicBlazor.Domain.Data;

/// <summary>Distinguishes a database that does not answer from a fault of the application.</summary>
public static class UnreachableDatabase
{
    // https://www.sqlite.org/rescode.html
    private const int SqliteBusy = 5;
    private const int SqliteLocked = 6;
    private const int SqliteIoError = 10;
    private const int SqliteFull = 13;
    private const int SqliteCannotOpen = 14;

    /// <summary>True when the fault, or what caused it, is a database that is locked, gone, full or out of reach.</summary>
    public static bool Is(Exception fault)
    {
        for (var cause = fault; cause is not null; cause = cause.InnerException)
        {
            if (cause is DbException database)
            {
                return IsUnreachable(database);
            }
        }

        return false;
    }

    private static bool IsUnreachable(DbException fault) => fault switch
    {
        SqliteException sqlite => sqlite.SqliteErrorCode is SqliteBusy or SqliteLocked or SqliteIoError or SqliteFull or SqliteCannotOpen,
        PostgresException postgres => postgres.IsTransient || postgres.SqlState is PostgresErrorCodes.QueryCanceled,

        // Without an answer of the server: refused, cut off, timed out.
        NpgsqlException => true,
        _ => false,
    };
}
