using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Demo;

namespace ClinicBlazor.Tests.Support;

/// <summary>Somebody at a browser without scripts: keeps cookies, follows no redirect by itself, fills forms in.</summary>
public sealed class HttpVisitor : IDisposable
{
    private const string UserAgent = "Test browser";

    private readonly AppHost app;
    private readonly SocketsHttpHandler handler;

    public HttpVisitor(AppHost app)
    {
        this.app = app;
        handler = new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => app.IsOwn(certificate);
        Http = new HttpClient(handler) { BaseAddress = app.Address };
        Http.DefaultRequestHeaders.Add("User-Agent", UserAgent);
    }

    /// <summary>How the application sees this visitor.</summary>
    public static ClientInfo Client { get; } = new("127.0.0.1", UserAgent);

    public CookieContainer Cookies { get; } = new();

    /// <summary>For requests that the methods below do not make.</summary>
    public HttpClient Http { get; }

    public static async Task<IHtmlDocument> ReadAsync(HttpResponseMessage answer) =>
        await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync());

    public Task<HttpResponseMessage> GetAsync(string path) => Http.GetAsync(path);

    /// <summary>Opens a page that must be there.</summary>
    public async Task<IHtmlDocument> OpenAsync(string path)
    {
        using var answer = await GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await ReadAsync(answer);
    }

    /// <summary>Opens a page, fills its form in and sends it. Fields that are not named keep what the page put in them.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(string path, params (string Name, string Value)[] fields) =>
        await SubmitAsync(await OpenAsync(path), path, "main form[method=post]", fields);

    /// <summary>Fills a form of an open page in and sends it.</summary>
    public Task<HttpResponseMessage> SubmitAsync(IHtmlDocument page, string path, string form, params (string Name, string Value)[] fields)
    {
        var element = page.QuerySelector(form) ?? throw new InvalidOperationException($"{path} has no such form.");
        var values = element.QuerySelectorAll("input[name]").OfType<IHtmlInputElement>()
            .Where(input => input.Type is not "checkbox" || input.IsChecked)
            .ToDictionary(input => input.Name!, input => input.Value);
        foreach (var (name, value) in fields)
        {
            Assert.True(values.ContainsKey(name), $"The form of {path} has no field {name}.");
            values[name] = value;
        }

        return PostAsync(element.GetAttribute("action") ?? path, values);
    }

    public async Task<HttpResponseMessage> PostAsync(string path, IEnumerable<KeyValuePair<string, string>> values)
    {
        using var content = new FormUrlEncodedContent(values);
        return await Http.PostAsync(path, content);
    }

    /// <summary>Signs a demo account in through the pages, with the second factor where there is one.</summary>
    public async Task SignInAsync(string email)
    {
        var answer = await SubmitAsync("/Identity/Account/Login", ("Input.Email", email), ("Input.Password", DemoData.Password));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var next = answer.Headers.Location!.OriginalString;
        if (next.Contains("LoginWith2fa", StringComparison.Ordinal))
        {
            answer = await SubmitAsync(next, ("Input.TwoFactorCode", await app.NewCodeAsync(email)));
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
            Assert.Equal("/", answer.Headers.Location!.OriginalString);
        }
    }

    /// <summary>Takes the cookie of an open session over.</summary>
    public void TakeSession(string token) =>
        Cookies.Add(app.Address,
            new Cookie(app.Address.Scheme == Uri.UriSchemeHttps ? "__Host-clinic-session" : "clinic-session", token) { Path = "/" });

    public void Dispose()
    {
        Http.Dispose();
        handler.Dispose();
    }
}
