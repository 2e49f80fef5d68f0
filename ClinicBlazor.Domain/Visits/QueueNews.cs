using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace ClinicBlazor.Domain.Visits;

/// <summary>
/// Tells every open board and visit that visits have changed, whoever changed them. It says no more than which: a page reads again
/// what its person may see.
/// </summary>
public sealed class QueueNews
{
    private event Action<IReadOnlySet<Guid>>? Changed;

    /// <summary>
    /// Calls <paramref name="changed"/> after each change with the visits that it was of, none for what concerns all of them, on a
    /// thread of its own and as nobody, until what is returned is disposed of.
    /// </summary>
    public IDisposable Follow(Action<IReadOnlySet<Guid>> changed)
    {
        Changed += changed;
        return new Following(this, changed);
    }

    // Whoever acts does not wait for the boards of the others, and lends them neither a language nor a session.
    internal void Tell(IReadOnlySet<Guid> visits)
    {
        foreach (var follower in Changed?.GetInvocationList() ?? [])
        {
            ThreadPool.UnsafeQueueUserWorkItem(static told => Tell(told.Follower, told.Visits),
                (Follower: (Action<IReadOnlySet<Guid>>)follower, Visits: visits), preferLocal: false);
        }
    }

    private static void Tell(Action<IReadOnlySet<Guid>> changed, IReadOnlySet<Guid> visits)
    {
        try
        {
            changed(visits);
        }
        catch (ObjectDisposedException)
        {
            // Its circuit went at this moment.
        }
    }

    private sealed class Following(QueueNews news, Action<IReadOnlySet<Guid>> changed) : IDisposable
    {
        public void Dispose() => news.Changed -= changed;
    }
}

/// <summary>A row of a concept above visits that a page of its visit shows: what changes it changes that visit.</summary>
internal interface IOfVisit
{
    /// <summary>Of which visit.</summary>
    Guid VisitId { get; }
}

/// <summary>Sees which acts change visits: those on them, on what belongs to them, and on who takes part.</summary>
internal sealed class QueueObserver(QueueNews news) : IChangeObserver
{
    /// <inheritdoc/>
    public Action? Observe(ChangeTracker changes)
    {
        var grants = Changed<AccessGrant>(changes).Select(grant => grant.VisitId).ToList();
        var visits = Changed<Visit>(changes).Select(visit => visit.Id).Concat(Changed<IOfVisit>(changes).Select(row => row.VisitId))
            .Concat(grants.OfType<Guid>()).ToHashSet();
        if (grants.Contains(null))
        {
            // A care team is of no visit, and says who may open the chart from any board.
            visits.Clear();
        }

        return visits.Count > 0 || grants.Count > 0 ? () => news.Tell(visits) : null;
    }

    private static IEnumerable<T> Changed<T>(ChangeTracker changes)
        where T : class =>
        changes.Entries<T>().Where(entry => entry.State is EntityState.Added or EntityState.Modified).Select(entry => entry.Entity);
}
