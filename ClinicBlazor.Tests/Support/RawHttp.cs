using System.Net.Sockets;
using System.Text;

namespace ClinicBlazor.Tests.Support;

/// <summary>Requests byte for byte, past what a client library tidies up.</summary>
internal static class RawHttp
{
    /// <summary>Asks for an address just as it is written, and answers with status line, headers and body.</summary>
    public static Task<string> GetAsync(Uri site, string target, params string[] headers) =>
        SendAsync(site,
            string.Join("\r\n", [$"GET {target} HTTP/1.1", $"Host: {site.Authority}", "Connection: close", .. headers, "", ""]));

    /// <summary>Sends a request and answers with everything that came back.</summary>
    public static async Task<string> SendAsync(Uri site, string request)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var client = new TcpClient();
        await client.ConnectAsync(site.Host, site.Port, limit.Token);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), limit.Token);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        try
        {
            return await reader.ReadToEndAsync(limit.Token);
        }
        catch (IOException)
        {
            // The server may close before it has read everything.
            return "";
        }
    }

    /// <summary>The status of an answer.</summary>
    public static int StatusOf(string answer) => int.Parse(answer.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The value of a header of an answer; null when it is not there.</summary>
    public static string? HeaderOf(string answer, string name) =>
        answer.Split("\r\n").FirstOrDefault(
            line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();
}
