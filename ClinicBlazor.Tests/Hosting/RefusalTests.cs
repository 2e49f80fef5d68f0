using System.Net;
using System.Net.WebSockets;
using System.Text;
using ClinicBlazor.App.Hosting;
using ClinicBlazor.App.Hosting.Refusals;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Hosting;

/// <summary>Requests that no page of this site sends: refused, and logged by their kind without a word of what they said.</summary>
[Trait("Requirement", "S2-11")]
public sealed class RefusalTests(AppFixture app) : IClassFixture<AppFixture>
{
    private const string Login = "/Identity/Account/Login";

    [Theory]
    [InlineData("/css/../../etc/passwd", SecurityFinding.PathTraversal)]
    [InlineData("/css/%2e%2e/%2e%2e/etc/passwd", SecurityFinding.PathTraversal)]
    [InlineData("/css/..%2f..%2fetc/passwd", SecurityFinding.PathTraversal)]
    [InlineData("/css/%252e%252e%252fetc/passwd", SecurityFinding.PathTraversal)]
    [InlineData("/css/%25252e%25252e%25252fetc", SecurityFinding.PathTraversal)]
    [InlineData("/css/..\\..\\windows\\win.ini", SecurityFinding.PathTraversal)]
    [InlineData("/css/..%5c..%5cwindows", SecurityFinding.PathTraversal)]
    [InlineData("/css%5ctokens.css", SecurityFinding.PathTraversal)]
    [InlineData("/css/..;/etc/passwd", SecurityFinding.PathTraversal)]
    [InlineData("/culture?culture=en&returnUrl=../../etc/passwd", SecurityFinding.PathTraversal)]
    [InlineData("/culture?culture=en&returnUrl=%2e%2e%5c%2e%2e%5cboot.ini", SecurityFinding.PathTraversal)]
    [InlineData("/culture?culture=..%252f..%252fetc", SecurityFinding.PathTraversal)]
    [InlineData("/culture?culture=en%00.html", SecurityFinding.NullByte)]
    [InlineData("/culture?culture=en%2500.html", SecurityFinding.NullByte)]
    [InlineData("/css/tokens.css%2500.html", SecurityFinding.NullByte)]
    [InlineData("/css/%0d%0aSet-Cookie:x=1", SecurityFinding.MalformedAddress)]
    [InlineData("/css/%c0%ae%c0%ae/etc/passwd", SecurityFinding.MalformedAddress)]
    [InlineData("/css/%e0%80%af", SecurityFinding.MalformedAddress)]
    [InlineData("/css/%ff%fe", SecurityFinding.MalformedAddress)]
    [InlineData("/culture?culture=%c0%af", SecurityFinding.MalformedAddress)]
    public async Task Address_ThatHidesSomething_IsRefusedAndLogged(string target, SecurityFinding finding)
    {
        var answer = await RawHttp.GetAsync(app.Host.Address, target);

        Assert.Equal(400, RawHttp.StatusOf(answer));
        await AssertLoggedAsync(RawHttp.HeaderOf(answer, RequestIdMiddleware.Header)!, finding, 400, "passwd", "etc", "windows");
    }

    [Theory]
    [InlineData("/culture?culture=en&returnUrl=%2Fpatients%3Fq%3DO%27Brien%2520%26page%3D2", 302)]
    [InlineData("/culture?culture=en&q=50%25", 302)]
    [InlineData("/culture?culture=en&q=100%", 302)]
    [InlineData("/culture?culture=en&q=and+so+on...%2Fmaybe", 302)]
    [InlineData("/culture?culture=en&q=Jos%C3%A9+%F0%9F%98%80%25", 302)]
    [InlineData("/culture?culture=en&returnUrl=%2F%C2%BF%27%22%28", 302)]
    [InlineData("/css/tokens.css?v=1..2", 200)]
    public async Task Address_ThatIsInOrder_IsAnswered(string target, int expected) =>
        Assert.Equal(expected, RawHttp.StatusOf(await RawHttp.GetAsync(app.Host.Address, target)));

    [Theory]
    [InlineData("GET /css/tokens.css%00 HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n", 400, SecurityFinding.MalformedRequest)]
    [InlineData("GET / HTTP/1.1\r\nConnection: close\r\n\r\n", 400, SecurityFinding.MalformedRequest)]
    [InlineData("GET / HTTP/1.1\r\nHost: HOST\r\nX-Long: LONG\r\n\r\n", 431, SecurityFinding.HeadersTooLarge)]
    [InlineData("GET /LONG HTTP/1.1\r\nHost: HOST\r\n\r\n", 414, SecurityFinding.AddressTooLong)]
    public async Task Request_ThatTheServerRefuses_IsLogged(string request, int status, SecurityFinding finding)
    {
        await using var host = await AppHost.StartAsync();

        var answer = await RawHttp.SendAsync(host.Address,
            request.Replace("HOST", host.Address.Authority, StringComparison.Ordinal)
            .Replace("LONG", new string('a', 20_000), StringComparison.Ordinal));

        Assert.Equal(status, RawHttp.StatusOf(answer));
        Assert.Null(RawHttp.HeaderOf(answer, "Server"));
        var line = Assert.Single(await SecurityLinesAsync(host));
        Assert.Contains($"Refused: {finding}, answered {status}", line, StringComparison.Ordinal);
        Assert.Matches(@"\[WRN\] [0-9A-Z]+:[0-9]{8} ", line);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Body_LargerThanTheLimit_IsRefusedAndLogged(bool announced)
    {
        using var visitor = app.Host.NewVisitor();
        using var request = new HttpRequestMessage(HttpMethod.Post, Login)
        {
            Content = new StringContent("Input.Email=" + new string('a', RequestLimits.BodyBytes), Encoding.ASCII,
                "application/x-www-form-urlencoded"),
        };
        request.Headers.TransferEncodingChunked = !announced;

        using var answer = await visitor.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        SecurityHeadersTests.AssertWhole(answer);
        await AssertLoggedAsync(IdOf(answer), SecurityFinding.BodyTooLarge, 413, "aaaa");
    }

    [Fact]
    public async Task Form_WithTooManyFieldsOrANullByte_IsRefusedAndLogged()
    {
        using var visitor = app.Host.NewVisitor();
        using var many = await visitor.PostAsync(Login,
            Enumerable.Range(0, RequestLimits.FormFields + 1).Select(i => KeyValuePair.Create($"secret{i}", "x")));
        using var encoded = await visitor.PostAsync(Login, [KeyValuePair.Create("Input.Email", "secret\0@clinic.example")]);
        using var parts = new MultipartFormDataContent { { new StringContent("secret\0@clinic.example"), "Input.Email" } };
        using var inParts = await visitor.Http.PostAsync(Login, parts);

        Assert.All([many, encoded, inParts], answer => Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode));
        await AssertLoggedAsync(IdOf(many), SecurityFinding.MalformedForm, 400, "secret");
        await AssertLoggedAsync(IdOf(encoded), SecurityFinding.MalformedForm, 400, "secret");
        await AssertLoggedAsync(IdOf(inParts), SecurityFinding.NullByte, 400, "secret");
    }

    [Fact]
    public async Task Circuit_SentAMessageLargerThanTheLimit_EndsAndIsLogged()
    {
        using var socket = await CircuitSocket.OpenAsync(app.Host, "alice@patient.example");
        await socket.SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"), WebSocketMessageType.Text);

        await socket.SendAsync([0xff, 0xff, 0x7f, .. new byte[100_000]], WebSocketMessageType.Binary);
        await socket.WaitForEndAsync();

        var line = await EventuallyAsync(socket.HeaderOf(RequestIdMiddleware.Header)!);
        Assert.EndsWith("Refused: CircuitMessage, answered by ending the connection", line.Trim(), StringComparison.Ordinal);
    }

    private static string IdOf(HttpResponseMessage answer) => Assert.Single(answer.Headers.GetValues(RequestIdMiddleware.Header));

    private static async Task<IEnumerable<string>> SecurityLinesAsync(AppHost host)
    {
        var source = $" {typeof(SecurityLog).FullName} ";
        return (await host.ReadLogAsync()).Split('\n').Where(line => line.Contains(source, StringComparison.Ordinal));
    }

    private async Task AssertLoggedAsync(string requestId, SecurityFinding finding, int status, params string[] unspoken)
    {
        var line = await EventuallyAsync(requestId);
        Assert.EndsWith($"Refused: {finding}, answered {status}", line.Trim(), StringComparison.Ordinal);
        Assert.All(unspoken, word => Assert.DoesNotContain(word, line, StringComparison.Ordinal));
    }

    /// <summary>
    /// The one line of the security log about a request. It is written when the answer has gone out, and other logs
    /// may name the request before it: so the wait is for a line of this log.
    /// </summary>
    private async Task<string> EventuallyAsync(string requestId)
    {
        List<string> lines = [];
        for (var attempt = 0; attempt < 200 && lines.Count == 0; attempt++)
        {
            lines = [.. (await SecurityLinesAsync(app.Host)).Where(line => line.Contains($" {requestId} ", StringComparison.Ordinal))];
            await Task.Delay(lines.Count == 0 ? 100 : 0);
        }

        return Assert.Single(lines);
    }
}
