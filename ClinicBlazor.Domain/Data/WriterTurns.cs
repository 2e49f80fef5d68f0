namespace ClinicBlazor.Domain.Data;

/// <summary>
/// Lets those who save to a database that has one writer (SQLite) wait in a line, without a thread. Left to itself the
/// database lets them sleep and try again: a thread is blocked for each, and whoever tries at the right moment goes before
/// those who have waited longest. Another process is not in the line; for it, the database's own lock holds as before.
/// </summary>
internal sealed class WriterTurns : IDisposable
{
    private readonly AsyncLocal<bool> mine = new();
    private readonly SemaphoreSlim turn = new(1, 1);

    /// <summary>
    /// Runs <paramref name="save"/> when it is its turn. A save that another one calls for before it writes shares its turn.
    /// </summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> save, CancellationToken ct)
    {
        if (mine.Value)
        {
            return await save().ConfigureAwait(false);
        }

        await turn.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            mine.Value = true;
            return await save().ConfigureAwait(false);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();
}
