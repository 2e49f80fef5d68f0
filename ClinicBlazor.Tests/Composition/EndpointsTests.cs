using System.Net;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Composition;

public sealed class EndpointsTests(AppFixture app) : IClassFixture<AppFixture>
{
    [Theory]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    [InlineData("/css/tokens.css")]
    [InlineData("/_framework/blazor.web.js")]
    public async Task Get_WithoutASession_Answers(string path)
    {
        using var visitor = app.Host.NewVisitor();

        using var answer = await visitor.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    [Trait("Requirement", "S4-01")]
    public async Task Get_StartPageWithoutASession_LeadsToTheSignIn()
    {
        using var visitor = app.Host.NewVisitor();

        using var answer = await visitor.GetAsync("/");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/Identity/Account/Login", answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Get_StartPageWithASession_DoesNotAskForASignIn()
    {
        using var visitor = await app.Host.NewVisitorAsync("alice@patient.example");

        using var answer = await visitor.GetAsync("/");

        Assert.NotEqual(HttpStatusCode.Redirect, answer.StatusCode);
    }
}
