using System.Data.Common;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Documents;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Domain.Security;
using ClinicBlazor.Domain.Security.Alerts;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Data;

/// <summary>
/// SQLite's REPLACE deletes the row that is in the way, by any unique key, and runs no delete trigger for it. No table
/// whose rows are never deleted lets that happen.
/// </summary>
[Trait("Requirement", "B-03")]
[Trait("Requirement", "B-04")]
[Trait("Requirement", "S2-13")]
public sealed class ReplaceTests : IAsyncLifetime
{
    private DomainHost? host;

    private DomainHost Host => host!;

    public async Task InitializeAsync() => host = await DomainHost.StartAsync(DatabaseKind.Sqlite);

    public async Task DisposeAsync() => await Host.DisposeAsync();

    [Fact]
    public async Task Execute_ReplacingByAnyUniqueKey_IsRefusedInEveryTableThatKeepsItsRows()
    {
        await ArrangeAsync("900-12-3411");
        await ArrangeAsync("900-12-3412");
        var intruder = new Intruder(Host);
        var tried = 0;

        foreach (var table in await KeptTablesAsync(intruder))
        {
            var columns = await ColumnsAsync(intruder, table);

            // Of the one fee of every visit there are no two rows to try it with; its own tests do.
            var found = (await UniqueKeysAsync(intruder, table))
                .Where(key => !key.Condition.Contains("IsConsultation", StringComparison.Ordinal)).ToList();
            var keys = found.Select(entry => entry.Columns).ToList();
            foreach (var (key, condition) in found)
            {
                var rows = await intruder.QueryAsync($"SELECT rowid FROM \"{table}\" WHERE {condition} ORDER BY rowid");
                Assert.True(rows.Count >= 2, $"{table} holds too few rows for this test.");

                // A copy of the first row that shares this key with it, and none of the others.
                var values = columns.Select(
                    column => key.Contains(column) || !keys.Any(other => other.Contains(column)) ? $"\"{column}\"" : Fresh(column));
                await AssertRefusedAsync(intruder, table,
                    $"INSERT OR REPLACE INTO \"{table}\" SELECT {string.Join(", ", values)} FROM \"{table}\" WHERE rowid = @p0",
                    rows[0][0]);

                var taken = key.Select(column => $"\"{column}\" = (SELECT \"{column}\" FROM \"{table}\" WHERE rowid = @p0)");
                await AssertRefusedAsync(intruder, table, $"UPDATE OR REPLACE \"{table}\" SET {string.Join(", ", taken)} WHERE rowid = @p1",
                    rows[0][0], rows[1][0]);
                tried++;
            }
        }

        Assert.True(tried >= 15, $"Only {tried} keys were tried.");
    }

    private static async Task AssertRefusedAsync(Intruder intruder, string table, string statement, params object?[] values)
    {
        var before = await intruder.QueryAsync($"SELECT * FROM \"{table}\" ORDER BY rowid");
        Exception? refusal = null;
        try
        {
            await intruder.ExecuteAsync(statement, values);
        }
        catch (DbException fault)
        {
            refusal = fault;
        }

        Assert.True(refusal is not null, $"This was carried out: {statement}");
        Assert.Equal(before, await intruder.QueryAsync($"SELECT * FROM \"{table}\" ORDER BY rowid"));
    }

    private static async Task<IEnumerable<string>> KeptTablesAsync(Intruder intruder) =>
        (await intruder.QueryAsync("SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%\\_NoDelete' ESCAPE '\\'"))
            .Select(row => (string)row[0]!);

    private static async Task<IReadOnlyList<string>> ColumnsAsync(Intruder intruder, string table) =>
        [.. (await intruder.QueryAsync($"SELECT name FROM pragma_table_info('{table}') ORDER BY cid")).Select(row => (string)row[0]!)];

    /// <summary>The columns of each unique index, and for which rows it holds; an integer primary key has none and is added.</summary>
    private static async Task<IReadOnlyList<(IReadOnlyList<string> Columns, string Condition)>> UniqueKeysAsync(Intruder intruder,
        string table)
    {
        var keys = await intruder.QueryAsync(
            """
            SELECT group_concat(info.name),
                coalesce((SELECT substr(sql, instr(sql, ' WHERE ') + 7) FROM sqlite_master WHERE name = list.name AND list.partial), '1')
            FROM pragma_index_list(@p0) AS list, pragma_index_info(list.name) AS info WHERE list."unique" GROUP BY list.name
            """,
            table);
        var primary = await intruder.QueryAsync("SELECT group_concat(name), '1' FROM pragma_table_info(@p0) WHERE pk > 0", table);
        return [.. keys.Concat(primary).Select(row => ((string)row[0]!, (string)row[1]!)).Distinct()
            .Select(row => ((IReadOnlyList<string>)row.Item1.Split(','), row.Item2))];
    }

    // Another value of the column's kind, so that only the key under test is taken.
    private static string Fresh(string column) => column switch
    {
        "Sequence" or "Number" or "Revision" => $"\"{column}\" + 100000",
        "SsnIndex" => "randomblob(32)",
        _ => "upper(hex(randomblob(16)))",
    };

    /// <summary>Something in every table: a patient with an SSN, on a care team, in a visit, in a list, with a record that is signed.</summary>
    private async Task ArrangeAsync(string ssn)
    {
        var doctor = await Host.People.AddStaffAsync(Roles.Doctor);
        var patientId = await Host.People.AddChartAsync(ssn: ssn);
        await Host.People.AssignAsync(doctor, patientId);
        var visitId = await Host.People.AddVisitAsync(patientId);
        await Host.People.AddChargeAsync(patientId, visitId);
        await Host.ArrangeAsync(db => db.Set<AccessGrant>().Add(new AccessGrant
        {
            Id = Host.Clock.NewId(), PatientId = patientId, AccountId = doctor.AccountId, Kind = GrantKind.Visit, VisitId = visitId,
            StartsAt = Host.Clock.Now(),
        }));
        var recordId = await Host.People.AddRecordAsync(patientId, doctor, diagnosis: "Tension headache.");
        var document = await TestDocuments.MakeAsync(
            Host, new NewDocument(patientId, "Letter.txt", recordId, visitId), doctor.AccountId);
        await Host.ArrangeAsync(db => db.Add(document));
        var records = Host.Get<RecordService>();
        var record = await records.GetAsync(await Host.People.ActorAsync(doctor), recordId, CancellationToken.None);
        Assert.True(
            (await records.SignAsync(await Host.People.ActorAsync(doctor), patientId, recordId, record.Value.Version,
            CancellationToken.None)).IsSuccess);
        Assert.True(
            (await Host.Get<AmendmentService>().AddAddendumAsync(await Host.People.ActorAsync(doctor), patientId, recordId,
            "Better by now.", null, CancellationToken.None)).IsSuccess);
        await Host.ArrangeAsync(db => db.Set<LookReport>().Add(new LookReport
        {
            Id = Host.Clock.NewId(), PatientId = patientId, EntryId = Host.Clock.NewId(), ReportedAt = Host.Clock.Now(),
        }));
        await Host.ArrangeAsync(db => db.Set<Alert>().Add(Alert.Raise(Host.Clock.NewId(),
            new AlertCause(AlertKind.Denials, AlertKeys.Of(doctor.AccountId), Host.Clock.Now(), Host.Clock.Now(), Count: 3))));
        await records.ListAssignedAsync(await Host.People.ActorAsync(doctor), null, CancellationToken.None);
        await Host.Get<Domain.Audit.AuditSealer>().SealPendingAsync(CancellationToken.None);
    }
}
