using ClinicBlazor.Domain.Audit.Anchors;
using ClinicBlazor.Domain.Kernel;
using Microsoft.Extensions.Options;

namespace ClinicBlazor.App.Audit.Anchors;

/// <summary>Posts anchors to an address, as JSON with the clinic's name and the signed line.</summary>
public sealed class WebhookAnchorPost : IAnchorPost, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly HttpClient client;
    private readonly Uri address;
    private readonly string clinic;

    /// <summary>For the address of the settings, which must name one.</summary>
    public WebhookAnchorPost(IOptions<ClinicSettings> settings) =>
        (client, address, clinic) = (new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Patience },
            new Uri(settings.Value.Anchors.Webhook!), settings.Value.Name);

    /// <inheritdoc />
    public async Task SendAsync(AuditAnchor anchor, string line, CancellationToken ct)
    {
        try
        {
            using var answer = await client.PostAsJsonAsync(address, new { clinic, anchor = line }, ct);
            if (!answer.IsSuccessStatusCode)
            {
                throw new AnchorNotSentException($"Clinic:Anchors:Webhook answered with {(int)answer.StatusCode}");
            }
        }
        catch (Exception fault) when (fault is HttpRequestException || (fault is OperationCanceledException && !ct.IsCancellationRequested))
        {
            throw new AnchorNotSentException($"Clinic:Anchors:Webhook cannot be reached ({fault.GetType().Name})", fault);
        }
    }

    /// <inheritdoc />
    public void Dispose() => client.Dispose();
}
