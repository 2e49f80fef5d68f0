using Microsoft.EntityFrameworkCore.Migrations;

namespace ClinicBlazor.Domain.Data;

/// <summary>What the database itself holds of the patients whom an entry names: like the entry, they never change or go.</summary>
internal static class ListedTriggers
{
    private const string NeverDeleted = "AuditListed is never deleted from";
    private const string NeverChanged = "AuditListed is append-only";
    private const string IsTaken =
        "EXISTS (SELECT 1 FROM \"AuditListed\" WHERE \"EntryId\" = NEW.\"EntryId\" AND \"PatientId\" = NEW.\"PatientId\")";

    /// <summary>Creates the triggers for the database that is being migrated; they go with their table.</summary>
    public static void GuardListed(this MigrationBuilder migration)
    {
        var sqlite = migration.ActiveProvider == "Microsoft.EntityFrameworkCore.Sqlite";
        foreach (var statement in sqlite ? Sqlite() : Postgres())
        {
            migration.Sql(statement);
        }
    }

    private static IEnumerable<string> Sqlite()
    {
        yield return Trigger("NoDelete", "DELETE", null, NeverDeleted);
        yield return Trigger("NoUpdate", "UPDATE", null, NeverChanged);

        // INSERT OR REPLACE would delete the row that is in the way.
        yield return Trigger("NoReplace", "INSERT", IsTaken, $"AuditListed {AppendOnly.NeverReplaced}");

        static string Trigger(string name, string act, string? when, string refusal) =>
            $"CREATE TRIGGER \"AuditListed_{name}\" BEFORE {act} ON \"AuditListed\"{(when is null ? "" : $" WHEN {when}")} BEGIN SELECT RAISE(ABORT, '{refusal}'); END;";
    }

    private static IEnumerable<string> Postgres()
    {
        yield return Trigger("NoDelete", "DELETE", "FOR EACH ROW", NeverDeleted);
        yield return Trigger("NoTruncate", "TRUNCATE", "FOR EACH STATEMENT", NeverDeleted);
        yield return Trigger("NoUpdate", "UPDATE", "FOR EACH ROW", NeverChanged);

        static string Trigger(string name, string act, string each, string refusal) =>
            $"CREATE TRIGGER \"AuditListed_{name}\" BEFORE {act} ON \"AuditListed\" {each} EXECUTE FUNCTION clinic_refuse('{refusal}');";
    }
}
