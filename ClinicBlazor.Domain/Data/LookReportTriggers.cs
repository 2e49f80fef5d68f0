using Microsoft.EntityFrameworkCore.Migrations;

namespace ClinicBlazor.Domain.Data;

/// <summary>
/// What the database itself holds of looks that a patient did not recognise: none goes or becomes another one, and what was
/// answered stays answered. The answer itself may be sealed anew, with another key.
/// </summary>
internal static class LookReportTriggers
{
    private const string NeverDeleted = "LookReports is never deleted from";
    private const string Stands = "what was said of a look stands";

    private static readonly string[] Said = ["Id", "PatientId", "EntryId", "ReportedAt"];

    private static readonly string[] Answered = ["AnsweredAt", "AnsweredBy"];

    /// <summary>Creates the triggers for the database that is being migrated; they go with their table.</summary>
    public static void GuardLookReports(this MigrationBuilder migration)
    {
        var sqlite = migration.ActiveProvider == "Microsoft.EntityFrameworkCore.Sqlite";
        foreach (var statement in sqlite ? Sqlite() : Postgres())
        {
            migration.Sql(statement);
        }
    }

    /// <summary>Takes them away again.</summary>
    public static void LeaveLookReports(this MigrationBuilder migration)
    {
        var sqlite = migration.ActiveProvider == "Microsoft.EntityFrameworkCore.Sqlite";
        foreach (var name in sqlite ? new[] { "NoDelete", "Stands", "NoReplace" } : ["NoDelete", "Stands", "NoTruncate"])
        {
            migration.Sql($"DROP TRIGGER \"LookReports_{name}\"{(sqlite ? "" : " ON \"LookReports\"")}");
        }
    }

    private static IEnumerable<string> Sqlite()
    {
        yield return Trigger("NoDelete", "DELETE", null, NeverDeleted);
        yield return Trigger("Stands", "UPDATE", Changes("IS NOT"), Stands);

        // INSERT OR REPLACE would delete the row that is in the way.
        yield return Trigger("NoReplace", "INSERT",
            "EXISTS (SELECT 1 FROM \"LookReports\" WHERE \"Id\" = NEW.\"Id\" OR (\"PatientId\" = NEW.\"PatientId\" AND \"EntryId\" = NEW.\"EntryId\"))",
            $"LookReports {AppendOnly.NeverReplaced}");

        static string Trigger(string name, string act, string? when, string refusal) =>
            $"CREATE TRIGGER \"LookReports_{name}\" BEFORE {act} ON \"LookReports\"{(when is null ? "" : $" WHEN {when}")} BEGIN SELECT RAISE(ABORT, '{refusal}'); END;";
    }

    private static IEnumerable<string> Postgres()
    {
        yield return Trigger("NoDelete", "DELETE", "FOR EACH ROW", NeverDeleted);
        yield return Trigger("NoTruncate", "TRUNCATE", "FOR EACH STATEMENT", NeverDeleted);
        yield return Trigger("Stands", "UPDATE", $"FOR EACH ROW WHEN ({Changes("IS DISTINCT FROM")})", Stands);

        static string Trigger(string name, string act, string each, string refusal) =>
            $"CREATE TRIGGER \"LookReports_{name}\" BEFORE {act} ON \"LookReports\" {each} EXECUTE FUNCTION clinic_refuse('{refusal}');";
    }

    private static string Changes(string differs) =>
        $"{Any(Said, differs)} OR (OLD.\"AnsweredAt\" IS NOT NULL AND ({Any(Answered, differs)}))";

    private static string Any(IEnumerable<string> columns, string differs) =>
        string.Join(" OR ", columns.Select(column => $"NEW.\"{column}\" {differs} OLD.\"{column}\""));
}
