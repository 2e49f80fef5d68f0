namespace ClinicBlazor.Domain.Security.Alerts;

/// <summary>What is told of an alert outside the application: ids and kinds, whose details stand on the page alone.</summary>
/// <param name="AlertId">Id of the alert.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Severity">How soon somebody should look.</param>
/// <param name="At">When it began, UTC.</param>
/// <param name="Count">How often it has happened until now.</param>
/// <param name="Administrators">E-mail addresses of the administrators whose accounts are in use now.</param>
public sealed record AlertNotice(
    Guid AlertId, AlertKind Kind, AlertSeverity Severity, DateTimeOffset At, int Count, IReadOnlyList<string> Administrators);

/// <summary>Tells somebody of alerts. Each registered one is told of each new alert once, and again until it has taken it.</summary>
public interface IAlertNotifier
{
    /// <summary>What it is called in the queue; never changed, of at most 40 characters.</summary>
    string Name { get; }

    /// <summary>Tells of one alert. Throws <see cref="AlertNotToldException"/> when it was not taken; it is then tried again.</summary>
    Task TellAsync(AlertNotice notice, CancellationToken ct);
}

/// <summary>A notifier could not tell of an alert.</summary>
/// <param name="message">Why, without anything personal: it is logged.</param>
/// <param name="inner">What lies beneath.</param>
public sealed class AlertNotToldException(string message, Exception? inner = null) : Exception(message, inner);
