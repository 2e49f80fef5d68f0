using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace ClinicBlazor.App.Hosting.Refusals;

/// <summary>
/// Logs what the server refuses by itself: lines and headers that are too long and what is no HTTP, before there is a
/// request that a middleware could see, and a body that is too large, wherever it is read.
/// </summary>
internal sealed class ServerRefusals(DiagnosticListener listener, SecurityLog security)
    : IHostedService, IObserver<KeyValuePair<string, object?>>
{
    private const string BadRequest = "Microsoft.AspNetCore.Server.Kestrel.BadRequest";

    private IDisposable? subscription;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        subscription = listener.Subscribe(this, (name, _, _) => name == BadRequest);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        subscription?.Dispose();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is IFeatureCollection features
            && features.Get<IBadRequestExceptionFeature>()?.Error is BadHttpRequestException refused)
        {
            security.RefusedByServer(FindingOf(refused.StatusCode), refused.StatusCode,
                features.Get<IHttpRequestIdentifierFeature>()?.TraceIdentifier ?? "");
        }
    }

    /// <inheritdoc/>
    public void OnCompleted()
    {
        // The server goes away with the application.
    }

    /// <inheritdoc/>
    public void OnError(Exception error)
    {
        // The server's listener reports none.
    }

    private static SecurityFinding FindingOf(int status) => status switch
    {
        StatusCodes.Status413PayloadTooLarge => SecurityFinding.BodyTooLarge,
        StatusCodes.Status414UriTooLong => SecurityFinding.AddressTooLong,
        StatusCodes.Status431RequestHeaderFieldsTooLarge => SecurityFinding.HeadersTooLarge,
        _ => SecurityFinding.MalformedRequest,
    };
}
