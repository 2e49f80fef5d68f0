using Microsoft.EntityFrameworkCore.Migrations;

namespace ClinicBlazor.Domain.Data;

/// <summary>
/// What the database itself holds of alerts: none goes or becomes another one, of what repeats one is open, and what somebody has
/// acknowledged stays so, with how often it had happened. The note may be sealed anew, with another key.
/// </summary>
internal static class AlertTriggers
{
    private const string NeverDeleted = "Alerts is never deleted from";
    private const string Stands = "what an alert says stands";

    private const string BothOpen = "\"AcknowledgedAt\" IS NULL AND NEW.\"AcknowledgedAt\" IS NULL";

    private static readonly string[] Raised = ["Id", "Kind", "Key", "AccountId", "SubjectId", "Address", "Act", "FirstAt"];

    private static readonly string[] Acknowledged = ["AcknowledgedAt", "AcknowledgedBy", "Count", "LastAt"];

    /// <summary>Creates the triggers for the database that is being migrated; they go with their tables.</summary>
    public static void GuardAlerts(this MigrationBuilder migration)
    {
        var sqlite = migration.ActiveProvider == "Microsoft.EntityFrameworkCore.Sqlite";
        foreach (var statement in sqlite ? Sqlite() : Postgres())
        {
            migration.Sql(statement);
        }
    }

    /// <summary>What was done before there were alerts raises none: the trail is judged from its present end on.</summary>
    public static void JudgeFromNowOn(this MigrationBuilder migration) =>
        migration.Sql("UPDATE \"AlertCursor\" SET \"Sequence\" = COALESCE((SELECT MAX(\"Sequence\") FROM \"AuditSeals\"), 0)");

    private static IEnumerable<string> Sqlite()
    {
        yield return Trigger("NoDelete", "DELETE", null, NeverDeleted);
        yield return Trigger("Stands", "UPDATE", $"NEW.rowid IS NOT OLD.rowid OR {Changes("IS NOT")}", Stands);

        // INSERT OR REPLACE would delete the row that is in the way, be it by the number that SQLite itself gives a row.
        yield return Trigger("NoReplace", "INSERT",
            $"EXISTS (SELECT 1 FROM \"Alerts\" WHERE rowid = NEW.rowid OR {Same("Id")} OR ({Same("Kind")} AND {Same("Key")} AND {BothOpen}))",
            $"Alerts {AppendOnly.NeverReplaced}");

        static string Trigger(string name, string act, string? when, string refusal) =>
            $"CREATE TRIGGER \"Alerts_{name}\" BEFORE {act} ON \"Alerts\"{(when is null ? "" : $" WHEN {when}")} BEGIN SELECT RAISE(ABORT, '{refusal}'); END;";
    }

    private static IEnumerable<string> Postgres()
    {
        yield return Trigger("NoDelete", "DELETE", "FOR EACH ROW", NeverDeleted);
        yield return Trigger("NoTruncate", "TRUNCATE", "FOR EACH STATEMENT", NeverDeleted);
        yield return Trigger("Stands", "UPDATE", $"FOR EACH ROW WHEN ({Changes("IS DISTINCT FROM")})", Stands);

        static string Trigger(string name, string act, string each, string refusal) =>
            $"CREATE TRIGGER \"Alerts_{name}\" BEFORE {act} ON \"Alerts\" {each} EXECUTE FUNCTION clinic_refuse('{refusal}');";
    }

    private static string Same(string column) => $"\"{column}\" = NEW.\"{column}\"";

    private static string Changes(string differs) =>
        $"{Any(Raised, differs)} OR (OLD.\"AcknowledgedAt\" IS NOT NULL AND ({Any(Acknowledged, differs)}))";

    private static string Any(IEnumerable<string> columns, string differs) =>
        string.Join(" OR ", columns.Select(column => $"NEW.\"{column}\" {differs} OLD.\"{column}\""));
}
