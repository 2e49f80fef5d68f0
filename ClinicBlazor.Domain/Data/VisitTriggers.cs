using Microsoft.EntityFrameworkCore.Migrations;

namespace ClinicBlazor.Domain.Data;

/// <summary>
/// What the database itself refuses about visits: to delete an event of a visit's history, to write a record into another patient's
/// visit, and, on SQLite, to replace a visit by another one under a taken key. Changing an event, or the visit of a record, is refused
/// by <see cref="ResealTriggers"/>.
/// </summary>
internal static class VisitTriggers
{
    private const string NeverDeleted = "VisitEvents is never deleted from";
    private const string OfAnother = "a record belongs to a visit of its patient";

    private const string IsOfAnother =
        "NEW.\"VisitId\" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM \"Visits\" WHERE \"Id\" = NEW.\"VisitId\" AND \"PatientId\" = NEW.\"PatientId\")";

    private const string TakenEvent = "\"Id\" = NEW.\"Id\" OR (\"VisitId\" = NEW.\"VisitId\" AND \"Number\" = NEW.\"Number\")";

    private const string TakenVisit =
        "\"Id\" = NEW.\"Id\" OR (\"PatientId\" = NEW.\"PatientId\" AND \"ClosedAt\" IS NULL AND NEW.\"ClosedAt\" IS NULL AND \"ArrivedAt\" IS NOT NULL AND NEW.\"ArrivedAt\" IS NOT NULL)";

    // One open visit of a patient, whatever else is planned.
    private const string FormerlyTakenVisit =
        "(\"Id\" = NEW.\"Id\") OR ((\"PatientId\" = NEW.\"PatientId\") AND \"ClosedAt\" IS NULL AND NEW.\"ClosedAt\" IS NULL)";

    // Who is in the clinic at that moment can be called in: whoever checked them in stands in the trail.
    private const string OpenersOfOpenVisits =
        """
        UPDATE "Visits" SET "OpenedById" = entry."AccountId" FROM "AuditEntries" AS entry
        WHERE entry."Act" = 'VisitStarted' AND entry."Outcome" = 'Done' AND entry."VisitId" = "Visits"."Id" AND "ClosedAt" IS NULL;
        """;

    private const string PlannedVisitsEnd =
        """UPDATE "Visits" SET "ArrivedAt" = "PlannedFor", "ClosedAt" = "PlannedFor", "Status" = 'Cancelled' WHERE "ArrivedAt" IS NULL;""";

    private const string UnknownStatesEnd =
        """UPDATE "Visits" SET "Status" = 'Cancelled' WHERE "Status" IN ('NoShow', 'EnteredInError');""";

    /// <summary>Creates the triggers for the database that is being migrated.</summary>
    public static void GuardVisits(this MigrationBuilder migration)
    {
        Run(migration, IsSqlite(migration) ? Sqlite(TakenVisit) : Postgres());
        migration.Sql(OpenersOfOpenVisits);
    }

    /// <summary>
    /// Takes them back; those of the table of events go with it. Visits in states that were not known before are cancelled ones then.
    /// </summary>
    public static void LeaveVisits(this MigrationBuilder migration)
    {
        migration.Sql(PlannedVisitsEnd);
        migration.Sql(UnknownStatesEnd);
        if (!IsSqlite(migration))
        {
            Run(migration, [
                "DROP TRIGGER \"MedicalRecords_OfVisit\" ON \"MedicalRecords\"", "DROP FUNCTION clinic_record_of_visit()"]);
            return;
        }

        Run(migration,
            ["DROP TRIGGER \"MedicalRecords_OfVisit\"", .. VisitsKept(FormerlyTakenVisit)]);
    }

    private static bool IsSqlite(MigrationBuilder migration) => migration.ActiveProvider == "Microsoft.EntityFrameworkCore.Sqlite";

    private static void Run(MigrationBuilder migration, IEnumerable<string> statements)
    {
        foreach (var statement in statements)
        {
            migration.Sql(statement);
        }
    }

    private static IEnumerable<string> Sqlite(string taken)
    {
        yield return Trigger("VisitEvents_NoDelete", "DELETE ON \"VisitEvents\"", null, NeverDeleted);

        // INSERT OR REPLACE would delete the row that is in the way.
        yield return Trigger("VisitEvents_NoReplace", "INSERT ON \"VisitEvents\"",
            $"EXISTS (SELECT 1 FROM \"VisitEvents\" WHERE {TakenEvent})", $"VisitEvents {AppendOnly.NeverReplaced}");
        yield return Trigger("MedicalRecords_OfVisit", "INSERT ON \"MedicalRecords\"", IsOfAnother, OfAnother);
        foreach (var statement in VisitsKept(taken))
        {
            yield return statement;
        }
    }

    private static IEnumerable<string> VisitsKept(string taken)
    {
        yield return "DROP TRIGGER \"Visits_NoReplace\"";
        yield return "DROP TRIGGER \"Visits_NoReplaceByUpdate\"";
        yield return Trigger("Visits_NoReplace", "INSERT ON \"Visits\"", $"EXISTS (SELECT 1 FROM \"Visits\" WHERE {taken})",
            $"Visits {AppendOnly.NeverReplaced}");
        yield return Trigger("Visits_NoReplaceByUpdate", "UPDATE ON \"Visits\"",
            $"EXISTS (SELECT 1 FROM \"Visits\" WHERE rowid <> OLD.rowid AND ({taken}))", $"Visits {AppendOnly.NeverReplaced}");
    }

    private static IEnumerable<string> Postgres()
    {
        yield return "CREATE TRIGGER \"VisitEvents_NoDelete\" BEFORE DELETE ON \"VisitEvents\" FOR EACH ROW EXECUTE FUNCTION clinic_refuse('" + NeverDeleted + "')";
        yield return "CREATE TRIGGER \"VisitEvents_NoTruncate\" BEFORE TRUNCATE ON \"VisitEvents\" EXECUTE FUNCTION clinic_refuse('" + NeverDeleted + "')";

        // PostgreSQL allows no subquery in the condition of a trigger, so the question stands in a function.
        yield return $"CREATE FUNCTION clinic_record_of_visit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {IsOfAnother} THEN RAISE EXCEPTION '{OfAnother}' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$;";
        yield return "CREATE TRIGGER \"MedicalRecords_OfVisit\" BEFORE INSERT ON \"MedicalRecords\" FOR EACH ROW EXECUTE FUNCTION clinic_record_of_visit();";
    }

    private static string Trigger(string name, string on, string? when, string refusal) =>
        $"CREATE TRIGGER \"{name}\" BEFORE {on}{(when is null ? "" : $" WHEN {when}")} BEGIN SELECT RAISE(ABORT, '{refusal}'); END;";
}
