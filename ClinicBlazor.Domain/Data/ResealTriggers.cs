using Microsoft.EntityFrameworkCore.Migrations;

namespace ClinicBlazor.Domain.Data;

/// <summary>
/// The one way past the triggers of what never changes (<see cref="AppendOnly"/>): while a change of keys is open, a
/// sealed value may be replaced by one of the same length that names another key or version, in a statement that changes
/// nothing else. What does not open there, the application refuses; what does, says the same as before.
/// </summary>
internal static class ResealTriggers
{
    private const string RotationIsOpen = "EXISTS (SELECT 1 FROM \"KeyRotations\" WHERE \"FinishedAt\" IS NULL)";
    private const string Locked = "the record is locked";
    private const string Verbatim = "the words of a record never change";

    // As it was before it named the visit.
    private static readonly Table Records = new(
        "MedicalRecords", ["Symptoms", "Onset", "ModifyingFactors", "ErrorReason"],
        ["Id", "PatientId", "AuthorId", "OnBehalf", "Severity", "CreatedAt", "Status", "Version"]);

    private static readonly Table RecordsOfVisits = Records with { Others = [.. Records.Others, "VisitId"] };

    private static readonly Table VisitEvents = new(
        "VisitEvents", ["Reason"], ["Id", "VisitId", "PatientId", "Number", "Act", "From", "To", "At", "Since", "AccountId"]);

    private static readonly Table LedgerEntries = new(
        "LedgerEntries", ["Reference", "Reason"],
        ["Id", "InvoiceId", "PatientId", "Number", "Kind", "Cents", "OfId", "EventId", "PriceId", "Name", "Method", "Parts", "EndsAt", "At",
            "AccountId"]);

    private static readonly Table AuditReviews = new(
        "AuditReviews", ["Note"], ["Id", "Month", "ReviewedAt", "ReviewedById", "Figures"]);

    private static readonly Table[] NeverChanged =
    [
        new("Diagnoses", ["Code", "Text"], ["Id", "PatientId", "RecordId", "Revision", "Certainty", "AuthorId", "RecordedAt"]),
        new("Signatures", ["Names"], ["Id", "PatientId", "RecordId", "DiagnosisId", "AccountId", "KeyId", "SignedAt", "Form", "Value"]),
    ];

    // As it was before it kept the names of authors.
    private static readonly Table FirstAddenda = new(
        "Addenda", ["Text"], ["Id", "PatientId", "RecordId", "Number", "AuthorId", "RecordedAt", "KeyId", "Signature"]);

    private static readonly Table Addenda = new(
        "Addenda", ["Text", "AuthorName"],
        ["Id", "PatientId", "RecordId", "Number", "AuthorId", "RecordedAt", "KeyId", "Form", "Signature"]);

    private static readonly string[] Words =
        ["Id", "PatientId", "AuthorId", "OnBehalf", "Symptoms", "Onset", "Severity", "ModifyingFactors", "CreatedAt"];

    /// <summary>Puts the triggers with that way in the place of those without.</summary>
    public static void LetKeysChange(this MigrationBuilder migration)
    {
        var sqlite = migration.ActiveProvider == "Microsoft.EntityFrameworkCore.Sqlite";
        foreach (var statement in sqlite ? Sqlite() : Postgres())
        {
            migration.Sql(statement);
        }
    }

    /// <summary>
    /// The same way for addenda; and a signed record, which changes in one way alone, can still be marked as entered in error.
    /// </summary>
    public static void LetKeysOfAddendaChange(this MigrationBuilder migration)
    {
        var sqlite = migration.ActiveProvider == "Microsoft.EntityFrameworkCore.Sqlite";
        foreach (var statement in sqlite ? SqliteAddenda() : PostgresAddenda())
        {
            migration.Sql(statement);
        }
    }

    /// <summary>Takes that way away from addenda and from signed records again.</summary>
    public static void KeepKeysOfAddenda(this MigrationBuilder migration)
    {
        if (migration.ActiveProvider == "Microsoft.EntityFrameworkCore.Sqlite")
        {
            migration.Sql("DROP TRIGGER \"Addenda_NoUpdate\"");
            migration.Sql(
                "CREATE TRIGGER \"Addenda_NoUpdate\" BEFORE UPDATE ON \"Addenda\" BEGIN SELECT RAISE(ABORT, 'Addenda is append-only'); END;");
            return;
        }

        migration.Sql(Drop("Addenda_NoUpdate", FirstAddenda));
        migration.Sql(
            "CREATE TRIGGER \"Addenda_NoUpdate\" BEFORE UPDATE ON \"Addenda\" FOR EACH ROW EXECUTE FUNCTION clinic_refuse('Addenda is append-only')");
    }

    /// <summary>The same way for the names of authors, which addenda keep since.</summary>
    public static void LetKeysOfAuthorNamesChange(this MigrationBuilder migration) => Guard(migration, Addenda);

    /// <summary>Takes that way away from the names again, before their column goes.</summary>
    public static void KeepKeysOfAuthorNames(this MigrationBuilder migration) => Guard(migration, FirstAddenda);

    /// <summary>The same way for the references and reasons of a ledger's entries.</summary>
    public static void LetKeysOfLedgersChange(this MigrationBuilder migration)
    {
        const string refusal = "LedgerEntries is append-only";
        var sqlite = migration.ActiveProvider == "Microsoft.EntityFrameworkCore.Sqlite";
        migration.Sql(sqlite ? SqliteTrigger("LedgerEntries_NoUpdate", LedgerEntries, $"NOT ({OnlyResealed(LedgerEntries)})", refusal)
            : PostgresTrigger("LedgerEntries_NoUpdate", LedgerEntries, null, refusal));
    }

    /// <summary>The same way for the notes of reviews of the audit.</summary>
    public static void LetKeysOfReviewsChange(this MigrationBuilder migration)
    {
        const string refusal = "AuditReviews is append-only";
        var sqlite = migration.ActiveProvider == "Microsoft.EntityFrameworkCore.Sqlite";
        migration.Sql(sqlite ? SqliteTrigger("AuditReviews_NoUpdate", AuditReviews, $"NOT ({OnlyResealed(AuditReviews)})", refusal)
            : PostgresTrigger("AuditReviews_NoUpdate", AuditReviews, null, refusal));
    }

    /// <summary>The same way for the reasons of a visit's events; and of a record, the visit is what never changes too.</summary>
    public static void LetKeysOfVisitsChange(this MigrationBuilder migration)
    {
        const string refusal = "VisitEvents is append-only";
        var sqlite = migration.ActiveProvider == "Microsoft.EntityFrameworkCore.Sqlite";
        migration.Sql(sqlite ? SqliteTrigger("VisitEvents_NoUpdate", VisitEvents, $"NOT ({OnlyResealed(VisitEvents)})", refusal)
            : PostgresTrigger("VisitEvents_NoUpdate", VisitEvents, null, refusal));
        GuardRecords(migration, RecordsOfVisits, [.. Words, "VisitId"]);
    }

    /// <summary>Guards records as they were before they named the visit, before that column goes.</summary>
    public static void KeepKeysOfVisits(this MigrationBuilder migration) => GuardRecords(migration, Records, Words);

    /// <summary>Takes the way past the triggers away again.</summary>
    public static void KeepKeys(this MigrationBuilder migration)
    {
        var sqlite = migration.ActiveProvider == "Microsoft.EntityFrameworkCore.Sqlite";
        (string Name, string Table, string? When, string Refusal)[] former =
        [
            .. NeverChanged.Select(table => ($"{table.Name}_NoUpdate", table.Name, (string?)null, $"{table.Name} is append-only")),
            ("MedicalRecords_Verbatim", Records.Name, Differ(sqlite ? "IS NOT" : "IS DISTINCT FROM"), Verbatim),
            ("MedicalRecords_Locked", Records.Name, "OLD.\"Status\" <> 'Preliminary'", Locked),
        ];
        foreach (var (name, table, when, refusal) in former)
        {
            migration.Sql(sqlite ? $"DROP TRIGGER \"{name}\"" : $"DROP TRIGGER \"{name}\" ON \"{table}\"");
            migration.Sql(sqlite
                ? $"CREATE TRIGGER \"{name}\" BEFORE UPDATE ON \"{table}\"{(when is null ? "" : $" WHEN {when}")} BEGIN SELECT RAISE(ABORT, '{refusal}'); END;"
                : $"CREATE TRIGGER \"{name}\" BEFORE UPDATE ON \"{table}\" FOR EACH ROW{(when is null ? "" : $" WHEN ({when})")} EXECUTE FUNCTION clinic_refuse('{refusal}');");
        }

        if (!sqlite)
        {
            migration.Sql("DROP FUNCTION clinic_only_resealed()");
        }
    }

    private static void GuardRecords(MigrationBuilder migration, Table records, IReadOnlyList<string> words)
    {
        var sqlite = migration.ActiveProvider == "Microsoft.EntityFrameworkCore.Sqlite";
        (string Name, string When, string Refusal)[] triggers =
        [
            ("MedicalRecords_Verbatim", Differ(sqlite ? "IS NOT" : "IS DISTINCT FROM", words), Verbatim),
            ("MedicalRecords_Locked", AddendumTriggers.LockedWhen, Locked),
        ];
        foreach (var (name, when, refusal) in triggers)
        {
            migration.Sql(sqlite ? $"DROP TRIGGER IF EXISTS \"{name}\"" : Drop(name, records));
            migration.Sql(sqlite ? SqliteTrigger(name, records, $"({when}) AND NOT ({OnlyResealed(records)})", refusal)
                : PostgresTrigger(name, records, when, refusal));
        }
    }

    private static void Guard(MigrationBuilder migration, Table addenda)
    {
        const string name = "Addenda_NoUpdate";
        const string refusal = "Addenda is append-only";
        var sqlite = migration.ActiveProvider == "Microsoft.EntityFrameworkCore.Sqlite";
        migration.Sql(sqlite ? $"DROP TRIGGER IF EXISTS \"{name}\"" : Drop(name, addenda));
        migration.Sql(sqlite ? SqliteTrigger(name, addenda, $"NOT ({OnlyResealed(addenda)})", refusal)
            : PostgresTrigger(name, addenda, null, refusal));
    }

    private static IEnumerable<string> Sqlite()
    {
        foreach (var table in NeverChanged)
        {
            yield return $"DROP TRIGGER IF EXISTS \"{table.Name}_NoUpdate\"";
            yield return SqliteTrigger($"{table.Name}_NoUpdate", table, $"NOT ({OnlyResealed(table)})", $"{table.Name} is append-only");
        }

        yield return "DROP TRIGGER IF EXISTS \"MedicalRecords_Verbatim\"";
        yield return SqliteTrigger("MedicalRecords_Verbatim", Records, $"({Differ("IS NOT")}) AND NOT ({OnlyResealed(Records)})", Verbatim);
        yield return "DROP TRIGGER IF EXISTS \"MedicalRecords_Locked\"";
        yield return SqliteTrigger("MedicalRecords_Locked", Records, $"OLD.\"Status\" <> 'Preliminary' AND NOT ({OnlyResealed(Records)})",
            Locked);
    }

    private static IEnumerable<string> SqliteAddenda()
    {
        yield return "DROP TRIGGER IF EXISTS \"Addenda_NoUpdate\"";
        yield return SqliteTrigger("Addenda_NoUpdate", FirstAddenda, $"NOT ({OnlyResealed(FirstAddenda)})", "Addenda is append-only");
        yield return "DROP TRIGGER IF EXISTS \"MedicalRecords_Locked\"";
        yield return SqliteTrigger("MedicalRecords_Locked", Records, $"{AddendumTriggers.LockedWhen} AND NOT ({OnlyResealed(Records)})",
            Locked);
    }

    private static string SqliteTrigger(string name, Table table, string when, string refusal) =>
        $"CREATE TRIGGER \"{name}\" BEFORE UPDATE ON \"{table.Name}\" WHEN {when} BEGIN SELECT RAISE(ABORT, '{refusal}'); END;";

    // IS and IS NOT know no third answer beside true and false, as = does for an absent value.
    private static string OnlyResealed(Table table) => string.Join(" AND ",
    [
        RotationIsOpen,
        .. table.Others.Select(column => $"NEW.\"{column}\" IS OLD.\"{column}\""),
        .. table.Sealed.Select(column =>
            $"(NEW.\"{column}\" IS OLD.\"{column}\" OR (length(NEW.\"{column}\") IS length(OLD.\"{column}\") "
            + $"AND substr(NEW.\"{column}\", 1, 5) IS NOT substr(OLD.\"{column}\", 1, 5)))"),
    ]);

    private static IEnumerable<string> Postgres()
    {
        // Bytes read as hexadecimal behind a backslash and an x: twelve signs are the version and the key's id.
        yield return $"""
            CREATE FUNCTION clinic_only_resealed() RETURNS trigger LANGUAGE plpgsql AS $$
            DECLARE
                sealed text[] := TG_ARGV[1:];
                field text;
                old_row jsonb := to_jsonb(OLD);
                new_row jsonb := to_jsonb(NEW);
            BEGIN
                IF NOT {RotationIsOpen} OR (new_row - sealed) IS DISTINCT FROM (old_row - sealed) THEN
                    RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'restrict_violation';
                END IF;
                FOREACH field IN ARRAY sealed LOOP
                    IF (new_row ->> field) IS DISTINCT FROM (old_row ->> field)
                        AND (length(new_row ->> field) IS DISTINCT FROM length(old_row ->> field)
                            OR left(new_row ->> field, 12) IS NOT DISTINCT FROM left(old_row ->> field, 12)) THEN
                        RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'restrict_violation';
                    END IF;
                END LOOP;
                RETURN NEW;
            END $$;
            """;
        foreach (var table in NeverChanged)
        {
            yield return Drop($"{table.Name}_NoUpdate", table);
            yield return PostgresTrigger($"{table.Name}_NoUpdate", table, null, $"{table.Name} is append-only");
        }

        yield return Drop("MedicalRecords_Verbatim", Records);
        yield return PostgresTrigger("MedicalRecords_Verbatim", Records, Differ("IS DISTINCT FROM"), Verbatim);
        yield return Drop("MedicalRecords_Locked", Records);
        yield return PostgresTrigger("MedicalRecords_Locked", Records, "OLD.\"Status\" <> 'Preliminary'", Locked);
    }

    private static IEnumerable<string> PostgresAddenda()
    {
        yield return Drop("Addenda_NoUpdate", FirstAddenda);
        yield return PostgresTrigger("Addenda_NoUpdate", FirstAddenda, null, "Addenda is append-only");
        yield return Drop("MedicalRecords_Locked", Records);
        yield return PostgresTrigger("MedicalRecords_Locked", Records, AddendumTriggers.LockedWhen, Locked);
    }

    private static string Drop(string name, Table table) => $"DROP TRIGGER IF EXISTS \"{name}\" ON \"{table.Name}\";";

    private static string PostgresTrigger(string name, Table table, string? when, string refusal) =>
            $"CREATE TRIGGER \"{name}\" BEFORE UPDATE ON \"{table.Name}\" FOR EACH ROW{(when is null ? "" : $" WHEN ({when})")} "
            + $"EXECUTE FUNCTION clinic_only_resealed('{refusal}', {string.Join(", ", table.Sealed.Select(column => $"'{column}'"))});";

    private static string Differ(string differs) => Differ(differs, Words);

    private static string Differ(string differs, IEnumerable<string> words) =>
        string.Join(" OR ", words.Select(column => $"NEW.\"{column}\" {differs} OLD.\"{column}\""));

    private sealed record Table(string Name, string[] Sealed, string[] Others);
}
