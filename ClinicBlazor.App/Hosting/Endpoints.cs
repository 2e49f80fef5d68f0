using ClinicBlazor.App.Describe;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Localization;

namespace ClinicBlazor.App.Hosting;

/// <summary>What can be asked for by an address.</summary>
public static class Endpoints
{
    /// <summary>Maps static files, pages, the circuit and the health checks.</summary>
    public static void MapClinicEndpoints(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapHealthChecks("/healthz", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous().WithMetadata(new BeforeReadiness());
        app.MapHealthChecks("/readyz").AllowAnonymous().WithMetadata(new BeforeReadiness());
        app.MapGet("/culture", SetCulture).AllowAnonymous();
        app.MapSession();
        app.MapUnsentAnswers();
        app.MapRazorPages().WithStaticAssets();
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
    }

    private static IResult SetCulture(HttpContext context, string culture, string? returnUrl)
    {
        if (ClinicText.Cultures.Contains(culture))
        {
            context.Response.Cookies.Append(
                CookieRequestCultureProvider.DefaultCookieName,
                CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(culture)),
                new CookieOptions { HttpOnly = true, IsEssential = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, MaxAge = TimeSpan.FromDays(365) });
        }

        return Results.LocalRedirect(LocalUrl.Of(returnUrl));
    }
}
