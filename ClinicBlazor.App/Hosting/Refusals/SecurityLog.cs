using System.Globalization;

namespace ClinicBlazor.App.Hosting.Refusals;

/// <summary>
/// What the outer wall refuses, one line each: the kind of finding and the answer. What was sent is never quoted: it
/// may be somebody's, and a log that repeats an attack carries it on.
/// </summary>
public sealed partial class SecurityLog(ILogger<SecurityLog> log)
{
    /// <summary>A request that the application refused; the line carries its id.</summary>
    public void Refused(SecurityFinding finding, int status) =>
        LogRefused($"{finding}", status.ToString(CultureInfo.InvariantCulture));

    /// <summary>
    /// A request that the server refused by itself; <paramref name="id"/> is the server's own where it never became one
    /// of the application.
    /// </summary>
    public void RefusedByServer(SecurityFinding finding, int status, string id)
    {
        using (BeginId(id))
        {
            Refused(finding, status);
        }
    }

    /// <summary>A circuit whose connection was ended; <paramref name="id"/> is that of the request that opened the connection.</summary>
    public void Ended(SecurityFinding finding, string id)
    {
        using (BeginId(id))
        {
            LogRefused($"{finding}", "by ending the connection");
        }
    }

    private IDisposable? BeginId(string id) => log.BeginScope(new Dictionary<string, object> { [RequestIdMiddleware.LogProperty] = id });

    [LoggerMessage(Level = LogLevel.Warning, Message = "Refused: {Finding}, answered {Answer}")]
    private partial void LogRefused(string finding, string answer);
}

/// <summary>How a middleware refuses.</summary>
public static class RefusalExtensions
{
    /// <summary>Sets the status and notes the finding for <see cref="AnswerWatchMiddleware"/>, which logs it.</summary>
    public static void Refuse(this HttpContext context, SecurityFinding finding, int status)
    {
        context.Features.Set(new Refusal(finding));
        context.Response.StatusCode = status;
    }
}

/// <summary>Why a request was refused.</summary>
/// <param name="Finding">The kind.</param>
internal sealed record Refusal(SecurityFinding Finding);
