using System.Collections.Frozen;
using ClinicBlazor.Domain.Security.Alerts;

namespace ClinicBlazor.App.Security;

/// <summary>Lets pages follow <see cref="AlertEvents"/>.</summary>
internal static class AlertNews
{
    /// <summary>
    /// Calls <paramref name="changed"/> after each change, on a thread of its own and as nobody, until what is returned is disposed of:
    /// whoever raises an alert waits for no page, and lends it neither a language nor a session.
    /// </summary>
    public static IDisposable Follow(this AlertEvents events, Action<IReadOnlySet<Guid>> changed) => new Following(events, changed);

    private static void Tell(Action<IReadOnlySet<Guid>> changed)
    {
        try
        {
            changed(FrozenSet<Guid>.Empty);
        }
        catch (ObjectDisposedException)
        {
            // Its circuit went at this moment.
        }
    }

    private sealed class Following : IDisposable
    {
        private readonly AlertEvents events;
        private readonly Action told;

        public Following(AlertEvents events, Action<IReadOnlySet<Guid>> changed)
        {
            this.events = events;
            told = () => ThreadPool.UnsafeQueueUserWorkItem(static follower => Tell(follower), changed, preferLocal: false);
            events.Changed += told;
        }

        public void Dispose() => events.Changed -= told;
    }
}
