using System.Net;
using System.Text.Json;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Hosting;

/// <summary>A connection of a circuit is a WebSocket: whoever knows the token of one can neither read nor drive it.</summary>
[Trait("Requirement", "S4-02")]
public sealed class CircuitTransportTests(AppFixture app) : IClassFixture<AppFixture>
{
    [Theory]
    [InlineData("GET", "/_blazor", "bob@patient.example")]
    [InlineData("POST", "/_blazor", "bob@patient.example")]
    [InlineData("DELETE", "/_blazor", "bob@patient.example")]
    [InlineData("GET", "/_blazor/", "bob@patient.example")]
    [InlineData("POST", "/_BLAZOR", "bob@patient.example")]
    [InlineData("GET", "/_blazor", "alice@patient.example")]
    [InlineData("POST", "/_blazor", "alice@patient.example")]
    public async Task Request_WithTheTokenOfAConnection_IsRefused(string method, string path, string who)
    {
        using var alice = await app.Host.NewVisitorAsync("alice@patient.example");
        using var negotiated = await SendAsync(alice, HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1");
        using var answer = JsonDocument.Parse(await negotiated.Content.ReadAsStringAsync());
        var token = answer.RootElement.GetProperty("connectionToken").GetString()!;
        using var visitor = await app.Host.NewVisitorAsync(who);

        using var polled = await SendAsync(visitor, new HttpMethod(method), $"{path}?id={Uri.EscapeDataString(token)}");

        Assert.Equal(HttpStatusCode.OK, negotiated.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, polled.StatusCode);
        Assert.Contains("Refused: CircuitTransport", await app.Host.ReadLogAsync(), StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> SendAsync(HttpVisitor visitor, HttpMethod method, string address)
    {
        var request = new HttpRequestMessage(method, address);
        request.Headers.Add("Origin", visitor.Http.BaseAddress!.GetLeftPart(UriPartial.Authority));
        return visitor.Http.SendAsync(request);
    }
}
