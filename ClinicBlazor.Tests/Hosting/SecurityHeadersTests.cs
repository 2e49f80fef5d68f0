using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using ClinicBlazor.App.Hosting;
using ClinicBlazor.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.StaticAssets;

namespace ClinicBlazor.Tests.Hosting;

/// <summary>The headers that every answer carries, whatever it is an answer to.</summary>
[Trait("Requirement", "S3-02")]
public sealed partial class SecurityHeadersTests(AppFixture app) : IClassFixture<AppFixture>
{
    private const string File = "/css/tokens.css";

    [Theory]
    [InlineData(null)]
    [InlineData("alice@patient.example")]
    [InlineData("dr.adams@clinic.example")]
    [InlineData("admin@clinic.example")]
    public async Task Endpoint_EachOne_CarriesThem(string? email)
    {
        using var visitor = email is null ? app.Host.NewVisitor() : await app.Host.NewVisitorAsync(email);
        var routes = app.Host.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();
        var seen = new HashSet<HttpStatusCode>();
        foreach (var route in routes)
        {
            using var answer = await visitor.GetAsync(AddressOf(route.RoutePattern));
            seen.Add(answer.StatusCode);
            AssertWhole(
                answer,
                isFile: route.Metadata.GetMetadata<StaticAssetDescriptor>() is not null && answer.IsSuccessStatusCode,
                forStaff: email?.EndsWith("@clinic.example", StringComparison.Ordinal) == true && await ShowsTheLibraryAsync(answer));
        }

        Assert.InRange(routes.Count, 60, 1000);
        Assert.Superset(new HashSet<HttpStatusCode> { HttpStatusCode.OK, HttpStatusCode.NotFound, HttpStatusCode.Redirect }, seen);
    }

    [Theory]
    [InlineData("GET", "/no/such/page", HttpStatusCode.NotFound)]
    [InlineData("GET", "/css/nothing.css", HttpStatusCode.NotFound)]
    [InlineData("GET", "/audit", HttpStatusCode.Forbidden)]
    [InlineData("GET", "/culture?culture=es&returnUrl=/account", HttpStatusCode.Redirect)]
    [InlineData("GET", "/culture", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/Identity/Account/Login", HttpStatusCode.BadRequest)]
    [InlineData("DELETE", "/account", HttpStatusCode.MethodNotAllowed)]
    [InlineData("OPTIONS", "/", HttpStatusCode.MethodNotAllowed)]
    [InlineData("POST", "/_blazor/negotiate?negotiateVersion=1", HttpStatusCode.Forbidden)]
    [InlineData("GET", "/_blazor", HttpStatusCode.Forbidden)]
    [InlineData("GET", "/healthz", HttpStatusCode.OK)]
    [InlineData("GET", "/readyz", HttpStatusCode.OK)]
    [InlineData("HEAD", "/no/such/page", HttpStatusCode.NotFound)]
    public async Task Answer_OfEachKind_CarriesThem(string method, string path, HttpStatusCode expected)
    {
        using var visitor = await app.Host.NewVisitorAsync("alice@patient.example");
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var answer = await visitor.Http.SendAsync(request);

        Assert.Equal(expected, answer.StatusCode);
        AssertWhole(answer);
    }

    [Fact]
    public async Task File_WholeInPartsOrUnchanged_CarriesThemAndMayBeKept()
    {
        using var visitor = app.Host.NewVisitor();
        using var whole = await visitor.GetAsync(File);
        using var part = await AskAsync(visitor, request => request.Headers.Range = new RangeHeaderValue(0, 9));
        using var beyond = await AskAsync(visitor, request => request.Headers.Range = new RangeHeaderValue(10_000_000, null));
        using var unchanged = await AskAsync(visitor, request => request.Headers.IfNoneMatch.Add(whole.Headers.ETag!));

        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, beyond.StatusCode);
        Assert.All([whole, part, unchanged], answer => AssertWhole(answer, isFile: true));
        AssertWhole(beyond);
    }

    [Fact]
    [Trait("Requirement", "S4-09")]
    public async Task Socket_TakenOrRefused_CarriesThem()
    {
        using var taken = await CircuitSocket.OpenAsync(app.Host, "alice@patient.example");
        var refused = await RawHttp.GetAsync(app.Host.Address, "/_blazor", "Origin: https://evil.example", "Upgrade: websocket",
            "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");

        Assert.Equal(HttpStatusCode.SwitchingProtocols, taken.Status);
        Assert.Equal(403, RawHttp.StatusOf(refused));
        Assert.All(SecurityHeadersMiddleware.Constant, header => Assert.Equal(header.Value, RawHttp.HeaderOf(refused, header.Key)));
        Assert.All(SecurityHeadersMiddleware.Constant, header => Assert.Equal(header.Value, taken.HeaderOf(header.Key)));
        Assert.NotNull(RawHttp.HeaderOf(refused, RequestIdMiddleware.Header));
        Assert.NotNull(taken.HeaderOf(RequestIdMiddleware.Header));
    }

    [Fact]
    public async Task Nonce_OfTwoAnswers_DiffersAndIsThatOfTheScripts()
    {
        using var visitor = await app.Host.NewVisitorAsync("alice@patient.example");
        var nonces = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            using var answer = await visitor.GetAsync("/");
            var nonce = Nonce().Match(Assert.Single(answer.Headers.GetValues("Content-Security-Policy"))).Groups["nonce"].Value;
            var scripts = (await HttpVisitor.ReadAsync(answer)).Scripts;
            Assert.NotEmpty(scripts);
            Assert.All(scripts, script => Assert.Equal(nonce, script.GetAttribute("nonce")));
            nonces.Add(nonce);
        }

        Assert.NotEqual(nonces[0], nonces[1]);
    }

    /// <summary>Holds that nothing is missing, that no script or style may stand inline, and that what is somebody's is not kept.</summary>
    internal static void AssertWhole(HttpResponseMessage answer, bool isFile = false, bool forStaff = false)
    {
        var what = $"{(int)answer.StatusCode} {answer.RequestMessage!.Method} {answer.RequestMessage.RequestUri!.PathAndQuery}";
        foreach (var (name, value) in SecurityHeadersMiddleware.Constant)
        {
            Assert.True(answer.Headers.TryGetValues(name, out var values) && values.SequenceEqual([value]), $"{name}: {what}");
        }

        var policy = Nonce().Replace(Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), "(nonce)");
        Assert.Equal(
            "default-src 'none'; script-src (nonce) 'strict-dynamic'; style-src 'self'; "
            + (forStaff ? "style-src-attr 'unsafe-inline'; " : "")
            + "img-src 'self'; connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'; object-src 'none'", policy);
        Assert.Matches("^[0-9a-f]{16}$", Assert.Single(answer.Headers.GetValues(RequestIdMiddleware.Header)));
        Assert.False(answer.Headers.Contains("Server") || answer.Headers.Contains("X-Powered-By"), what);
        Assert.True(isFile != (answer.Headers.CacheControl is { NoStore: true }), $"Cache-Control: {answer.Headers.CacheControl}: {what}");
    }

    /// <summary>True for a document that loads MudBlazor.</summary>
    private static async Task<bool> ShowsTheLibraryAsync(HttpResponseMessage answer) =>
        answer.Content.Headers.ContentType?.MediaType == "text/html"
        && (await answer.Content.ReadAsStringAsync()).Contains("MudBlazor", StringComparison.Ordinal);

    private static async Task<HttpResponseMessage> AskAsync(HttpVisitor visitor, Action<HttpRequestMessage> change)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, File);
        change(request);
        return await visitor.Http.SendAsync(request);
    }

    private static string AddressOf(RoutePattern pattern) =>
        "/" + string.Join('/', pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternSeparatorPart separator => separator.Content,
            _ => $"{Guid.Empty}",
        }))));

    [GeneratedRegex("'nonce-(?<nonce>[A-Za-z0-9+/]{24})'", RegexOptions.NonBacktracking)]
    private static partial Regex Nonce();
}
