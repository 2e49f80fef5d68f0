using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Audit.Anchors;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Access;

/// <summary>What one cell did.</summary>
/// <param name="Call">The arguments.</param>
/// <param name="Answer">The answer.</param>
/// <param name="Audit">The entries that the call left.</param>
/// <param name="Again">What it answered when it came a second time under the same name; null for a call that is not allowed.</param>
/// <param name="AuditAgain">The entries that its second arrival left.</param>
internal sealed record Outcome(AccessCall Call, Answer Answer, IReadOnlyList<AuditEntry> Audit, Answer? Again,
    IReadOnlyList<AuditEntry> AuditAgain)
{
    public Cell Cell => Call.Cell;

    public override string ToString() =>
        $"{Cell}: {Answer.Error?.Kind.ToString() ?? "success"}, "
        + $"audited as {string.Join(", ", Audit.Select(entry => $"{entry.Act} {entry.Outcome}"))}";
}

/// <summary>Runs every cell of the matrix once; the tests look at what came of it.</summary>
public abstract class MatrixRun(DatabaseKind kind) : IAsyncLifetime
{
    internal IReadOnlyList<Outcome> Outcomes { get; private set; } = [];

    internal MatrixState Before { get; private set; } = MatrixState.Empty;

    internal MatrixState After { get; private set; } = MatrixState.Empty;

    public async Task InitializeAsync()
    {
        await using var host = await DomainHost.StartAsync(kind);
        await host.Get<AuditAnchors>().BeginIfNewAsync(CancellationToken.None);
        var worlds = await new MatrixWorlds(host).ArrangeAsync(AccessMatrix.Cells);
        Before = await MatrixState.ReadAsync(host);
        var answers = new List<(AccessCall Call, Answer Answer, Answer? Again)>();
        foreach (var cell in AccessMatrix.Cells)
        {
            var world = worlds[(cell.Case, cell.Asker)];
            var command = CommandId.New();
            var call = new AccessCall(host, cell, world, (await ActorAsync(host, cell.ToString(), world)).Doing(command));
            var answer = await cell.Case.CallAsync(call);
            var again = cell.IsAllowed
                ? await cell.Case.CallAsync(call.By((await ActorAsync(host, Again(cell), world)).Doing(command))) : null;
            answers.Add((call, answer, again));
        }

        After = await MatrixState.ReadAsync(host);
        var entries = await ReadAuditAsync(host);
        Outcomes = answers.ConvertAll(answer => new Outcome(
            answer.Call, answer.Answer, [.. entries[answer.Call.Cell.ToString()]], answer.Again, [.. entries[Again(answer.Call.Cell)]]));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private static string Again(Cell cell) => $"{cell}, again";

    // The cell's name travels as the browser's name, so that the audit entries of each cell can be told apart.
    private static async Task<Actor> ActorAsync(DomainHost host, string browser, MatrixWorld world)
    {
        var client = TestPeople.Client with { UserAgent = browser };
        if (world.SessionToken is not { } token)
        {
            return Actor.Anonymous(client);
        }

        var sessions = host.Get<SessionService>();
        var session = await sessions.FindAsync(token, TestPeople.Client, CancellationToken.None);
        return (await sessions.FindAsync(session!.Actor.SessionId!.Value, client, CancellationToken.None))!.Actor;
    }

    private static async Task<ILookup<string, AuditEntry>> ReadAuditAsync(DomainHost host)
    {
        await using var db = await host.OpenAsync();
        return (await db.Set<AuditEntry>().ToListAsync()).ToLookup(entry => entry.UserAgent);
    }
}

/// <summary>The run on a SQLite file.</summary>
public sealed class SqliteMatrixRun() : MatrixRun(DatabaseKind.Sqlite);

/// <summary>The run on PostgreSQL.</summary>
public sealed class PostgresMatrixRun() : MatrixRun(DatabaseKind.Postgres);
