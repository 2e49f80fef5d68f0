using Microsoft.EntityFrameworkCore.Migrations;

namespace ClinicBlazor.Domain.Data;

/// <summary>
/// Triggers by which the database itself refuses what must never happen: changing or deleting audit entries,
/// diagnoses and signatures, changing a patient's words, changing a locked record, deleting anything about a patient.
/// </summary>
internal static class AppendOnly
{
    /// <summary>How SQLite's refusal of a row under a taken key ends.</summary>
    public const string NeverReplaced = "is never replaced";

    private static readonly string[] NeverChanged = ["AuditEntries", "AuditSeals", "Diagnoses", "Signatures"];

    // Each with what is unique in it: a row that comes in under a taken key by way of REPLACE would delete the one there.
    private static readonly (string Table, string Taken)[] NeverDeleted =
    [
        ("AuditEntries", Same("Id")),
        ("AuditSeals", $"{Same("Sequence")} OR {Same("EntryId")}"),
        ("Diagnoses", $"{Same("Id")} OR {Same("RecordId", "Revision")}"),
        ("Signatures", $"{Same("Id")} OR {Same("RecordId", "AccountId")}"),
        ("MedicalRecords", Same("Id")),
        ("Patients", $"{Same("Id")} OR {Same("Number")} OR {Same("SsnIndex")}"),
        ("Visits", $"{Same("Id")} OR ({Same("PatientId")} AND \"ClosedAt\" IS NULL AND NEW.\"ClosedAt\" IS NULL)"),
        ("AccessGrants", Same("Id")),
        ("SigningKeys", $"{Same("Id")} OR {Same("AccountId")}"),
    ];

    private static readonly string[] WordsOfARecord =
        ["Id", "PatientId", "AuthorId", "OnBehalf", "Symptoms", "Onset", "Severity", "ModifyingFactors", "CreatedAt"];

    /// <summary>Creates the triggers for the database that is being migrated.</summary>
    public static void CreateAppendOnlyTriggers(this MigrationBuilder migration)
    {
        var statements = migration.ActiveProvider switch
        {
            "Microsoft.EntityFrameworkCore.Sqlite" => Sqlite(),
            "Npgsql.EntityFrameworkCore.PostgreSQL" => Postgres(),
            _ => throw new InvalidOperationException($"No triggers are written for {migration.ActiveProvider}."),
        };
        foreach (var statement in statements)
        {
            migration.Sql(statement);
        }
    }

    private static IEnumerable<string> Sqlite()
    {
        foreach (var (table, taken) in NeverDeleted)
        {
            yield return Trigger($"{table}_NoDelete", $"DELETE ON \"{table}\"", null, $"{table} is never deleted from");

            // INSERT OR REPLACE and UPDATE OR REPLACE would delete the row that is in the way, and SQLite runs delete
            // triggers for that only on request.
            yield return Trigger($"{table}_NoReplace", $"INSERT ON \"{table}\"", $"EXISTS (SELECT 1 FROM \"{table}\" WHERE {taken})",
                $"{table} {NeverReplaced}");
            if (!NeverChanged.Contains(table))
            {
                yield return Trigger(
                    $"{table}_NoReplaceByUpdate", $"UPDATE ON \"{table}\"",
                        $"EXISTS (SELECT 1 FROM \"{table}\" WHERE rowid <> OLD.rowid AND ({taken}))", $"{table} {NeverReplaced}");
            }
        }

        foreach (var table in NeverChanged)
        {
            yield return Trigger($"{table}_NoUpdate", $"UPDATE ON \"{table}\"", null, $"{table} is append-only");
        }

        yield return Trigger("MedicalRecords_Verbatim", "UPDATE ON \"MedicalRecords\"", Any("IS NOT"),
            "the words of a record never change");
        yield return Trigger("MedicalRecords_Locked", "UPDATE ON \"MedicalRecords\"", "OLD.\"Status\" <> 'Preliminary'",
            "the record is locked");
        yield return Trigger("Diagnoses_Locked", "INSERT ON \"Diagnoses\"", RecordIsLocked, "the record is locked");

        static string Trigger(string name, string on, string? when, string refusal) =>
            $"CREATE TRIGGER \"{name}\" BEFORE {on}{(when is null ? "" : $" WHEN {when}")} BEGIN SELECT RAISE(ABORT, '{refusal}'); END;";
    }

    private static IEnumerable<string> Postgres()
    {
        yield return "CREATE FUNCTION clinic_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'restrict_violation'; END $$;";
        foreach (var (table, _) in NeverDeleted)
        {
            yield return Trigger($"{table}_NoDelete", $"DELETE ON \"{table}\"", null, $"{table} is never deleted from");
            yield return $"CREATE TRIGGER \"{table}_NoTruncate\" BEFORE TRUNCATE ON \"{table}\" EXECUTE FUNCTION clinic_refuse('{table} is never deleted from');";
        }

        foreach (var table in NeverChanged)
        {
            yield return Trigger($"{table}_NoUpdate", $"UPDATE ON \"{table}\"", null, $"{table} is append-only");
        }

        yield return Trigger("MedicalRecords_Verbatim", "UPDATE ON \"MedicalRecords\"", Any("IS DISTINCT FROM"),
            "the words of a record never change");
        yield return Trigger("MedicalRecords_Locked", "UPDATE ON \"MedicalRecords\"", "OLD.\"Status\" <> 'Preliminary'",
            "the record is locked");

        // PostgreSQL allows no subquery in the condition of a trigger, so the question stands in a function.
        yield return $"CREATE FUNCTION clinic_diagnosis_locked() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {RecordIsLocked} THEN RAISE EXCEPTION 'the record is locked' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$;";
        yield return "CREATE TRIGGER \"Diagnoses_Locked\" BEFORE INSERT ON \"Diagnoses\" FOR EACH ROW EXECUTE FUNCTION clinic_diagnosis_locked();";

        static string Trigger(string name, string on, string? when, string refusal) =>
            $"CREATE TRIGGER \"{name}\" BEFORE {on} FOR EACH ROW{(when is null ? "" : $" WHEN ({when})")} EXECUTE FUNCTION clinic_refuse('{refusal}');";
    }

    private const string RecordIsLocked =
        "EXISTS (SELECT 1 FROM \"MedicalRecords\" WHERE \"Id\" = NEW.\"RecordId\" AND \"Status\" <> 'Preliminary')";

    private static string Same(params string[] columns) =>
        $"({string.Join(" AND ", columns.Select(column => $"\"{column}\" = NEW.\"{column}\""))})";

    private static string Any(string differs) =>
        string.Join(" OR ", WordsOfARecord.Select(column => $"NEW.\"{column}\" {differs} OLD.\"{column}\""));
}
