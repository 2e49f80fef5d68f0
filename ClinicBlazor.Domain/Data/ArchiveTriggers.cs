using Microsoft.EntityFrameworkCore.Migrations;

namespace ClinicBlazor.Domain.Data;

/// <summary>
/// What the database itself holds of old audit entries: one goes only when it stands in an archive with the same MAC and is older
/// than six years by the database's own clock, and its list goes after it. What says that it was archived never changes or goes, nor
/// does what was signed off of a month.
/// </summary>
internal static class ArchiveTriggers
{
    private const string Entries = "AuditEntries";
    private const string Listed = "AuditListed";

    private const string IsArchived =
        "EXISTS (SELECT 1 FROM \"AuditArchived\" WHERE \"EntryId\" = OLD.\"Id\" AND \"EntryMac\" = OLD.\"Mac\")";

    // Of SQLite's moments, kept as ticks of 100 ns since the year 1.
    private const string IsOldOnSqlite =
        "OLD.\"At\" < CAST(strftime('%s', 'now', '-6 years') AS INTEGER) * 10000000 + 621355968000000000";

    private const string IsOldOnPostgres = "OLD.\"At\" < now() - interval '6 years'";

    private const string ListIsArchived =
        "NOT EXISTS (SELECT 1 FROM \"AuditEntries\" WHERE \"Id\" = OLD.\"EntryId\") AND EXISTS (SELECT 1 FROM \"AuditArchived\" WHERE \"EntryId\" = OLD.\"EntryId\")";

    // Each with what is unique in it.
    private static readonly (string Table, string Taken)[] Kept =
    [
        ("AuditArchives", Same("Number")),
        ("AuditArchived", $"{Same("Sequence")} OR {Same("EntryId")}"),
        ("AuditReviews", $"{Same("Id")} OR {Same("Month")}"),
    ];

    /// <summary>Creates the triggers, and puts those that let archived entries go in the place of those that let none.</summary>
    public static void LetArchivedGo(this MigrationBuilder migration)
    {
        var sqlite = migration.ActiveProvider == "Microsoft.EntityFrameworkCore.Sqlite";
        foreach (var statement in sqlite ? Sqlite() : Postgres())
        {
            migration.Sql(statement);
        }
    }

    /// <summary>Lets no entry go again; the other triggers go with their tables.</summary>
    public static void KeepArchived(this MigrationBuilder migration)
    {
        var sqlite = migration.ActiveProvider == "Microsoft.EntityFrameworkCore.Sqlite";
        foreach (var table in (string[])[Entries, Listed])
        {
            migration.Sql(Drop(sqlite, table));
            migration.Sql(sqlite ? SqliteTrigger(table, "NoDelete", "DELETE", null, NeverDeleted(table))
                : PostgresTrigger(table, "NoDelete", "DELETE ON", "FOR EACH ROW", NeverDeleted(table)));
        }

        if (!sqlite)
        {
            migration.Sql("DROP FUNCTION clinic_only_archived()");
            migration.Sql("DROP FUNCTION clinic_only_archived_lists()");
        }
    }

    private static IEnumerable<string> Sqlite()
    {
        foreach (var (table, taken) in Kept)
        {
            yield return SqliteTrigger(table, "NoDelete", "DELETE", null, NeverDeleted(table));

            // INSERT OR REPLACE would delete the row that is in the way, be it by the number that SQLite itself gives a row.
            yield return SqliteTrigger(table, "NoReplace", "INSERT",
                $"EXISTS (SELECT 1 FROM \"{table}\" WHERE rowid = NEW.rowid OR {taken})", $"{table} {AppendOnly.NeverReplaced}");
        }

        foreach (var table in (string[])["AuditArchives", "AuditArchived"])
        {
            yield return SqliteTrigger(table, "NoUpdate", "UPDATE", null, NeverChanged(table));
        }

        yield return Drop(sqlite: true, Entries);
        yield return SqliteTrigger(Entries, "NoDelete", "DELETE", $"NOT ({IsArchived} AND {IsOldOnSqlite})", NeverDeleted(Entries));
        yield return Drop(sqlite: true, Listed);
        yield return SqliteTrigger(Listed, "NoDelete", "DELETE", $"NOT ({ListIsArchived})", NeverDeleted(Listed));
    }

    private static IEnumerable<string> Postgres()
    {
        foreach (var (table, _) in Kept)
        {
            yield return PostgresTrigger(table, "NoDelete", "DELETE ON", "FOR EACH ROW", NeverDeleted(table));
            yield return PostgresTrigger(table, "NoTruncate", "TRUNCATE ON", "FOR EACH STATEMENT", NeverDeleted(table));
        }

        foreach (var table in (string[])["AuditArchives", "AuditArchived"])
        {
            yield return PostgresTrigger(table, "NoUpdate", "UPDATE ON", "FOR EACH ROW", NeverChanged(table));
        }

        // PostgreSQL allows no subquery in the condition of a trigger, so the question stands in a function.
        yield return Function("clinic_only_archived", $"{IsArchived} AND {IsOldOnPostgres}", NeverDeleted(Entries));
        yield return Drop(sqlite: false, Entries);
        yield return "CREATE TRIGGER \"AuditEntries_NoDelete\" BEFORE DELETE ON \"AuditEntries\" FOR EACH ROW EXECUTE FUNCTION clinic_only_archived()";
        yield return Function("clinic_only_archived_lists", ListIsArchived, NeverDeleted(Listed));
        yield return Drop(sqlite: false, Listed);
        yield return "CREATE TRIGGER \"AuditListed_NoDelete\" BEFORE DELETE ON \"AuditListed\" FOR EACH ROW EXECUTE FUNCTION clinic_only_archived_lists()";
    }

    private static string Function(string name, string mayGo, string refusal) =>
        $"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {mayGo} THEN RETURN OLD; END IF; RAISE EXCEPTION '{refusal}' USING ERRCODE = 'restrict_violation'; END $$;";

    private static string Drop(bool sqlite, string table) =>
        $"DROP TRIGGER \"{table}_NoDelete\"{(sqlite ? "" : $" ON \"{table}\"")}";

    private static string SqliteTrigger(string table, string name, string act, string? when, string refusal) =>
        $"CREATE TRIGGER \"{table}_{name}\" BEFORE {act} ON \"{table}\"{(when is null ? "" : $" WHEN {when}")} BEGIN SELECT RAISE(ABORT, '{refusal}'); END;";

    private static string PostgresTrigger(string table, string name, string act, string each, string refusal) =>
        $"CREATE TRIGGER \"{table}_{name}\" BEFORE {act} \"{table}\" {each} EXECUTE FUNCTION clinic_refuse('{refusal}');";

    private static string NeverDeleted(string table) => $"{table} is never deleted from";

    private static string NeverChanged(string table) => $"{table} is append-only";

    private static string Same(string column) => $"\"{column}\" = NEW.\"{column}\"";
}
