namespace ClinicBlazor.App.Hosting.Webhooks;

/// <summary>What was posted was not taken. The message names the setting and what went wrong, and nothing of the address.</summary>
public sealed class WebhookFailedException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Posts to an address that the settings name. It follows no redirect: what it posts is for that address alone.</summary>
internal sealed class Webhook : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly HttpClient client;
    private readonly Uri address;
    private readonly string setting;

    /// <summary>For an address anywhere, or by <see cref="OutsideConnection"/> for one outside of this machine alone.</summary>
    public Webhook(string setting, string address, bool outsideOnly = false)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        if (outsideOnly)
        {
            // A proxy would be asked for an address that nobody here has looked at.
            (handler.UseProxy, handler.ConnectCallback) = (false, OutsideConnection.OpenAsync);
        }

        (client, this.address, this.setting) = (new HttpClient(handler) { Timeout = Patience }, new Uri(address), setting);
    }

    /// <summary>Posts something. Throws <see cref="WebhookFailedException"/> when it was not taken.</summary>
    public async Task PostAsync(HttpContent content, CancellationToken ct)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };

            // What the answer says is not read, however much it is.
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            if (!answer.IsSuccessStatusCode)
            {
                throw new WebhookFailedException($"{setting} answered with {(int)answer.StatusCode}");
            }
        }
        catch (HttpRequestException fault) when (fault.InnerException is InsideAddressException)
        {
            throw new WebhookFailedException($"{setting} leads into this machine, which is not allowed", fault);
        }
        catch (Exception fault) when (fault is HttpRequestException || (fault is OperationCanceledException && !ct.IsCancellationRequested))
        {
            throw new WebhookFailedException($"{setting} cannot be reached ({fault.GetType().Name})", fault);
        }
    }

    /// <inheritdoc />
    public void Dispose() => client.Dispose();
}
