using Microsoft.EntityFrameworkCore.Migrations;

namespace ClinicBlazor.Domain.Data;

/// <summary>
/// What the database itself holds of signatures: none is put under a record that was entered in error, also not by somebody
/// who signs at the moment in which it is marked so.
/// </summary>
internal static class SignatureTriggers
{
    /// <summary>The refusal of a signature whose record was marked in between.</summary>
    public const string OnNoError = "a record that was entered in error takes no signature";

    private const string Standing = "\"MedicalRecords\" WHERE \"Id\" = NEW.\"RecordId\" AND \"Status\" <> 'EnteredInError'";

    /// <summary>Creates the trigger for the database that is being migrated.</summary>
    public static void KeepSignaturesOffErrors(this MigrationBuilder migration)
    {
        if (migration.ActiveProvider == "Microsoft.EntityFrameworkCore.Sqlite")
        {
            migration.Sql(
                $"CREATE TRIGGER \"Signatures_OnNoError\" BEFORE INSERT ON \"Signatures\" WHEN NOT EXISTS (SELECT 1 FROM {Standing}) BEGIN SELECT RAISE(ABORT, '{OnNoError}'); END;");
            return;
        }

        // The row is held, so that a signature waits for a mark that is not committed yet. SQLite has one writer at a time.
        migration.Sql(
            $"CREATE FUNCTION clinic_signature_on_no_error() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM 1 FROM {Standing} FOR SHARE; IF NOT FOUND THEN RAISE EXCEPTION '{OnNoError}' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$;");
        migration.Sql(
            "CREATE TRIGGER \"Signatures_OnNoError\" BEFORE INSERT ON \"Signatures\" FOR EACH ROW EXECUTE FUNCTION clinic_signature_on_no_error();");
    }

    /// <summary>Takes it away again.</summary>
    public static void LeaveSignatures(this MigrationBuilder migration)
    {
        if (migration.ActiveProvider == "Microsoft.EntityFrameworkCore.Sqlite")
        {
            migration.Sql("DROP TRIGGER \"Signatures_OnNoError\"");
            return;
        }

        migration.Sql("DROP TRIGGER \"Signatures_OnNoError\" ON \"Signatures\"");
        migration.Sql("DROP FUNCTION clinic_signature_on_no_error()");
    }
}
