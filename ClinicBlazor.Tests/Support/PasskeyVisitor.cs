using System.Net;
using AngleSharp.Html.Dom;

namespace ClinicBlazor.Tests.Support;

/// <summary>Somebody whose browser has an authenticator: asks for a challenge, answers it, sends the form.</summary>
internal sealed class PasskeyVisitor : IDisposable
{
    public const string Login = "/Identity/Account/Login";
    public const string List = "/Identity/Account/Manage/Passkeys";

    private const string Form = "form[data-passkey]";

    private readonly string origin;
    private readonly bool borrowed;

    private PasskeyVisitor(AppHost app, HttpVisitor http, SoftAuthenticator? authenticator)
    {
        origin = app.Address.GetLeftPart(UriPartial.Authority);
        borrowed = authenticator is not null;
        (Http, Authenticator) = (http, authenticator ?? new SoftAuthenticator());
        Http.Http.DefaultRequestHeaders.Add("Origin", origin);
    }

    public HttpVisitor Http { get; }

    public SoftAuthenticator Authenticator { get; }

    /// <summary>Somebody who has just opened a browser, with an authenticator of their own or with one that is passed on.</summary>
    public static PasskeyVisitor Open(AppHost app, SoftAuthenticator? authenticator = null) => new(app, app.NewVisitor(), authenticator);

    /// <summary>Somebody who has signed in and just added a passkey.</summary>
    public static async Task<PasskeyVisitor> RegisteredAsync(AppHost app, string email)
    {
        var visitor = new PasskeyVisitor(app, await app.NewVisitorAsync(email), authenticator: null);
        using var added = await visitor.RegisterAsync();
        Assert.Equal($"{List}?note=Added", added.Headers.Location?.OriginalString);
        return visitor;
    }

    /// <summary>The options of a page, which also set the challenge's cookie.</summary>
    public async Task<string> OptionsAsync(IHtmlDocument page)
    {
        using var answer = await Http.GetAsync(page.QuerySelector(Form)!.GetAttribute("data-options")!);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>Adds a passkey.</summary>
    public async Task<HttpResponseMessage> RegisterAsync(string name = "Test device", SoftAuthenticator? other = null)
    {
        var page = await Http.OpenAsync(List);
        return await SendAsync(page, List, (other ?? Authenticator).Create(await OptionsAsync(page), origin), ("Input.Name", name));
    }

    /// <summary>Signs in; <paramref name="change"/> is what becomes of the answer on its way.</summary>
    public async Task<HttpResponseMessage> SignInAsync(Func<string, string>? change = null)
    {
        var page = await Http.OpenAsync(Login);
        var answer = await AnswerAsync(page);
        return await SendAsync(page, Login, change is null ? answer : change(answer));
    }

    /// <summary>The answer to a new challenge.</summary>
    public async Task<string> AnswerAsync(IHtmlDocument page) => Authenticator.Get(await OptionsAsync(page), origin);

    /// <summary>Sends the form with an answer.</summary>
    public Task<HttpResponseMessage> SendAsync(IHtmlDocument page, string path, string answer,
        params (string Name, string Value)[] fields) =>
        Http.SubmitAsync(page, path, Form, [("answer", answer), .. fields]);

    public void Dispose()
    {
        Http.Dispose();
        if (!borrowed)
        {
            Authenticator.Dispose();
        }
    }
}
