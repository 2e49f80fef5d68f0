using Microsoft.EntityFrameworkCore.Migrations;

namespace ClinicBlazor.Domain.Data;

/// <summary>
/// Triggers by which the database itself refuses what must never happen: changing or deleting audit entries,
/// diagnoses and signatures, changing a patient's words, changing a locked record, deleting anything about a patient.
/// </summary>
internal static class AppendOnly
{
    private static readonly string[] NeverChanged = ["AuditEntries", "AuditSeals", "Diagnoses", "Signatures"];

    private static readonly string[] NeverDeleted =
        ["AuditEntries", "AuditSeals", "Diagnoses", "Signatures", "MedicalRecords", "Patients", "Visits", "AccessGrants", "SigningKeys"];

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
        foreach (var table in NeverDeleted)
        {
            var key = table == "AuditSeals" ? "Sequence" : "Id";
            yield return Trigger($"{table}_NoDelete", $"DELETE ON \"{table}\"", null, $"{table} is never deleted from");

            // INSERT OR REPLACE would delete the old row, and SQLite runs delete triggers for that only on request.
            yield return Trigger(
                $"{table}_NoReplace", $"INSERT ON \"{table}\"", $"EXISTS (SELECT 1 FROM \"{table}\" WHERE \"{key}\" = NEW.\"{key}\")", $"{table} is never replaced");
        }

        foreach (var table in NeverChanged)
        {
            yield return Trigger($"{table}_NoUpdate", $"UPDATE ON \"{table}\"", null, $"{table} is append-only");
        }

        yield return Trigger("MedicalRecords_Verbatim", "UPDATE ON \"MedicalRecords\"", Any("IS NOT"), "the words of a record never change");
        yield return Trigger("MedicalRecords_Locked", "UPDATE ON \"MedicalRecords\"", "OLD.\"Status\" <> 'Preliminary'", "the record is locked");
        yield return Trigger("Diagnoses_Locked", "INSERT ON \"Diagnoses\"", RecordIsLocked, "the record is locked");

        static string Trigger(string name, string on, string? when, string refusal) =>
            $"CREATE TRIGGER \"{name}\" BEFORE {on}{(when is null ? "" : $" WHEN {when}")} BEGIN SELECT RAISE(ABORT, '{refusal}'); END;";
    }

    private static IEnumerable<string> Postgres()
    {
        yield return "CREATE FUNCTION clinic_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'restrict_violation'; END $$;";
        foreach (var table in NeverDeleted)
        {
            yield return Trigger($"{table}_NoDelete", $"DELETE ON \"{table}\"", null, $"{table} is never deleted from");
            yield return $"CREATE TRIGGER \"{table}_NoTruncate\" BEFORE TRUNCATE ON \"{table}\" EXECUTE FUNCTION clinic_refuse('{table} is never deleted from');";
        }

        foreach (var table in NeverChanged)
        {
            yield return Trigger($"{table}_NoUpdate", $"UPDATE ON \"{table}\"", null, $"{table} is append-only");
        }

        yield return Trigger("MedicalRecords_Verbatim", "UPDATE ON \"MedicalRecords\"", Any("IS DISTINCT FROM"), "the words of a record never change");
        yield return Trigger("MedicalRecords_Locked", "UPDATE ON \"MedicalRecords\"", "OLD.\"Status\" <> 'Preliminary'", "the record is locked");

        // PostgreSQL allows no subquery in the condition of a trigger, so the question stands in a function.
        yield return $"CREATE FUNCTION clinic_diagnosis_locked() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {RecordIsLocked} THEN RAISE EXCEPTION 'the record is locked' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$;";
        yield return "CREATE TRIGGER \"Diagnoses_Locked\" BEFORE INSERT ON \"Diagnoses\" FOR EACH ROW EXECUTE FUNCTION clinic_diagnosis_locked();";

        static string Trigger(string name, string on, string? when, string refusal) =>
            $"CREATE TRIGGER \"{name}\" BEFORE {on} FOR EACH ROW{(when is null ? "" : $" WHEN ({when})")} EXECUTE FUNCTION clinic_refuse('{refusal}');";
    }

    private const string RecordIsLocked = "EXISTS (SELECT 1 FROM \"MedicalRecords\" WHERE \"Id\" = NEW.\"RecordId\" AND \"Status\" <> 'Preliminary')";

    private static string Any(string differs) => string.Join(" OR ", WordsOfARecord.Select(column => $"NEW.\"{column}\" {differs} OLD.\"{column}\""));
}
