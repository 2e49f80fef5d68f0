using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using Microsoft.AspNetCore.SignalR;

namespace ClinicBlazor.App.Hosting.Circuits;

/// <summary>For whom a circuit was started. Nobody else may take it over.</summary>
/// <param name="SessionId">In which session.</param>
/// <param name="AccountId">Whose.</param>
/// <param name="Roles">The roles that its pages are drawn for.</param>
/// <param name="PatientId">The own chart that they are drawn for; null for none.</param>
public sealed record CircuitOwner(Guid SessionId, Guid AccountId, Roles Roles, Guid? PatientId)
{
    /// <summary>The owner whom a living session makes.</summary>
    public static CircuitOwner Of(LiveSession session) =>
        new(session.Actor.SessionId!.Value, session.Actor.AccountId!.Value, session.Actor.Roles, session.Actor.PatientId);
}

/// <summary>
/// The circuits of this process, each bound to the session that started it, and the connections that they run over.
/// When a session ends, its connections are cut.
/// </summary>
public sealed class OpenCircuits : IDisposable
{
    // The pages of an ended session are told to leave first; those that do not are cut off.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    // Longer than the framework keeps a circuit without a connection: what it has forgotten cannot be taken over.
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, Connection> connections = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Circuit> circuits = new(StringComparer.Ordinal);
    private readonly Lock counting = new();
    private readonly TimeProvider time;
    private readonly IDisposable listening;

    /// <summary>Begins to listen for sessions that end.</summary>
    public OpenCircuits(SessionEvents sessions, TimeProvider time)
    {
        this.time = time;
        listening = sessions.Subscribe(change =>
        {
            if (change.Kind == SessionChangeKind.Ended)
            {
                _ = CutAsync(change.SessionId);
            }
        });
    }

    /// <inheritdoc />
    public void Dispose() => listening.Dispose();

    /// <summary>The owners of the circuits that are connected.</summary>
    public IEnumerable<CircuitOwner> Owners() => connections.Values.Select(connection => connection.Owner).OfType<CircuitOwner>();

    /// <summary>How many circuits of an account are connected.</summary>
    public int CountOf(Guid accountId) => connections.Values.Count(connection => connection.Owner?.AccountId == accountId);

    /// <summary>The owner of the circuit that runs over a connection; null before one has been started.</summary>
    public CircuitOwner? OwnerOf(HubCallerContext connection) => connections.TryGetValue(connection.ConnectionId, out var found)
        ? found.Owner : null;

    /// <summary>The owner of the circuit that a secret names; null when it is gone.</summary>
    public CircuitOwner? OwnerOf(string secret) => circuits.TryGetValue(KeyOf(secret), out var found) ? found.Owner : null;

    /// <summary>When the session of a connection was last found alive.</summary>
    public DateTimeOffset CheckedAt(HubCallerContext connection) => connections.TryGetValue(connection.ConnectionId, out var found)
        ? found.CheckedAt : default;

    /// <summary>Notes that the session of a connection is alive.</summary>
    public void Checked(HubCallerContext connection) =>
        connections.AddOrUpdate(connection.ConnectionId, _ => new Connection(connection, null, time.GetUtcNow()),
            (_, known) => known with { CheckedAt = time.GetUtcNow() });

    /// <summary>
    /// Takes one of the circuits that an account may have for a connection, before the circuit is started: of many that
    /// start at once none is counted too late. False when there is none left.
    /// </summary>
    public bool TryReserve(HubCallerContext connection, CircuitOwner owner, int most)
    {
        lock (counting)
        {
            if (CountOf(owner.AccountId) >= most)
            {
                return false;
            }

            Attach(connection, owner);
            return true;
        }
    }

    /// <summary>Gives back what was reserved for a circuit that did not start.</summary>
    public void Release(HubCallerContext connection)
    {
        if (connections.TryGetValue(connection.ConnectionId, out var reserved))
        {
            connections.TryUpdate(connection.ConnectionId, reserved with { Owner = null }, reserved);
        }
    }

    /// <summary>Binds a circuit that was just started over a connection.</summary>
    public void Bind(HubCallerContext connection, string secret, CircuitOwner owner)
    {
        Forget();
        circuits[KeyOf(secret)] = new Circuit(owner, connection.ConnectionId, LostAt: null);
    }

    /// <summary>
    /// True when a circuit may go on over another connection: it belongs to the same account and the same session. The
    /// secret that names it is no proof of that; whoever has read it somewhere else is somebody else. It counts among the
    /// circuits of its account like one that is started.
    /// </summary>
    public bool TryTakeOver(HubCallerContext connection, string secret, Guid sessionId, Guid accountId, int most)
    {
        var key = KeyOf(secret);
        if (!circuits.TryGetValue(key, out var circuit) || circuit.Owner.SessionId != sessionId || circuit.Owner.AccountId != accountId)
        {
            return false;
        }

        lock (counting)
        {
            // The connection that it ran over may be dead without anybody having noticed.
            if (CountOf(accountId) - (connections.ContainsKey(circuit.ConnectionId) ? 1 : 0) >= most)
            {
                return false;
            }

            circuits[key] = circuit with { ConnectionId = connection.ConnectionId, LostAt = null };
            Attach(connection, circuit.Owner);
            return true;
        }
    }

    /// <summary>Notes that a connection is gone. Its circuit may come back for a while.</summary>
    public void Lost(HubCallerContext connection)
    {
        connections.TryRemove(connection.ConnectionId, out _);
        foreach (var (key, circuit) in circuits.Where(entry => entry.Value.ConnectionId == connection.ConnectionId))
        {
            circuits.TryUpdate(key, circuit with { LostAt = time.GetUtcNow() }, circuit);
        }
    }

    private static string KeyOf(string secret) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    // When the session was last found alive stays as it was: a circuit that is taken over while the database does not answer
    // must not be trusted for longer by that.
    private void Attach(HubCallerContext connection, CircuitOwner owner) =>
        connections.AddOrUpdate(connection.ConnectionId, _ => new Connection(connection, owner, CheckedAt: default),
            (_, known) => known with { Owner = owner });

    private void Forget()
    {
        var before = time.GetUtcNow() - Kept;
        foreach (var (key, _) in circuits.Where(entry => entry.Value.LostAt < before))
        {
            circuits.TryRemove(key, out _);
        }
    }

    private async Task CutAsync(Guid sessionId)
    {
        await Task.Delay(Grace);
        foreach (var (_, connection) in connections.Where(entry => entry.Value.Owner?.SessionId == sessionId))
        {
            connection.Context.Abort();
        }
    }

    private sealed record Connection(HubCallerContext Context, CircuitOwner? Owner, DateTimeOffset CheckedAt);

    private sealed record Circuit(CircuitOwner Owner, string ConnectionId, DateTimeOffset? LostAt);
}
