using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ClinicBlazor.Domain.Data;

/// <summary>Distinguishes a save that lost a race from one that is wrong.</summary>
internal static class ConcurrentChange
{
    private const int SqliteConstraintUnique = 2067;
    private const int SqliteConstraintPrimaryKey = 1555;
    private const int SqliteConstraintTrigger = 1811;

    /// <summary>
    /// True for a row version that moved on, for a unique value that somebody else took first, for a record that takes no
    /// addendum or signature any more, and for two who waited for each other. What may pass by itself, EF Core's provider for
    /// PostgreSQL wraps once more.
    /// </summary>
    public static bool Is(Exception fault) => (fault as DbUpdateException ?? fault.InnerException as DbUpdateException) switch
    {
        null => false,
        DbUpdateConcurrencyException => true,
        var update => update.InnerException switch
        {
            SqliteException sqlite => sqlite.SqliteExtendedErrorCode is SqliteConstraintUnique or SqliteConstraintPrimaryKey
                || (sqlite.SqliteExtendedErrorCode == SqliteConstraintTrigger
                    && (sqlite.Message.Contains(AppendOnly.NeverReplaced, StringComparison.Ordinal)
                        || sqlite.Message.Contains(AddendumTriggers.OnSignedOnly, StringComparison.Ordinal)
                        || sqlite.Message.Contains(SignatureTriggers.OnNoError, StringComparison.Ordinal))),
            PostgresException postgres => postgres.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.SerializationFailure
                or PostgresErrorCodes.DeadlockDetected
                || postgres is
                {
                    SqlState: PostgresErrorCodes.RestrictViolation,
                    MessageText: AddendumTriggers.OnSignedOnly or SignatureTriggers.OnNoError
                },
            _ => false,
        },
    };
}
