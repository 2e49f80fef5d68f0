using System.Net;
using System.Reflection;
using ClinicBlazor.App.Composition;
using ClinicBlazor.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ClinicBlazor.Tests.Hosting;

/// <summary>What other sites could make a browser send.</summary>
[Trait("Requirement", "S2-12")]
public sealed class ForgeryTests(AppFixture app) : IClassFixture<AppFixture>
{
    private const string Pages = ".Areas.Identity.Pages.";

    /// <summary>Every page that takes a form, with whether it can be opened without a session.</summary>
    public static TheoryData<string, bool> Forms
    {
        get
        {
            var forms = new TheoryData<string, bool>();
            foreach (var page in typeof(ClinicHost).Assembly.GetTypes()
                .Where(type => typeof(PageModel).IsAssignableFrom(type) && !type.IsAbstract && type.GetMethod("OnPostAsync") is not null))
            {
                var name = page.FullName![(page.FullName!.IndexOf(Pages, StringComparison.Ordinal) + Pages.Length)..^"Model".Length];
                forms.Add($"/Identity/{name.Replace('.', '/')}", page.GetCustomAttribute<AllowAnonymousAttribute>() is not null);
            }

            return forms;
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Form_SentWithoutItsToken_IsNotTaken(string path, bool anonymous)
    {
        // Signing out of nothing is answered as what it is: done.
        using var visitor = anonymous && !path.EndsWith("Logout", StringComparison.Ordinal) ? app.Host.NewVisitor()
            : await app.Host.NewVisitorAsync("alice@patient.example");

        using var bare = await visitor.PostAsync(path, new Dictionary<string, string> { ["Input.Email"] = "alice@patient.example" });
        using var forged = await visitor.PostAsync(path, new Dictionary<string, string> { ["__RequestVerificationToken"] = "forged" });

        Assert.Equal(HttpStatusCode.BadRequest, bare.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.NotNull((await HttpVisitor.ReadAsync(bare)).QuerySelector("h1"));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/account")]
    public async Task PageOfACircuit_SentAForm_TakesNone(string path)
    {
        using var visitor = await app.Host.NewVisitorAsync("alice@patient.example");

        using var answer = await visitor.PostAsync(path, new Dictionary<string, string> { ["_handler"] = "any" });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Logout_SentWithoutItsToken_LeavesTheSessionOpen()
    {
        using var visitor = await app.Host.NewVisitorAsync("alice@patient.example");

        await visitor.PostAsync("/Identity/Account/Logout", []);

        using var answer = await visitor.GetAsync("/account");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Form_WithTheTokenOfSomebodyElse_IsNotTaken()
    {
        using var alice = await app.Host.NewVisitorAsync("alice@patient.example");
        using var bob = await app.Host.NewVisitorAsync("bob@patient.example");
        var page = await bob.OpenAsync("/Identity/Account/Logout");

        using var answer = await alice.SubmitAsync(page, "/Identity/Account/Logout", "main form");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.Forbidden)]
    [InlineData("http://127.0.0.1", HttpStatusCode.Forbidden)]
    [InlineData("own", HttpStatusCode.OK)]
    public async Task Circuit_AskedForFromAPage_OpensForThisSiteOnly(string? origin, HttpStatusCode expected)
    {
        using var visitor = await app.Host.NewVisitorAsync("alice@patient.example");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1");
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin == "own" ? app.Host.Address.GetLeftPart(UriPartial.Authority) : origin);
        }

        using var answer = await visitor.Http.SendAsync(request);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/_blazor/negotiate")]
    [InlineData("/Identity/Account/Login")]
    [InlineData("/healthz")]
    public async Task Preflight_OfAForeignSite_GetsNoAllowance(string path)
    {
        using var visitor = await app.Host.NewVisitorAsync("alice@patient.example");
        using var request = new HttpRequestMessage(HttpMethod.Options, path);
        request.Headers.Add("Origin", "https://evil.example");
        request.Headers.Add("Access-Control-Request-Method", "POST");

        using var answer = await visitor.Http.SendAsync(request);

        Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }
}
