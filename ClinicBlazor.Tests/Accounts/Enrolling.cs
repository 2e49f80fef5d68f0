using AngleSharp.Html.Dom;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Accounts;

/// <summary>Enrols an authenticator as its owner does: with the key that the page shows.</summary>
internal static class Enrolling
{
    public const string Path = "/Identity/Account/Manage/EnableAuthenticator";

    /// <summary>The key on a page; null where it is not shown.</summary>
    public static string? KeyOn(IHtmlDocument page) =>
        page.QuerySelector("[data-testid=authenticator-key]")?.TextContent.Replace(" ", "", StringComparison.Ordinal);

    /// <summary>The present code for the key that the page shows, as a picture too.</summary>
    public static string CodeFor(AppHost app, IHtmlDocument page)
    {
        Assert.NotNull(page.QuerySelector("svg[role=img] path"));
        return AuthenticatorCodes.At(KeyOn(page)!, app.Clock.GetUtcNow());
    }

    /// <summary>Opens the page and completes the enrolment; the answer shows the recovery codes.</summary>
    public static async Task<IHtmlDocument> CompleteAsync(AppHost app, HttpVisitor visitor, string path = Path)
    {
        var page = await visitor.OpenAsync(path);
        return await HttpVisitor.ReadAsync(await visitor.SubmitAsync(page, path, "main form", ("Input.Code", CodeFor(app, page))));
    }
}
