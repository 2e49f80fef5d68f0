namespace ClinicBlazor.Domain.Security.Alerts;

/// <summary>What the alerts do before anything of a new process stands in the trail.</summary>
public sealed class AlertStart
{
    private readonly AlertWatcher watcher;

    internal AlertStart(AlertWatcher watcher) => this.watcher = watcher;

    /// <summary>Judges what is there, and finds what was cut off while no process ran. Never keeps the clinic from starting.</summary>
    public Task RunAsync(CancellationToken ct) => watcher.BeginAsync(ct);
}
