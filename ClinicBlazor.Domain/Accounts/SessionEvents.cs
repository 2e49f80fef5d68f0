namespace ClinicBlazor.Domain.Accounts;

/// <summary>What happened to a session.</summary>
public enum SessionChangeKind
{
    /// <summary>It began.</summary>
    Started,

    /// <summary>It ended, for whatever reason.</summary>
    Ended,

    /// <summary>Its person's roles, or the chart that the account is linked to, are no longer what its open pages were drawn for.</summary>
    Outdated,
}

/// <summary>Something happened to a session, and has been saved.</summary>
/// <param name="SessionId">Which session.</param>
/// <param name="AccountId">Whose.</param>
/// <param name="Kind">What.</param>
public sealed record SessionChange(Guid SessionId, Guid AccountId, SessionChangeKind Kind);

/// <summary>
/// Tells open pages at once what happened to sessions. <see cref="SessionObserver"/> reports every session that was
/// begun or ended, once that is saved.
/// </summary>
public sealed class SessionEvents
{
    private static readonly TimeSpan LongestSave = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private Action<SessionChange>[] listeners = [];
    private Func<Guid, Task>[] endings = [];

    /// <summary>
    /// Calls <paramref name="onChange"/> for every change until the answer is disposed of. It must be quick and must
    /// not throw.
    /// </summary>
    public IDisposable Subscribe(Action<SessionChange> onChange)
    {
        lock (gate)
        {
            listeners = [.. listeners, onChange];
        }

        return new Subscription(() => Remove(onChange));
    }

    /// <summary>
    /// Calls <paramref name="onEnding"/> with the id of a session that its own person is about to end, until the answer is
    /// disposed of: what was typed there can still be saved. A page that does not answer within a moment is not waited for.
    /// </summary>
    public IDisposable SubscribeToEnd(Func<Guid, Task> onEnding)
    {
        lock (gate)
        {
            endings = [.. endings, onEnding];
        }

        return new Subscription(() =>
        {
            lock (gate)
            {
                endings = [.. endings.Where(other => other != onEnding)];
            }
        });
    }

    /// <summary>Lets the open pages of a session save what they hold, before it ends.</summary>
    internal async Task AnnounceEndAsync(Guid sessionId, CancellationToken ct)
    {
        var saved = Task.WhenAll(Volatile.Read(ref endings).Select(onEnding => onEnding(sessionId)));
        await Task.WhenAny(saved, Task.Delay(LongestSave, ct));
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

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
