using System.Diagnostics;

namespace ClinicBlazor.App.Hosting;

/// <summary>Gives each request an id that stands in the answer's header and in every log line of the request.</summary>
public sealed class RequestIdMiddleware(RequestDelegate next, ILogger<RequestIdMiddleware> log)
{
    /// <summary>Name of the header.</summary>
    public const string Header = "X-Request-Id";

    /// <summary>Name of the id in a log line.</summary>
    public const string LogProperty = "RequestId";

    /// <summary>Sets the id before anything else happens.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        context.TraceIdentifier = ActivityTraceId.CreateRandom().ToHexString()[..16];

        // A fault clears the headers that are set already.
        context.Response.OnStarting(() =>
        {
            context.Response.Headers[Header] = context.TraceIdentifier;
            return Task.CompletedTask;
        });
        using (log.BeginScope(new Dictionary<string, object> { [LogProperty] = context.TraceIdentifier }))
        {
            await next(context);
        }
    }
}
