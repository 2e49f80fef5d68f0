using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Data;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ClinicBlazor.App.Status;

/// <summary>
/// The calm pages behind status codes and faults. They are written straight into the answer, not through the pipeline
/// again, so that they need neither a route nor a database that answers.
/// </summary>
public static class StatusPages
{
    private const string LogoutPath = "/Identity/Account/Logout";

    /// <summary>Where no person reads: the bare status is the answer.</summary>
    private static readonly PathString[] Machines = ["/_blazor", "/_framework", "/api", "/fhir", "/css", "/js", "/icons", "/fonts",
        "/healthz", "/readyz"];

    /// <summary>Answers a fault with 500, a database out of reach with 503, and gives every empty error a page.</summary>
    public static void UseStatusPages(this IApplicationBuilder app)
    {
        app.Use(AnswerBarelyAsync);
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = WriteFaultAsync });
        app.UseStatusCodePages(status => WriteStatusAsync(status.HttpContext));
    }

    /// <summary>
    /// Where the page behind a fault fails too, the bare status is the answer. In Development the framework would show
    /// the request and the stack instead. The fault is in the log by then.
    /// </summary>
    private static async Task AnswerBarelyAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Exception) when (!context.Response.HasStarted)
        {
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
    }

    private static Task WriteFaultAsync(HttpContext context)
    {
        var fault = context.Features.GetRequiredFeature<IExceptionHandlerFeature>().Error;
        context.Response.StatusCode = fault switch
        {
            BadHttpRequestException refused => refused.StatusCode,
            _ when UnreachableDatabase.Is(fault) => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status500InternalServerError,
        };
        return WriteAsync(context);
    }

    private static Task WriteStatusAsync(HttpContext context)
    {
        // Signing out of a session that is over already fails for want of a token that would still fit; what was wanted is so.
        if (context.Request.Path == LogoutPath && context.Response.StatusCode == StatusCodes.Status400BadRequest
            && context.User.Identity?.IsAuthenticated != true)
        {
            context.Response.Redirect(CurrentActor.SignedOutPath);
            return Task.CompletedTask;
        }

        return WriteAsync(context);
    }

    private static async Task WriteAsync(HttpContext context)
    {
        if (Array.Exists(Machines, machine => context.Request.Path.StartsWithSegments(machine, StringComparison.OrdinalIgnoreCase)))
        {
            return;
        }

        // The page that failed may have set the framework's mark of a page already, which a second one takes amiss, and
        // used up what a page is given once in a request.
        context.Response.Headers.Remove("blazor-enhanced-nav");
        var services = context.RequestServices;
        await using var scope = services.CreateAsyncScope();
        context.RequestServices = scope.ServiceProvider;
        try
        {
            var page = new RazorComponentResult<StatusDocument>(
                new { Status = context.Response.StatusCode })
            { StatusCode = context.Response.StatusCode };
            await page.ExecuteAsync(context);
        }
        finally
        {
            context.RequestServices = services;
        }
    }
}
