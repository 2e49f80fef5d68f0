using System.Globalization;
using ClinicBlazor.Domain.Visits;

namespace ClinicBlazor.App.Billing;

/// <summary>
/// Has a page read again whenever something has changed, by whomever, and when a clearance ends by itself. What changes while it
/// reads is read once more, however much that is.
/// </summary>
internal sealed class LiveReading : IDisposable
{
    private readonly Func<Task> _read;
    private readonly ExpiryTimer _expiry;
    private readonly IDisposable _following;
    private Task _running = Task.CompletedTask;
    private bool _stale;
    private volatile bool _ended;

    /// <summary>Begins to follow; nothing is read yet.</summary>
    /// <param name="news">Tells of changes.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="onCircuit">Runs something where the page is drawn.</param>
    /// <param name="onFault">Is told when reading has failed and nobody waits for it.</param>
    /// <param name="read">Reads what the page shows.</param>
    public LiveReading(QueueNews news, TimeProvider clock, Func<Func<Task>, Task> onCircuit, Func<Exception, Task> onFault, Func<Task> read)
    {
        _read = read;

        // It is told by nobody, so in no language.
        var (culture, words) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        Action told = () => _ = _ended ? Task.CompletedTask : onCircuit(() =>
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, words);
            return ReadAsync(onFault);
        });
        (_expiry, _following) = (new ExpiryTimer(clock, told), news.Follow(told));
    }

    /// <summary>Reads now, or once more after what is on its way.</summary>
    public Task ReadAsync()
    {
        _stale = true;
        return _running.IsCompleted ? _running = RunAsync() : _running;
    }

    /// <summary>Reads again when this moment has passed; null for what does not end by itself.</summary>
    public void EndsAt(DateTimeOffset? moment) => _expiry.Set(moment);

    /// <inheritdoc />
    public void Dispose()
    {
        _ended = true;
        _following.Dispose();
        _expiry.Dispose();
    }

    private async Task RunAsync()
    {
        while (_stale && !_ended)
        {
            _stale = false;
            await _read();
        }
    }

    private async Task ReadAsync(Func<Exception, Task> onFault)
    {
        try
        {
            await ReadAsync();
        }
        catch (Exception fault) when (fault is not OperationCanceledException && !_ended)
        {
            await onFault(fault);
        }
    }
}
