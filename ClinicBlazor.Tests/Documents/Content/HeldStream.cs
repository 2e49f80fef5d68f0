namespace ClinicBlazor.Tests.Documents.Content;

/// <summary>A stream whose first byte is held back until it may be read.</summary>
internal sealed class HeldStream(byte[] content) : MemoryStream(content)
{
    public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Go { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Begun.TrySetResult();
        await Go.Task.WaitAsync(cancellationToken);
        return await base.ReadAsync(buffer, cancellationToken);
    }
}
