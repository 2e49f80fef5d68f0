using Microsoft.EntityFrameworkCore.Migrations;

namespace ClinicBlazor.Domain.Data;

/// <summary>
/// What the database itself holds of money: no price, invoice or entry of a ledger is deleted or replaced, a price is only ever taken
/// out of use, and an invoice stays that of its visit. Changing an entry is refused by <see cref="ResealTriggers"/>.
/// </summary>
internal static class LedgerTriggers
{
    private const string InUse = "\"RetiredAt\" IS NULL AND NEW.\"RetiredAt\" IS NULL";

    // A price that was taken out of use stays so: once set, this column never changes.
    private const string SetOnce = "RetiredAt";

    // Each with what is unique in it, and what never changes; entries of a ledger never change at all.
    private static readonly (string Table, string Taken, string[] Stands)[] Tables =
    [
        ("Prices", $"{Same("Id")} OR ({InUse} AND ({Same("Code")} OR (\"IsConsultation\" AND NEW.\"IsConsultation\")))",
            ["Id", "Code", "Name", "Cents", "Currency", "IsConsultation", SetOnce]),
        ("Invoices", $"{Same("Id")} OR {Same("VisitId")} OR {Same("Number")}",
            ["Id", "VisitId", "PatientId", "Number", "Currency", "OpenedAt"]),
        ("LedgerEntries", $"{Same("Id")} OR ({Same("InvoiceId")} AND {Same("Number")})", []),
    ];

    /// <summary>Creates the triggers for the database that is being migrated; they go with their tables.</summary>
    public static void GuardLedgers(this MigrationBuilder migration)
    {
        var sqlite = migration.ActiveProvider == "Microsoft.EntityFrameworkCore.Sqlite";
        foreach (var (table, taken, stands) in Tables)
        {
            foreach (var statement in sqlite ? Sqlite(table, taken, stands) : Postgres(table, stands))
            {
                migration.Sql(statement);
            }
        }
    }

    private static IEnumerable<string> Sqlite(string table, string taken, string[] stands)
    {
        yield return Trigger("NoDelete", "DELETE", null, NeverDeleted(table));

        // INSERT OR REPLACE would delete the row that is in the way, be it by the number that SQLite itself gives a row.
        yield return Trigger("NoReplace", "INSERT", $"EXISTS (SELECT 1 FROM \"{table}\" WHERE rowid = NEW.rowid OR {taken})",
            $"{table} {AppendOnly.NeverReplaced}");
        if (stands.Length > 0)
        {
            yield return Trigger("Stands", "UPDATE", $"NEW.rowid IS NOT OLD.rowid OR {Changes(stands, "IS NOT")}", StandsAs(table));
        }

        string Trigger(string name, string act, string? when, string refusal) =>
            $"CREATE TRIGGER \"{table}_{name}\" BEFORE {act} ON \"{table}\"{(when is null ? "" : $" WHEN {when}")} BEGIN SELECT RAISE(ABORT, '{refusal}'); END;";
    }

    private static IEnumerable<string> Postgres(string table, string[] stands)
    {
        yield return Trigger("NoDelete", "DELETE", "FOR EACH ROW", NeverDeleted(table));
        yield return Trigger("NoTruncate", "TRUNCATE", "FOR EACH STATEMENT", NeverDeleted(table));
        if (stands.Length > 0)
        {
            yield return Trigger("Stands", "UPDATE", $"FOR EACH ROW WHEN ({Changes(stands, "IS DISTINCT FROM")})", StandsAs(table));
        }

        string Trigger(string name, string act, string each, string refusal) =>
            $"CREATE TRIGGER \"{table}_{name}\" BEFORE {act} ON \"{table}\" {each} EXECUTE FUNCTION clinic_refuse('{refusal}');";
    }

    private static string NeverDeleted(string table) => $"{table} is never deleted from";

    private static string StandsAs(string table) => $"what {table} says stands";

    private static string Same(string column) => $"\"{column}\" = NEW.\"{column}\"";

    private static string Changes(IEnumerable<string> columns, string differs) => string.Join(" OR ", columns.Select(column =>
        column == SetOnce ? $"(OLD.\"{column}\" IS NOT NULL AND NEW.\"{column}\" {differs} OLD.\"{column}\")"
            : $"NEW.\"{column}\" {differs} OLD.\"{column}\""));
}
