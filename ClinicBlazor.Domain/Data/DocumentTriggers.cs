using Microsoft.EntityFrameworkCore.Migrations;

namespace ClinicBlazor.Domain.Data;

/// <summary>
/// What the database itself holds of documents: none is deleted or replaced, and what one is never changes. It comes out of quarantine
/// once, under a record once, and is taken back or marked as entered in error once. What is sealed may be sealed anew while a change
/// of keys is open, as <see cref="ResealTriggers"/> says.
/// </summary>
internal static class DocumentTriggers
{
    private const string NeverDeleted = "Documents is never deleted from";
    private const string Stands = "what a document is stands";
    private const string RotationIsOpen = "EXISTS (SELECT 1 FROM \"KeyRotations\" WHERE \"FinishedAt\" IS NULL)";

    private const string StateStands =
        "NEW.\"State\" <> OLD.\"State\" AND (OLD.\"State\" <> 'Quarantined' OR NEW.\"State\" NOT IN ('Available', 'Infected'))";

    private static readonly string[] Never =
        ["Id", "PatientId", "AddedById", "ByPatient", "Number", "AddedAt", "Format", "Bytes", "HasThumbnail", "VisitId", "VisitNumber"];

    private static readonly string[] Once = ["RecordId", "RecordNumber", "ScannedAt", "DiscardedAt", "ErrorAt", "ErrorById"];

    private static readonly string[] Sealed = ["FileName", "Key"];

    // The keys of a document: its own, and each number that it has.
    private static readonly string Taken = string.Join(" OR ",
        Same("Id"), Same("PatientId", "ByPatient", "Number"), Same("RecordId", "RecordNumber"), Same("VisitId", "VisitNumber"));

    /// <summary>Creates the triggers for the database that is being migrated; they go with their table.</summary>
    public static void GuardDocuments(this MigrationBuilder migration)
    {
        var sqlite = migration.ActiveProvider == "Microsoft.EntityFrameworkCore.Sqlite";
        foreach (var statement in sqlite ? Sqlite() : Postgres())
        {
            migration.Sql(statement);
        }
    }

    /// <summary>Takes back what does not go with the table.</summary>
    public static void LeaveDocuments(this MigrationBuilder migration)
    {
        if (migration.ActiveProvider != "Microsoft.EntityFrameworkCore.Sqlite")
        {
            migration.Sql("DROP FUNCTION clinic_document_stands()");
        }
    }

    private static IEnumerable<string> Sqlite()
    {
        yield return Trigger("NoDelete", "DELETE", null, NeverDeleted);

        // INSERT OR REPLACE and UPDATE OR REPLACE would delete the row that is in the way, be it by the number that SQLite itself gives
        // a row.
        yield return Trigger("NoReplace", "INSERT", $"EXISTS (SELECT 1 FROM \"Documents\" WHERE rowid = NEW.rowid OR {Taken})",
            $"Documents {AppendOnly.NeverReplaced}");
        yield return Trigger("NoReplaceByUpdate", "UPDATE",
            $"NEW.rowid IS NOT OLD.rowid OR EXISTS (SELECT 1 FROM \"Documents\" WHERE rowid <> OLD.rowid AND ({Taken}))",
            $"Documents {AppendOnly.NeverReplaced}");
        yield return Trigger("Stands", "UPDATE", Changes("IS NOT", column =>
            $"length(NEW.\"{column}\") IS length(OLD.\"{column}\") AND substr(NEW.\"{column}\", 1, 5) IS NOT substr(OLD.\"{column}\", 1, 5)"),
            Stands);

        static string Trigger(string name, string act, string? when, string refusal) =>
            $"CREATE TRIGGER \"Documents_{name}\" BEFORE {act} ON \"Documents\"{(when is null ? "" : $" WHEN {when}")} BEGIN SELECT RAISE(ABORT, '{refusal}'); END;";
    }

    private static IEnumerable<string> Postgres()
    {
        yield return Trigger("NoDelete", "DELETE", "FOR EACH ROW", $"clinic_refuse('{NeverDeleted}')");
        yield return Trigger("NoTruncate", "TRUNCATE", "FOR EACH STATEMENT", $"clinic_refuse('{NeverDeleted}')");

        // PostgreSQL allows no subquery in the condition of a trigger, so the question stands in a function.
        var changes = Changes("IS DISTINCT FROM", column =>
            $"length(NEW.\"{column}\") IS NOT DISTINCT FROM length(OLD.\"{column}\") AND substring(NEW.\"{column}\" FROM 1 FOR 5) IS DISTINCT FROM substring(OLD.\"{column}\" FROM 1 FOR 5)");
        yield return $"CREATE FUNCTION clinic_document_stands() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {changes} THEN RAISE EXCEPTION '{Stands}' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$;";
        yield return Trigger("Stands", "UPDATE", "FOR EACH ROW", "clinic_document_stands()");

        static string Trigger(string name, string act, string each, string function) =>
            $"CREATE TRIGGER \"Documents_{name}\" BEFORE {act} ON \"Documents\" {each} EXECUTE FUNCTION {function};";
    }

    private static string Changes(string differs, Func<string, string> resealed) => string.Join(" OR ",
    [
        $"({StateStands})",
        .. Never.Select(column => $"NEW.\"{column}\" {differs} OLD.\"{column}\""),
        .. Once.Select(column => $"(OLD.\"{column}\" IS NOT NULL AND NEW.\"{column}\" {differs} OLD.\"{column}\")"),
        .. Sealed.Select(column => $"(NEW.\"{column}\" {differs} OLD.\"{column}\" AND NOT ({RotationIsOpen} AND {resealed(column)}))"),
        $"(OLD.\"ErrorReason\" IS NOT NULL AND NEW.\"ErrorReason\" {differs} OLD.\"ErrorReason\" AND NOT ({RotationIsOpen} AND {resealed("ErrorReason")}))",
    ]);

    private static string Same(params string[] columns) =>
        $"({string.Join(" AND ", columns.Select(column => $"\"{column}\" = NEW.\"{column}\""))})";
}
