using Microsoft.Extensions.Logging;

namespace ClinicBlazor.Domain.Security.Alerts;

/// <summary>Tells the log of alerts.</summary>
internal sealed partial class LogNotifier(ILogger<LogNotifier> log) : IAlertNotifier
{
    /// <inheritdoc/>
    public string Name => "log";

    /// <inheritdoc/>
    public Task TellAsync(AlertNotice notice, CancellationToken ct)
    {
        if (notice.Severity == AlertSeverity.Urgent)
        {
            LogUrgent(notice.AlertId, notice.Kind, notice.Count);
        }
        else
        {
            LogSoon(notice.AlertId, notice.Kind, notice.Count);
        }

        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "Alert {AlertId} of kind {Kind}, {Count} times: look at it now")]
    private partial void LogUrgent(Guid alertId, AlertKind kind, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Alert {AlertId} of kind {Kind}, {Count} times: look at it today")]
    private partial void LogSoon(Guid alertId, AlertKind kind, int count);
}
