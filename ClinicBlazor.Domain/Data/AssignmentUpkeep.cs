using Microsoft.EntityFrameworkCore.Migrations;

namespace ClinicBlazor.Domain.Data;

/// <summary>What the database itself holds of assignments, and what a migration must put right for that.</summary>
internal static class AssignmentUpkeep
{
    // A part that was taken twice at once, and one in a visit that was closed at the same moment, used to stay for ever.
    private const string EndedWithTheirVisit =
        """
        UPDATE "AccessGrants" SET "EndsAt" = (SELECT "ClosedAt" FROM "Visits" WHERE "Visits"."Id" = "AccessGrants"."VisitId")
        WHERE "EndsAt" IS NULL AND "VisitId" IN (SELECT "Id" FROM "Visits" WHERE "ClosedAt" IS NOT NULL);
        """;

    private const string EndedBesideAnEarlierOne =
        """
        UPDATE "AccessGrants" SET "EndsAt" = "StartsAt"
        WHERE "EndsAt" IS NULL AND EXISTS (
            SELECT 1 FROM "AccessGrants" AS "earlier"
            WHERE "earlier"."PatientId" = "AccessGrants"."PatientId"
                AND "earlier"."AccountId" = "AccessGrants"."AccountId" AND "earlier"."EndsAt" IS NULL
              AND ("earlier"."VisitId" = "AccessGrants"."VisitId" OR ("earlier"."VisitId" IS NULL AND "AccessGrants"."VisitId" IS NULL))
              AND "earlier"."Id" < "AccessGrants"."Id");
        """;

    private const string Taken =
        """
        ("Id" = NEW."Id") OR ("AccountId" = NEW."AccountId" AND "EndsAt" IS NULL AND NEW."EndsAt" IS NULL
          AND (("PatientId" = NEW."PatientId" AND "VisitId" IS NULL AND NEW."VisitId" IS NULL) OR "VisitId" = NEW."VisitId"))
        """;

    /// <summary>Ends assignments that nothing could end, so that one part in a care team or a visit is left.</summary>
    public static void EndWhatNothingEnded(this MigrationBuilder migration)
    {
        migration.Sql(EndedWithTheirVisit);
        migration.Sql(EndedBesideAnEarlierOne);
    }

    /// <summary>SQLite's REPLACE would delete the assignment that is in the way, by the new unique keys too.</summary>
    public static void KeepAssignments(this MigrationBuilder migration)
    {
        if (migration.ActiveProvider != "Microsoft.EntityFrameworkCore.Sqlite")
        {
            return;
        }

        migration.Sql("DROP TRIGGER \"AccessGrants_NoReplace\";");
        migration.Sql("DROP TRIGGER \"AccessGrants_NoReplaceByUpdate\";");
        migration.Sql(
            $"CREATE TRIGGER \"AccessGrants_NoReplace\" BEFORE INSERT ON \"AccessGrants\" WHEN EXISTS (SELECT 1 FROM \"AccessGrants\" WHERE {Taken}) {Refuse}");
        migration.Sql(
            $"CREATE TRIGGER \"AccessGrants_NoReplaceByUpdate\" BEFORE UPDATE ON \"AccessGrants\" WHEN EXISTS (SELECT 1 FROM \"AccessGrants\" WHERE rowid <> OLD.rowid AND ({Taken})) {Refuse}");
    }

    private const string Refuse = $"BEGIN SELECT RAISE(ABORT, 'AccessGrants {AppendOnly.NeverReplaced}'); END;";
}
