using ClinicBlazor.App.Web;
using Microsoft.AspNetCore.Http;

namespace ClinicBlazor.Tests.Web;

[Trait("Requirement", "S2-12")]
public sealed class OwnOriginTests
{
    private const string Own = "https://clinic.example";

    [Theory]
    [InlineData(true, Own)]
    [InlineData(true, "HTTPS://CLINIC.example")]
    [InlineData(false, "https://evil.example")]
    [InlineData(false, "http://clinic.example")]
    [InlineData(false, "https://clinic.example:444")]
    [InlineData(false, Own, "https://evil.example")]
    [InlineData(false, "https://evil.example", Own)]
    [InlineData(false, Own, Own)]
    [InlineData(false)]
    public void Is_WithTheseOriginHeaders_TakesExactlyTheOneOfThisSite(bool isOwn, params string[] origins) =>
        Assert.Equal(isOwn, OwnOrigin.Is(Request("POST", origins)));

    [Theory]
    [InlineData("GET", "same-origin", true)]
    [InlineData("GET", "same-site", false)]
    [InlineData("GET", "cross-site", false)]
    [InlineData("POST", "same-origin", false)]
    public void Is_WithoutAnOrigin_TakesWhatTheBrowserSaysOfAGetAlone(string method, string site, bool isOwn)
    {
        var request = Request(method);
        request.Headers["Sec-Fetch-Site"] = site;

        Assert.Equal(isOwn, OwnOrigin.Is(request));
    }

    private static HttpRequest Request(string method, params string[] origins)
    {
        var request = new DefaultHttpContext().Request;
        (request.Method, request.Scheme, request.Host) = (method, "https", new HostString("clinic.example"));
        request.Headers.Origin = origins;
        return request;
    }
}
