using ClinicBlazor.App.Audit;
using ClinicBlazor.App.Describe;
using ClinicBlazor.App.Documents;
using ClinicBlazor.App.Hosting;
using ClinicBlazor.App.Patients;
using ClinicBlazor.App.Records;
using ClinicBlazor.App.Security;
using ClinicBlazor.App.Shared.Unsent;
using ClinicBlazor.App.Web;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Localization;

namespace ClinicBlazor.App.Composition;

/// <summary>What can be asked for by an address.</summary>
public static class Endpoints
{
    /// <summary>Maps static files, pages, the circuit and the health checks.</summary>
    public static void MapClinicEndpoints(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapComponents();
        app.MapHealthChecks("/healthz", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/readyz").AllowAnonymous();
        app.MapGet("/culture", SetCulture).AllowAnonymous();
        app.MapSession();
        app.MapAuditDownload();
        app.MapAlertDownload();
        app.MapDocuments();
        UnsentForm[] forms =
            [new UnsentAnswers(), new UnsentNewRecord(), new UnsentRegistration(), new UnsentDiagnosis(), new UnsentAddendum()];
        foreach (var form in forms)
        {
            app.MapUnsent(form);
        }

        app.MapRazorPages().WithStaticAssets();
    }

    /// <summary>Maps the components and their circuit, which know of the static assets by then.</summary>
    private static void MapComponents(this IEndpointRouteBuilder app) =>
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
                new CookieOptions
                {
                    HttpOnly = true, IsEssential = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps,
                    MaxAge = TimeSpan.FromDays(365)
                });
        }

        return Results.LocalRedirect(LocalUrl.Of(context.Request.Query["returnUrl"]));
    }
}
