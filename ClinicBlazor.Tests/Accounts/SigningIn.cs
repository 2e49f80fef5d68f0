using System.Net;
using ClinicBlazor.Domain.Demo;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Accounts;

/// <summary>What somebody does at the pages that sign in and out.</summary>
public abstract class SigningIn(AppFixture app)
{
    protected const string Login = "/Identity/Account/Login";
    protected const string SecondStep = "/Identity/Account/LoginWith2fa";

    protected AppFixture App => app;

    protected static async Task<HttpResponseMessage> SubmitPasswordAsync(HttpVisitor visitor, string email, string path = Login) =>
        await visitor.SubmitAsync(path, ("Input.Email", email), ("Input.Password", DemoData.Password));

    protected static void AssertLeadsTo(string expected, HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(expected, answer.Headers.Location!.OriginalString);
    }

    protected string SessionOf(HttpVisitor visitor) => visitor.Cookies.GetCookies(app.Host.Address)["clinic-session"]!.Value;

    protected async Task<bool> IsSignedInAsync(string token)
    {
        using var visitor = app.Host.NewVisitor();
        visitor.TakeSession(token);
        return (await visitor.GetAsync("/account")).StatusCode == HttpStatusCode.OK;
    }
}
