using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Accounts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Core.Infrastructure;
using Microsoft.AspNetCore.Mvc.Filters;

namespace ClinicBlazor.App.Areas.Identity;

/// <summary>
/// Marks a form of the sign-in. When it was opened before somebody signed in in another tab, its token is no longer this
/// person's: nothing is taken, and the page is opened anew, which leads whoever is signed in home.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SentAnewAttribute : Attribute, IAlwaysRunResultFilter
{
    // What a page of ours put there is far longer; whatever else is sent gets the plain refusal.
    private const int ShortestToken = 100;

    /// <inheritdoc />
    public void OnResultExecuting(ResultExecutingContext context)
    {
        var request = context.HttpContext.Request;
        if (context.Result is IAntiforgeryValidationFailedResult && context.HttpContext.Features.Get<LiveSession>() is not null
            && HasToken(request))
        {
            var query = QueryString.Create("returnUrl", LocalUrl.Of(request.Query["returnUrl"]));
            context.Result = new LocalRedirectResult($"{request.PathBase}{request.Path}{query}");
        }
    }

    /// <inheritdoc />
    public void OnResultExecuted(ResultExecutedContext context)
    {
        // Nothing is left to do.
    }

    private static bool HasToken(HttpRequest request) =>
        request.HasFormContentType && request.Form["__RequestVerificationToken"] is [{ Length: >= ShortestToken }];
}
