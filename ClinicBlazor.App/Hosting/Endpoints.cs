using ClinicBlazor.App.Describe;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ClinicBlazor.App.Hosting;

/// <summary>
/// What can be asked for by an address. Endpoints take the context and nothing else: for any other parameter the framework
/// compiles code at each start.
/// </summary>
public static class Endpoints
{
    /// <summary>Maps static files, pages, the circuit and the health checks.</summary>
    public static void MapClinicEndpoints(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        var components = app.MapComponents();
        app.MapHealthChecks("/healthz", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous().WithMetadata(new BeforeReadiness());
        app.MapHealthChecks("/readyz", new HealthCheckOptions { ResultStatusCodes = { [HealthStatus.Degraded] = StatusCodes.Status503ServiceUnavailable } }).AllowAnonymous().WithMetadata(new BeforeReadiness());
        app.MapGet("/culture", context => SetCulture(context).ExecuteAsync(context)).AllowAnonymous();
        app.MapSession();
        app.MapUnsentAnswers();
        app.MapRazorPages().WithStaticAssets();
        _ = components.GetAwaiter().GetResult();
    }

    /// <summary>
    /// Maps the components and their circuit, which know of the static assets by then. Making those endpoints takes as
    /// long as mapping everything else, and needs nothing of it: it goes on beside, until the answer is complete.
    /// </summary>
    private static Task<IReadOnlyList<Endpoint>> MapComponents(this IEndpointRouteBuilder app)
    {
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options =>
        {
            options.ContentSecurityFrameAncestorsPolicy = null;

            // The compression window is more than half of what an idle circuit costs.
            options.ConfigureWebSocketAcceptContext = (_, context) =>
            {
                context.DangerousEnableCompression = false;
                return Task.CompletedTask;
            };
        });
        var source = app.DataSources.Last();
        return Task.Run(() => source.Endpoints);
    }

    private static IResult SetCulture(HttpContext context)
    {
        var culture = context.Request.Query["culture"].ToString();
        if (culture.Length == 0)
        {
            return Results.BadRequest();
        }

        if (ClinicText.Cultures.Contains(culture))
        {
            context.Response.Cookies.Append(
                CookieRequestCultureProvider.DefaultCookieName,
                CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(culture)),
                new CookieOptions { HttpOnly = true, IsEssential = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, MaxAge = TimeSpan.FromDays(365) });
        }

        return Results.LocalRedirect(LocalUrl.Of(context.Request.Query["returnUrl"]));
    }
}
