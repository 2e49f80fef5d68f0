namespace ClinicBlazor.Tests.Support;

/// <summary>Gives some bytes in small parts, as a network does, and then ends, or does something else.</summary>
internal sealed class DripStream(byte[] content, Exception? then = null) : MemoryStream(content)
{
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when somebody begins to read.</summary>
    public Task Reached => reached.Task;

    /// <summary>What happens when all was given.</summary>
    public Action? AtTheEnd { get; init; }

    /// <summary>What whoever reads waits for.</summary>
    public Task Before { get; init; } = Task.CompletedTask;

    /// <summary>How many bytes were given.</summary>
    public long Given { get; private set; }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        reached.TrySetResult();
        await Before;
        cancellationToken.ThrowIfCancellationRequested();
        var read = await base.ReadAsync(buffer[..Math.Min(buffer.Length, 1460)], cancellationToken);
        Given += read;
        if (read == 0)
        {
            AtTheEnd?.Invoke();
            cancellationToken.ThrowIfCancellationRequested();
            return then is null ? 0 : throw then;
        }

        return read;
    }
}
