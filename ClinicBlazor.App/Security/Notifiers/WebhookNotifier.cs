using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ClinicBlazor.App.Hosting.Webhooks;
using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Security.Alerts;
using Microsoft.Extensions.Options;

namespace ClinicBlazor.App.Security.Notifiers;

/// <summary>
/// Posts that there is an alert, as JSON without anybody's name. It is signed, and its time with it, so that whoever takes it knows
/// that it is the clinic's, and no old one sent again.
/// </summary>
public sealed class WebhookNotifier : IAlertNotifier, IDisposable
{
    /// <summary>
    /// The header of the signature: <c>t=</c> the time in seconds (Unix), <c>v1=</c> HMAC-SHA-256 of that, a point and the body.
    /// </summary>
    public const string SignatureHeader = "Clinic-Signature";

    private readonly Webhook webhook;
    private readonly ClinicSettings settings;
    private readonly TimeProvider clock;
    private readonly string url;

    /// <summary>For the address of the settings, which must name one.</summary>
    public WebhookNotifier(IOptions<ClinicSettings> settings, IConfiguration configuration, TimeProvider clock)
    {
        var alerts = settings.Value.Alerts;
        (this.settings, this.clock, url) = (settings.Value, clock, PublicUrl.Of(configuration) + SecurityPage.Path);
        webhook = new Webhook(AlertTelling.Webhook, alerts.Webhook!, outsideOnly: !alerts.WebhookInsideHost);
    }

    /// <inheritdoc />
    public string Name => "webhook";

    /// <inheritdoc />
    public async Task TellAsync(AlertNotice notice, CancellationToken ct)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new
        {
            clinic = settings.Name, id = notice.AlertId, kind = $"{notice.Kind}", severity = $"{notice.Severity}",
            at = notice.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), count = notice.Count, url,
        });

        // Read at each time: whoever changes the file need not start the application anew.
        var secret = settings.Alerts.ReadWebhookSecret()
            ?? throw new AlertNotToldException("Clinic:Alerts:WebhookSecretFile cannot be read");
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        content.Headers.Add(SignatureHeader, Sign(secret, clock.GetUtcNow(), body));
        try
        {
            await webhook.PostAsync(content, ct);
        }
        catch (WebhookFailedException fault)
        {
            throw new AlertNotToldException(fault.Message, fault);
        }
    }

    /// <inheritdoc />
    public void Dispose() => webhook.Dispose();

    private static string Sign(string secret, DateTimeOffset now, byte[] body)
    {
        var time = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{time}."), .. body];
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed);
        return $"t={time},v1={Convert.ToHexStringLower(mac)}";
    }
}
