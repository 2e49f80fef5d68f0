using System.Globalization;
using ClinicBlazor.Domain;

namespace ClinicBlazor.App.Hosting;

/// <summary>
/// Lets requests wait until the clinic has started, for the server listens before. Only the health checks are answered at
/// once. A start that takes longer, as a large migration does, is answered with 503 and a calm page.
/// </summary>
public sealed class ReadinessMiddleware(RequestDelegate next, ClinicReadiness readiness, IHostApplicationLifetime lifetime)
{
    /// <summary>How long a request waits.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private const int RetryAfterSeconds = 10;

    /// <summary>Waits where it must, then goes on.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        if (readiness.IsReached || context.GetEndpoint()?.Metadata.GetMetadata<BeforeReadiness>() is not null || await IsReachedInTimeAsync(context))
        {
            await next(context);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
    }

    private async Task<bool> IsReachedInTimeAsync(HttpContext context)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        end.CancelAfter(Patience);
        try
        {
            await readiness.WaitAsync(end.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}

/// <summary>Marks an endpoint that is answered while the clinic still starts.</summary>
public sealed class BeforeReadiness;
