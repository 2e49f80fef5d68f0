using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace ClinicBlazor.Domain.Visits;

/// <summary>
/// Tells every open board that the queue has changed, whoever changed it. It says no more than that: a board reads again what its
/// person may see.
/// </summary>
public sealed class QueueNews
{
    private event Action? Changed;

    /// <summary>
    /// Calls <paramref name="changed"/> after each change, on a thread of its own and as nobody, until what is returned is disposed of.
    /// </summary>
    public IDisposable Follow(Action changed)
    {
        Changed += changed;
        return new Following(this, changed);
    }

    // Whoever acts does not wait for the boards of the others, and lends them neither a language nor a session.
    internal void Tell()
    {
        foreach (var follower in Changed?.GetInvocationList() ?? [])
        {
            ThreadPool.UnsafeQueueUserWorkItem(static changed => Tell(changed), (Action)follower, preferLocal: false);
        }
    }

    private static void Tell(Action changed)
    {
        try
        {
            changed();
        }
        catch (ObjectDisposedException)
        {
            // Its circuit went at this moment.
        }
    }

    private sealed class Following(QueueNews news, Action changed) : IDisposable
    {
        public void Dispose() => news.Changed -= changed;
    }
}

/// <summary>Sees which acts change the queue: those on visits, and on who takes part in them.</summary>
internal sealed class QueueObserver(QueueNews news) : IChangeObserver
{
    /// <inheritdoc/>
    public Action? Observe(ChangeTracker changes) =>
        changes.Entries<Visit>().Any(IsChanged) || changes.Entries<AccessGrant>().Any(IsChanged) ? news.Tell : null;

    private static bool IsChanged(EntityEntry entry) => entry.State is EntityState.Added or EntityState.Modified;
}
