namespace ClinicBlazor.Domain.Accounts;

/// <summary>What happened to a session.</summary>
public enum SessionChangeKind
{
    /// <summary>It began.</summary>
    Started,

    /// <summary>It ended, for whatever reason.</summary>
    Ended,

    /// <summary>Its person's roles are no longer those that its open pages were drawn for.</summary>
    Outdated,
}

/// <summary>Something happened to a session, and has been saved.</summary>
/// <param name="SessionId">Which session.</param>
/// <param name="AccountId">Whose.</param>
/// <param name="Kind">What.</param>
public sealed record SessionChange(Guid SessionId, Guid AccountId, SessionChangeKind Kind);

/// <summary>
/// Tells open pages at once what happened to sessions. <see cref="Data.ClinicDatabase"/> reports every session that
/// was begun or ended, once that is saved: nobody has to remember it.
/// </summary>
public sealed class SessionEvents
{
    private readonly Lock gate = new();
    private Action<SessionChange>[] listeners = [];

    /// <summary>Calls <paramref name="onChange"/> for every change until the answer is disposed of. It must be quick and must not throw.</summary>
    public IDisposable Subscribe(Action<SessionChange> onChange)
    {
        lock (gate)
        {
            listeners = [.. listeners, onChange];
        }

        return new Subscription(this, onChange);
    }

    /// <summary>Tells everybody who listens.</summary>
    public void Publish(SessionChange change)
    {
        // Each change of the list makes a new one: nobody waits for the listeners.
        foreach (var listener in Volatile.Read(ref listeners))
        {
            listener(change);
        }
    }

    private void Remove(Action<SessionChange> listener)
    {
        lock (gate)
        {
            listeners = [.. listeners.Where(other => other != listener)];
        }
    }

    private sealed class Subscription(SessionEvents events, Action<SessionChange> onChange) : IDisposable
    {
        public void Dispose() => events.Remove(onChange);
    }
}
