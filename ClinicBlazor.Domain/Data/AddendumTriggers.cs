using Microsoft.EntityFrameworkCore.Migrations;

namespace ClinicBlazor.Domain.Data;

/// <summary>
/// What the database itself holds of addenda: they are added to signed records only, and never change or go. A signed
/// record changes in one way alone: it is marked as entered in error.
/// </summary>
internal static class AddendumTriggers
{
    private const string NeverDeleted = "Addenda is never deleted from";
    private const string NeverChanged = "Addenda is append-only";
    private const string Locked = "the record is locked";

    /// <summary>The refusal of an addendum whose record is not signed, or is no more: it was marked in between.</summary>
    public const string OnSignedOnly = "only a signed record takes an addendum";

    /// <summary>When an update of a record is refused because it is signed, or was entered in error.</summary>
    public const string LockedWhen =
        "OLD.\"Status\" <> 'Preliminary' AND NOT (OLD.\"Status\" = 'Final' AND NEW.\"Status\" = 'EnteredInError')";

    private const string Signed = "\"MedicalRecords\" WHERE \"Id\" = NEW.\"RecordId\" AND \"Status\" = 'Final'";
    private const string IsNotSigned = $"NOT EXISTS (SELECT 1 FROM {Signed})";
    private const string Refuse = $"RAISE EXCEPTION '{OnSignedOnly}' USING ERRCODE = 'restrict_violation';";

    // PostgreSQL allows no subquery in the condition of a trigger, so the question stands in a function.
    private const string OnSigned =
        $"FUNCTION clinic_addendum_on_signed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {IsNotSigned} THEN {Refuse} END IF; RETURN NEW; END $$;";
    private const string IsTaken =
        "EXISTS (SELECT 1 FROM \"Addenda\" WHERE \"Id\" = NEW.\"Id\" OR (\"RecordId\" = NEW.\"RecordId\" AND \"Number\" = NEW.\"Number\"))";

    /// <summary>Creates the triggers for the database that is being migrated.</summary>
    public static void GuardAddenda(this MigrationBuilder migration)
    {
        var sqlite = migration.ActiveProvider == "Microsoft.EntityFrameworkCore.Sqlite";
        foreach (var statement in sqlite ? Sqlite() : Postgres())
        {
            migration.Sql(statement);
        }
    }

    /// <summary>
    /// Lets an addendum wait for whoever marks its record as entered in error at the same moment, whose change PostgreSQL does not
    /// show before it is committed. SQLite has one writer at a time.
    /// </summary>
    public static void HoldRecordsForAddenda(this MigrationBuilder migration)
    {
        if (migration.ActiveProvider != "Microsoft.EntityFrameworkCore.Sqlite")
        {
            migration.Sql(
                $"CREATE OR REPLACE FUNCTION clinic_addendum_on_signed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM 1 FROM {Signed} FOR SHARE; IF NOT FOUND THEN {Refuse} END IF; RETURN NEW; END $$;");
        }
    }

    /// <summary>Takes that waiting away again.</summary>
    public static void LeaveRecordsOfAddenda(this MigrationBuilder migration)
    {
        if (migration.ActiveProvider != "Microsoft.EntityFrameworkCore.Sqlite")
        {
            migration.Sql($"CREATE OR REPLACE {OnSigned}");
        }
    }

    /// <summary>Takes back what goes beyond the table of addenda, which takes its own triggers along.</summary>
    public static void LeaveAddenda(this MigrationBuilder migration)
    {
        const string formerly = "OLD.\"Status\" <> 'Preliminary'";
        if (migration.ActiveProvider == "Microsoft.EntityFrameworkCore.Sqlite")
        {
            migration.Sql("DROP TRIGGER \"MedicalRecords_Locked\"");
            migration.Sql(
                $"CREATE TRIGGER \"MedicalRecords_Locked\" BEFORE UPDATE ON \"MedicalRecords\" WHEN {formerly} BEGIN SELECT RAISE(ABORT, '{Locked}'); END;");
            return;
        }

        migration.Sql("DROP TRIGGER \"Addenda_OnSigned\" ON \"Addenda\"");
        migration.Sql("DROP FUNCTION clinic_addendum_on_signed()");
        migration.Sql("DROP TRIGGER \"MedicalRecords_Locked\" ON \"MedicalRecords\"");
        migration.Sql(
            $"CREATE TRIGGER \"MedicalRecords_Locked\" BEFORE UPDATE ON \"MedicalRecords\" FOR EACH ROW WHEN ({formerly}) EXECUTE FUNCTION clinic_refuse('{Locked}')");
    }

    private static IEnumerable<string> Sqlite()
    {
        yield return Trigger("Addenda_NoDelete", "DELETE ON \"Addenda\"", null, NeverDeleted);
        yield return Trigger("Addenda_NoUpdate", "UPDATE ON \"Addenda\"", null, NeverChanged);

        // INSERT OR REPLACE would delete the row that is in the way.
        yield return Trigger("Addenda_NoReplace", "INSERT ON \"Addenda\"", IsTaken, $"Addenda {AppendOnly.NeverReplaced}");
        yield return Trigger("Addenda_OnSigned", "INSERT ON \"Addenda\"", IsNotSigned, OnSignedOnly);
        yield return "DROP TRIGGER \"MedicalRecords_Locked\"";
        yield return Trigger("MedicalRecords_Locked", "UPDATE ON \"MedicalRecords\"", LockedWhen, Locked);

        static string Trigger(string name, string on, string? when, string refusal) =>
            $"CREATE TRIGGER \"{name}\" BEFORE {on}{(when is null ? "" : $" WHEN {when}")} BEGIN SELECT RAISE(ABORT, '{refusal}'); END;";
    }

    private static IEnumerable<string> Postgres()
    {
        yield return Trigger("Addenda_NoDelete", "DELETE ON \"Addenda\"", null, NeverDeleted);
        yield return $"CREATE TRIGGER \"Addenda_NoTruncate\" BEFORE TRUNCATE ON \"Addenda\" EXECUTE FUNCTION clinic_refuse('{NeverDeleted}');";
        yield return Trigger("Addenda_NoUpdate", "UPDATE ON \"Addenda\"", null, NeverChanged);

        yield return $"CREATE {OnSigned}";
        yield return "CREATE TRIGGER \"Addenda_OnSigned\" BEFORE INSERT ON \"Addenda\" FOR EACH ROW EXECUTE FUNCTION clinic_addendum_on_signed();";
        yield return "DROP TRIGGER \"MedicalRecords_Locked\" ON \"MedicalRecords\";";
        yield return Trigger("MedicalRecords_Locked", "UPDATE ON \"MedicalRecords\"", LockedWhen, Locked);

        static string Trigger(string name, string on, string? when, string refusal) =>
            $"CREATE TRIGGER \"{name}\" BEFORE {on} FOR EACH ROW{(when is null ? "" : $" WHEN ({when})")} EXECUTE FUNCTION clinic_refuse('{refusal}');";
    }
}
