using System.Net;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Accounts;

/// <summary>How somebody gets a mailed link, and what it opens.</summary>
public abstract class MailedLinks(AppFixture app)
{
    protected const string Register = "/Identity/Account/Register";
    protected const string Forgot = "/Identity/Account/ForgotPassword";
    protected const string Choose = "/Identity/Account/ResetPassword";
    protected const string NewPassword = "Purple-Kettle-42-Sings";

    protected AppFixture App => app;

    /// <summary>All that an answer shows: where it leads, and what stands there.</summary>
    protected async Task<string> AskAsync(string path, params (string Name, string Value)[] fields)
    {
        using var visitor = app.Host.NewVisitor();
        using var answer = await visitor.SubmitAsync(path, fields);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var next = answer.Headers.Location!.OriginalString;
        return $"{next} {(await visitor.OpenAsync(next)).QuerySelector("main")!.TextContent}";
    }

    protected async Task<string> AskForResetAsync(string email)
    {
        await AskAsync(Forgot, ("Input.Email", email));
        return await app.Host.ReadLinkAsync(email);
    }

    protected async Task<bool> ChooseAsync(string link, string password)
    {
        using var visitor = app.Host.NewVisitor();
        await visitor.GetAsync(link);
        using var answer = await visitor.SubmitAsync(Choose, ("Input.Password", password));
        return answer.StatusCode == HttpStatusCode.Redirect;
    }

    protected async Task<bool> CanSignInAsync(string email, string password)
    {
        using var visitor = app.Host.NewVisitor();
        using var answer = await visitor.SubmitAsync("/Identity/Account/Login", ("Input.Email", email), ("Input.Password", password));
        return answer.StatusCode == HttpStatusCode.Redirect;
    }
}
