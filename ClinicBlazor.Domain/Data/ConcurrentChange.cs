using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ClinicBlazor.Domain.Data;

/// <summary>Tells a save that lost a race from one that is wrong.</summary>
internal static class ConcurrentChange
{
    private const int SqliteConstraintUnique = 2067;
    private const int SqliteConstraintPrimaryKey = 1555;
    private const int SqliteConstraintTrigger = 1811;

    /// <summary>True for a row version that moved on and for a unique value that somebody else took first.</summary>
    public static bool Is(DbUpdateException fault) => fault is DbUpdateConcurrencyException || fault.InnerException switch
    {
        SqliteException sqlite => sqlite.SqliteExtendedErrorCode is SqliteConstraintUnique or SqliteConstraintPrimaryKey
            || (sqlite.SqliteExtendedErrorCode == SqliteConstraintTrigger && sqlite.Message.Contains(AppendOnly.NeverReplaced, StringComparison.Ordinal)),
        PostgresException postgres => postgres.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.SerializationFailure,
        _ => false,
    };
}
