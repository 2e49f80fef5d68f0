using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Billing;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Documents;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Protection;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Domain.Security.Alerts;
using ClinicBlazor.Domain.Visits;
using ClinicBlazor.Tests.Security.Alerts;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace ClinicBlazor.Tests.Support;

/// <summary>
/// A clinic with as many patients as are asked for, each with an account, a record, a finished visit, somebody on the care
/// team and entries in the audit; among them a doctor's own thirty-one, who are the same however large the clinic is.
/// </summary>
public static class BigClinic
{
    /// <summary>Patients of the doctor whose lists are looked at.</summary>
    public const int OwnPatients = 31;

    private const int FirstCopiedSeal = 1_000_000;

    /// <summary>Fills a clinic that holds nobody yet, and answers with what its people ask for.</summary>
    public static async Task<IReadOnlyList<ListCall>> FillAsync(DomainHost host, int patients)
    {
        var people = host.People;
        var (doctor, colleague) = (await people.AddStaffAsync(Roles.Doctor), await people.AddStaffAsync(Roles.Doctor));
        var own = new List<Guid>();
        for (var i = 0; i < OwnPatients; i++)
        {
            own.Add(await people.AddChartAsync("Own", $"Patient{i}"));
            await people.AssignAsync(doctor, own[^1]);
            await people.AddRecordAsync(own[^1], doctor);
        }

        var first = await people.AddPatientAsync();
        var grantId = await people.AssignAsync(colleague, first.PatientId!.Value);
        var recordId = await people.AddRecordAsync(first.PatientId.Value, first);
        var visitId = await people.AddVisitAsync(first.PatientId.Value);
        var actor = await people.ActorAsync(colleague);

        var (document, ownDocument) = (
            await TestDocuments.MakeAsync(
                host, new NewDocument(first.PatientId.Value, "Letter.txt", recordId, visitId), colleague.AccountId),
            await TestDocuments.MakeAsync(host, new NewDocument(own[0], "Letter.txt"), doctor.AccountId));
        await host.ArrangeAsync(db => db.AddRange(document, ownDocument));

        // What each visit costs is open still.
        await people.AddChargeAsync(first.PatientId.Value, visitId);
        await host.Get<VisitService>().DoAsync(await people.ActorAsync(await people.AddStaffAsync(Roles.Reception)),
            first.PatientId.Value, visitId, VisitAct.Finish, reason: null, CancellationToken.None);
        await host.Get<PatientService>().GetAsync(actor, first.PatientId.Value, CancellationToken.None);
        await host.Get<PatientService>().ListAsync(actor, new PatientQuery(), CancellationToken.None);
        await AddAlertsAsync(host, colleague);
        await host.Get<AuditSealer>().SealPendingAsync(CancellationToken.None);
        await CopyAsync(host, patients, first, colleague, (recordId, visitId, document.Id), grantId);

        // The trail is judged, but for those who just now tried passwords, were refused, opened charts, and joined a care team.
        await host.ArrangeAsync(db => db.Set<AlertCursor>().AsTracking().Single().MoveTo(FirstCopiedSeal + patients));
        await host.DoAsync(new Deed(AuditAct.SignIn, AuditOutcome.Failed) { By = colleague.AccountId }.Times(3));
        await host.DoAsync(new Deed(AuditAct.PatientRead, AuditOutcome.Denied) { By = colleague.AccountId }.Times(3));
        await host.DoAsync(own.Select(id => new Deed(AuditAct.PatientRead) { By = colleague.AccountId, PatientId = id }));
        await host.DoAsync(new Deed(AuditAct.CareTeamJoined)
        {
            By = doctor.AccountId, SubjectId = colleague.AccountId, PatientId = first.PatientId, Roles = Roles.Reception,
        });
        return await ListCall.AllAsync(host, doctor, colleague, first, own[0], recordId, visitId);
    }

    /// <summary>One alert that is open and one that was acknowledged, to be copied.</summary>
    private static Task AddAlertsAsync(DomainHost host, TestPerson about) => host.ArrangeAsync(db =>
    {
        var now = host.Clock.Now();
        var (open, looked) = (New(AlertKind.AttackInput), New(AlertKind.Denials));
        looked.Acknowledge(host.Get<FieldProtector>().Seal("Looked into.",
            FieldPlace.Of<Alert>(looked.Id, Alert.OwnerOf(about.AccountId), nameof(Alert.Note))), about.AccountId, now);
        db.Set<Alert>().AddRange(open, looked);

        Alert New(AlertKind kind) => Alert.Raise(host.Clock.NewId(),
            new AlertCause(kind, AlertKeys.Of(about.AccountId), now, now, Count: 1) { AccountId = about.AccountId });
    });

    private static async Task CopyAsync(DomainHost host, int count, TestPerson first, TestPerson colleague,
        (Guid RecordId, Guid VisitId, Guid DocumentId) chart, Guid grantId)
    {
        var (recordId, visitId, documentId) = chart;
        var sql = new Copy(host.Kind);
        await using var db = await host.OpenAsync();
        var entryId = (await db.Set<AuditEntry>()
            .SingleAsync(entry => entry.Act == AuditAct.PatientRead && entry.AccountId == colleague.AccountId)).Id;
        var invoiceId = (await db.Set<Invoice>().SingleAsync(invoice => invoice.VisitId == visitId)).Id;
        var alerts = (await db.Set<Alert>().ToListAsync()).ToDictionary(alert => alert.Kind, alert => alert.Id);
        var listId = (await db.Set<AuditListed>().SingleAsync(row => row.PatientId == first.PatientId)).EntryId;
        string Id(int table, string n = "n") => sql.Id(table, n);
        string Text(string prefix, int width, string n = "n") => sql.Padded(prefix, n, width);
        var given = Text("given", 4, "n % 1000");
        var family = Text("family", 5, "n % 20000");
        string[] statements =
        [
            sql.Of<Patient>(db, nameof(Patient.Id), first.PatientId!.Value, new()
            {
                ["Id"] = Id(1), ["Number"] = "1000000 + n", ["GivenName"] = given, ["GivenNameKey"] = given, ["FamilyName"] = family,
                    ["FamilyNameKey"] = family,
                ["BirthDate"] = sql.Date("n % 20000"),
            }),
            .. new[] { ("'smith'", "n % 2 = 0"), (given, "1 = 1"), (family, "1 = 1") }.Select(word => sql.OfOne<PatientWord>(
                db, nameof(PatientWord.PatientId), first.PatientId.Value,
                    new() { ["PatientId"] = Id(1), ["Word"] = word.Item1, ["SortKey"] = $"{family} || {given}" }, word.Item2)),
            sql.Of<Account>(db, nameof(Account.Id), first.AccountId, new()
            {
                ["Id"] = Id(2), ["PatientId"] = Id(1), ["Email"] = Text("member", 7), ["NormalizedEmail"] = Text("MEMBER", 7),
                ["UserName"] = Text("member", 7), ["NormalizedUserName"] = Text("MEMBER", 7),
            }),
            .. new[] { ("'smith'", "n % 2 = 0"), (Text("member", 7), "1 = 1"), (family, "1 = 1") }.Select(word => sql.OfOne<AccountWord>(
                db, nameof(AccountWord.AccountId), first.AccountId,
                    new() { ["AccountId"] = Id(2), ["Word"] = word.Item1, ["SortKey"] = Text("MEMBER", 7) }, word.Item2)),
            sql.Of<MedicalRecord>(db, nameof(MedicalRecord.Id), recordId,
                new() { ["Id"] = Id(3), ["PatientId"] = Id(1), ["AuthorId"] = Id(2) }),

            // A hundred visits on each day before this one.
            sql.Of<Visit>(db, nameof(Visit.Id), visitId, new()
            {
                ["Id"] = Id(4), ["PatientId"] = Id(1), ["ArrivedAt"] = sql.Earlier("ArrivedAt", "1 + n / 100"),
                ["StatusSince"] = sql.Earlier("StatusSince", "1 + n / 100"), ["ClosedAt"] = sql.Earlier("ClosedAt", "1 + n / 100"),
            }),
            sql.Of<Invoice>(db, nameof(Invoice.VisitId), visitId, new()
            {
                ["Id"] = Id(12), ["VisitId"] = Id(4), ["PatientId"] = Id(1), ["Number"] = "1000000 + n",
                ["OpenedAt"] = sql.Earlier("OpenedAt", "1 + n / 100"),
            }),
            sql.Of<LedgerEntry>(db, nameof(LedgerEntry.InvoiceId), invoiceId,
                new() { ["Id"] = Id(13), ["InvoiceId"] = Id(12), ["PatientId"] = Id(1) }),
            sql.Of<Document>(db, nameof(Document.Id), documentId, new()
            {
                ["Id"] = Id(14), ["PatientId"] = Id(1), ["RecordId"] = Id(3), ["VisitId"] = Id(4), ["AddedById"] = Id(2),
            }),
            sql.Of<AccessGrant>(db, nameof(AccessGrant.Id), grantId,
                new() { ["Id"] = Id(5), ["PatientId"] = Id(1), ["AccountId"] = Id(2) }),
            sql.Of<AuditEntry>(db, nameof(AuditEntry.Id), entryId, new() { ["Id"] = Id(6), ["PatientId"] = Id(1) }),
            sql.Of<AuditSeal>(db, nameof(AuditSeal.EntryId), entryId,
                new() { ["Sequence"] = $"{FirstCopiedSeal} + n", ["EntryId"] = Id(6) }),
            sql.Of<AuditEntry>(db, nameof(AuditEntry.Id), entryId, new() { ["Id"] = Id(7), ["PatientId"] = Id(1), ["AccountId"] = Id(2) }),

            // Each record was signed and added to: what one's own asks of the trail must not walk all of these.
            .. new[] { (9, AuditAct.RecordSigned), (10, AuditAct.AddendumAdded) }.Select(act => sql.Of<AuditEntry>(
                db, nameof(AuditEntry.Id), entryId,
                    new() { ["Id"] = Id(act.Item1), ["PatientId"] = Id(1), ["RecordId"] = Id(3), ["Act"] = $"'{act.Item2}'" })),

            // Each patient reads their own record: of what all others do, one's own few must be found as quickly.
            sql.Of<AuditEntry>(db, nameof(AuditEntry.Id), entryId,
                new() { ["Id"] = Id(11), ["PatientId"] = Id(1), ["AccountId"] = Id(2), ["Act"] = $"'{AuditAct.RecordRead}'" }),

            // Each patient stands in a list of one's own, and the first one in every list: whoever is seen most has the most rows.
            sql.Of<AuditEntry>(db, nameof(AuditEntry.Id), listId, new() { ["Id"] = Id(8) }),
            sql.Of<AuditListed>(db, nameof(AuditListed.EntryId), listId, new() { ["EntryId"] = Id(8), ["PatientId"] = Id(1) }),
            sql.Of<AuditListed>(db, nameof(AuditListed.EntryId), listId, new() { ["EntryId"] = Id(8) }),

            // A hundred alerts on each day before this one, as many of them open as acknowledged.
            .. new[] { (14, AlertKind.AttackInput), (15, AlertKind.Denials) }.Select(alert => sql.Of<Alert>(
                db, nameof(Alert.Id), alerts[alert.Item2], new()
                {
                    ["Id"] = Id(alert.Item1), ["Key"] = Text("key", 7), ["LastAt"] = sql.Earlier("LastAt", "1 + n / 100"),
                    ["Note"] = "NULL",
                })),
        ];
        await using DbConnection connection = host.Kind == DatabaseKind.Sqlite
            ? new SqliteConnection($"Data Source={host.Settings.SqliteFile}")
            : new NpgsqlConnection(host.Settings.ConnectionString);
        await connection.OpenAsync();
        foreach (var statement in statements)
        {
            await ExecuteAsync(connection, statement.Replace("@count", $"{count}", StringComparison.Ordinal));
        }

        // PostgreSQL does so by itself, a little later; nobody does on SQLite.
        if (host.Kind == DatabaseKind.Postgres)
        {
            await ExecuteAsync(connection, "VACUUM ANALYZE");
        }
    }

    [SuppressMessage("Security", "CA2100", Justification = "All of it is made here.")]
    private static async Task ExecuteAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 600;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Writes statements that copy one row many times, with some columns counted.</summary>
    private sealed class Copy(DatabaseKind kind)
    {
        private bool IsSqlite => kind == DatabaseKind.Sqlite;

        public string Id(int table, string n) => IsSqlite
            ? $"printf('01900000-0000-7{table:X3}-8000-%012X', {n})"
            : $"('01900000-0000-7{table:x3}-8000-' || lpad(to_hex({n}), 12, '0'))::uuid";

        public string Padded(string prefix, string n, int width) => IsSqlite ? $"printf('{prefix}%0{width}d', {n})"
            : $"('{prefix}' || lpad(({n})::text, {width}, '0'))";

        public string Date(string days) => IsSqlite ? $"date('1950-01-01', ({days}) || ' days')" : $"(date '1950-01-01' + {days})";

        public string Earlier(string column, string days) => IsSqlite ? $"one.\"{column}\" - ({days}) * {TimeSpan.TicksPerDay}"
            : $"one.\"{column}\" - ({days}) * interval '1 day'";

        public string Of<T>(ClinicDbContext db, string key, Guid row, Dictionary<string, string> counted)
            where T : class =>
            Insert(db.Model.FindEntityType(typeof(T))!, key, row, counted, "1 = 1", "");

        public string OfOne<T>(ClinicDbContext db, string key, Guid row, Dictionary<string, string> counted, string where)
            where T : class =>
            Insert(db.Model.FindEntityType(typeof(T))!, key, row, counted, where, "LIMIT 1");

        private string Insert(IEntityType entity, string key, Guid row, Dictionary<string, string> counted, string where, string limit)
        {
            var columns = entity.GetProperties().Select(property => property.GetColumnName()).ToList();
            var id = IsSqlite ? $"'{row.ToString().ToUpperInvariant()}'" : $"'{row}'";
            return $"""
                WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < @count),
                     one AS (SELECT * FROM "{entity.GetTableName()}" WHERE "{key}" = {id} {limit})
                INSERT INTO "{entity.GetTableName()}" ({string.Join(", ", columns.Select(column => $"\"{column}\""))})
                SELECT {string.Join(", ", columns.Select(column => counted.TryGetValue(column, out var expression)
                    ? expression : $"one.\"{column}\""))}
                FROM numbers CROSS JOIN one WHERE {where}
                """;
        }
    }
}
