using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SQLitePCL;

namespace ClinicBlazor.Tests.Lists;

/// <summary>
/// Every query behind a list or a search, in a clinic of twenty thousand: none walks a table that grows with the clinic, nor
/// sorts one. What it does is counted while it is done, so that a walk along an index is noticed as well.
/// </summary>
[Trait("Requirement", "B-10")]
public abstract class QueryPlanTests(DatabaseKind kind)
{
    private const int Patients = 20_000;

    /// <summary>Steps of SQLite's machine that one query may take: looking at each of 20,000 rows takes five times as many.</summary>
    private const int MostSteps = 30_000;

    /// <summary>Rows that one part of a plan of PostgreSQL may touch.</summary>
    private const double MostRows = 2_000;

    /// <summary>Queries that walk a table or sort one: what is kept here to show that they are noticed.</summary>
    private static readonly string[] Walks =
    [
        "SELECT count(*) FROM \"Patients\" WHERE \"Address\" = 'x'",
        "SELECT \"Id\" FROM \"AuditEntries\" ORDER BY \"Address\" LIMIT 1",
    ];

    /// <summary>What the rules of alerts ask: of failed sign-ins, of refusals, of charts in a day, and who was there.</summary>
    private static readonly string[] Asked = ["'SecondFactor'", "'Denied'", "\"ChartVolumes\"", "\"Visits\""];

    public sealed class OnSqlite() : QueryPlanTests(DatabaseKind.Sqlite);

    public sealed class OnPostgres() : QueryPlanTests(DatabaseKind.Postgres);

    [Fact]
    public async Task Queries_OfEveryList_TouchAPageAndNotTheClinic()
    {
        var recorder = new Recorder();
        await using var host = await DomainHost.StartAsync(kind, services => services
            .ConfigureDbContext<SqliteClinicDbContext>(options => options.AddInterceptors(recorder))
            .ConfigureDbContext<PostgresClinicDbContext>(options => options.AddInterceptors(recorder)));
        var calls = await BigClinic.FillAsync(host, Patients);
        var offenders = new List<string>();
        foreach (var call in calls)
        {
            recorder.Queries.Clear();
            await call.AskAsync();
            Assert.NotEmpty(recorder.Queries);
            if (call.Name == ListCall.Judging)
            {
                // Each rule that asks for more than the entries themselves has asked.
                Assert.All(Asked, part => Assert.Contains(recorder.Queries, query => query.Sql.Contains(part, StringComparison.Ordinal)));
            }

            foreach (var (sql, parameters) in recorder.Queries.ToList())
            {
                if (await WorkAsync(host, sql, parameters) is { } work)
                {
                    offenders.Add($"{call.Name}: {work}\n{sql}");
                }
            }
        }

        Assert.True(offenders.Count == 0, string.Join("\n\n", offenders));
        foreach (var walk in Walks)
        {
            Assert.NotNull(await WorkAsync(host, walk, []));
        }
    }

    private Task<string?> WorkAsync(DomainHost host, string sql, IReadOnlyList<DbParameter> parameters) =>
        kind == DatabaseKind.Sqlite ? OnSqliteAsync(host, sql, parameters) : OnPostgresAsync(host, sql, parameters);

    private static async Task<string?> OnSqliteAsync(DomainHost host, string sql, IReadOnlyList<DbParameter> parameters)
    {
        await using var connection = new SqliteConnection($"Data Source={host.Settings.SqliteFile}");
        await connection.OpenAsync();
        const int Each = 100;
        var steps = 0;
        raw.sqlite3_progress_handler(connection.Handle, Each, _ => { steps += Each; return 0; }, null);
        await ReadAsync(connection, sql, parameters);
        return steps <= MostSteps ? null : $"{steps} steps\n{await ReadAsync(connection, "EXPLAIN QUERY PLAN " + sql, parameters)}";
    }

    private static async Task<string?> OnPostgresAsync(DomainHost host, string sql, IReadOnlyList<DbParameter> parameters)
    {
        await using var connection = new NpgsqlConnection(host.Settings.ConnectionString);
        await connection.OpenAsync();
        var plan = await ReadAsync(connection, "EXPLAIN (ANALYZE, FORMAT JSON) " + sql, parameters);
        var touched = Nodes(JsonDocument.Parse(plan).RootElement[0].GetProperty("Plan"))
            .Select(node =>
                (Node: node,
                Rows: Number(node, "Actual Loops") * (
                Number(node, "Actual Rows") + Number(node, "Rows Removed by Filter") + Number(node, "Rows Removed by Index Recheck"))))
            .MaxBy(node => node.Rows);
        return touched.Rows <= MostRows ? null : $"{touched.Rows} rows in {touched.Node.GetProperty("Node Type")}\n{plan}";
    }

    private static IEnumerable<JsonElement> Nodes(JsonElement node) =>
        node.TryGetProperty("Plans", out var plans) ? plans.EnumerateArray().SelectMany(Nodes).Prepend(node) : [node];

    private static double Number(JsonElement node, string name) => node.TryGetProperty(name, out var value) ? value.GetDouble() : 0;

    [SuppressMessage("Security", "CA2100", Justification = "What the application asked is asked once more.")]
    private static async Task<string> ReadAsync(DbConnection connection, string sql, IReadOnlyList<DbParameter> parameters)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter is NpgsqlParameter npgsql ? npgsql.Clone() : Clone((SqliteParameter)parameter));
        }

        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
        {
            lines.Add($"{reader.GetValue(reader.FieldCount - 1)}");
        }

        return string.Join('\n', lines);
    }

    private static SqliteParameter Clone(SqliteParameter parameter) =>
        new(parameter.ParameterName, parameter.SqliteType) { Value = parameter.Value };

    private sealed class Recorder : DbCommandInterceptor
    {
        public List<(string Sql, IReadOnlyList<DbParameter> Parameters)> Queries { get; } = [];

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
                CancellationToken cancellationToken = default)
        {
            if (command.CommandText.StartsWith("SELECT", StringComparison.Ordinal))
            {
                Queries.Add((command.CommandText, [.. command.Parameters.Cast<DbParameter>()]));
            }

            return ValueTask.FromResult(result);
        }
    }
}
