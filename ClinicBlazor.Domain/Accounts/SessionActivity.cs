using System.Collections.Concurrent;

namespace ClinicBlazor.Domain.Accounts;

/// <summary>
/// When somebody last did something in a session of this process. Kept in memory until <see cref="SessionSweeper"/>
/// writes it to the session rows, so that a key pressed costs no write to the database.
/// </summary>
public sealed class SessionActivity(TimeProvider time)
{
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> marks = new();

    /// <summary>Notes that a person did something in a living session just now.</summary>
    public void Mark(Guid sessionId) => marks[sessionId] = time.Now();

    /// <summary>The later of what the row says and what was noted here since.</summary>
    internal DateTimeOffset LastOf(Guid sessionId, DateTimeOffset stored) =>
        marks.TryGetValue(sessionId, out var mark) && mark > stored ? mark : stored;

    /// <summary>What was noted and not yet written.</summary>
    internal KeyValuePair<Guid, DateTimeOffset>[] Unwritten() => marks.ToArray();

    /// <summary>Forgets what has been written; what was noted meanwhile stays.</summary>
    internal void Written(IEnumerable<KeyValuePair<Guid, DateTimeOffset>> written)
    {
        foreach (var mark in written)
        {
            marks.TryRemove(mark);
        }
    }
}
