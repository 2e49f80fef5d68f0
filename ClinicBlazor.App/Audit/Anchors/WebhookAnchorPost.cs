using ClinicBlazor.App.Hosting.Webhooks;
using ClinicBlazor.Domain.Audit.Anchors;
using ClinicBlazor.Domain.Kernel;
using Microsoft.Extensions.Options;

namespace ClinicBlazor.App.Audit.Anchors;

/// <summary>Posts anchors to an address, as JSON with the clinic's name and the signed line.</summary>
public sealed class WebhookAnchorPost : IAnchorPost, IDisposable
{
    private readonly Webhook webhook;
    private readonly string clinic;

    /// <summary>For the address of the settings, which must name one.</summary>
    public WebhookAnchorPost(IOptions<ClinicSettings> settings) =>
        (webhook, clinic) = (new Webhook("Clinic:Anchors:Webhook", settings.Value.Anchors.Webhook!), settings.Value.Name);

    /// <inheritdoc />
    public async Task SendAsync(AuditAnchor anchor, string line, CancellationToken ct)
    {
        using var content = JsonContent.Create(new { clinic, anchor = line });
        try
        {
            await webhook.PostAsync(content, ct);
        }
        catch (WebhookFailedException fault)
        {
            throw new AnchorNotSentException(fault.Message, fault);
        }
    }

    /// <inheritdoc />
    public void Dispose() => webhook.Dispose();
}
