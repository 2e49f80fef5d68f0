namespace ClinicBlazor.Domain.Audit.Anchors;

/// <summary>Takes anchors to another place, which whoever holds this machine cannot reach. The web application provides it.</summary>
public interface IAnchorPost
{
    /// <summary>
    /// Sends an anchor. Throws <see cref="AnchorNotSentException"/> when it did not arrive; it is then tried again with
    /// the newest one.
    /// </summary>
    /// <param name="anchor">The anchor.</param>
    /// <param name="line">Its signed line, as it stands in the file; <c>verify-audit</c> reads it back.</param>
    /// <param name="ct">Ends it.</param>
    Task SendAsync(AuditAnchor anchor, string line, CancellationToken ct);
}

/// <summary>An anchor did not arrive at the other place. The message names no secret and may be logged.</summary>
public sealed class AnchorNotSentException(string message, Exception? inner = null) : Exception(message, inner);
