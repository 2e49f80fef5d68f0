using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;

namespace ClinicBlazor.App.Documents;

/// <summary>The session of a request has ended, or its person's right, while the body was on its way.</summary>
internal sealed class SessionOverException : Exception;

/// <summary>
/// The body of a request that carries a file, which may take minutes. Each part that arrives counts as something that its person
/// does, so that a slow line ends no session in the middle of a file; and every few seconds, and at the end, the session row is
/// asked whether it still lives and gives the right, so that what has ended meanwhile ends this too.
/// </summary>
internal sealed class UploadBody(HttpContext context, SessionService sessions, SessionActivity activity, TimeProvider clock) : Stream
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    private readonly bool begunWithTheRight = context.Actor().May(Permission.DocumentAdd);
    private DateTimeOffset askedAt = clock.GetUtcNow();

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await context.Request.Body.ReadAsync(buffer, cancellationToken);
        var now = clock.GetUtcNow();
        if (read == 0 || now - askedAt >= Every)
        {
            // Asked before the mark is set: what has ended is not begun anew by it.
            await AskAsync(cancellationToken);
            askedAt = now;
        }

        if (context.Actor().SessionId is { } sessionId)
        {
            activity.Mark(sessionId);
        }

        return read;
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Flush()
    {
        // Nothing is written to it.
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    // Who had no right to begin with is refused by the domain, as everybody is.
    private async Task AskAsync(CancellationToken ct)
    {
        if (begunWithTheRight && !await context.IsStillAsync(sessions, Permission.DocumentAdd, ct))
        {
            throw new SessionOverException();
        }
    }
}
