using ClinicBlazor.Domain.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace ClinicBlazor.Domain.Security.Alerts;

/// <summary>Tells pages of this instance that an alert was raised, counted or acknowledged.</summary>
public sealed class AlertEvents
{
    /// <summary>Raised after that was saved; subscribers must be quick.</summary>
    public event Action? Changed;

    internal void Publish() => Changed?.Invoke();
}

/// <summary>Sees which acts change alerts, and that somebody is to be told of one.</summary>
internal sealed class AlertObserver(AlertEvents events) : IChangeObserver, IDisposable
{
    private readonly WakeUp wake = new();

    /// <inheritdoc/>
    public Action? Observe(ChangeTracker changes)
    {
        var changed = changes.Entries<Alert>().Any(entry => entry.State is EntityState.Added or EntityState.Modified);
        var toTell = changes.Entries<QueuedNotice>().Any(entry => entry.State == EntityState.Added);
        return !changed ? null : () =>
        {
            if (toTell)
            {
                wake.Call();
            }

            events.Publish();
        };
    }

    /// <inheritdoc/>
    public void Dispose() => wake.Dispose();

    /// <summary>Waits until somebody is to be told, or until <paramref name="atMost"/> has passed.</summary>
    public Task WaitAsync(TimeSpan atMost, CancellationToken ct) => wake.WaitAsync(atMost, ct);
}
