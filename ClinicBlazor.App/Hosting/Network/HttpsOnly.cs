using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Kernel;

namespace ClinicBlazor.App.Hosting.Network;

/// <summary>Outside Development nothing is answered over plain HTTP but the way to HTTPS (requirement S3-01).</summary>
public static class HttpsOnly
{
    private const int DaysRemembered = 365;

    /// <summary>HSTS for a year, subdomains and preload lists included; redirects that browsers keep.</summary>
    public static void AddHttpsOnly(this WebApplicationBuilder builder)
    {
        builder.Services.AddHsts(options =>
        {
            options.MaxAge = TimeSpan.FromDays(DaysRemembered);
            options.IncludeSubDomains = true;
            options.Preload = true;
            options.ExcludedHosts.Clear();
        });
        builder.Services.AddHttpsRedirection(options =>
        {
            options.RedirectStatusCode = StatusCodes.Status308PermanentRedirect;

            // Behind a proxy the server has no HTTPS port of its own; the one that people see stands in the public address.
            options.HttpsPort = HasProxy(builder.Configuration) ? new Uri(PublicUrl.Of(builder.Configuration)).Port : null;
        });
    }

    /// <summary>Sends plain requests to HTTPS and has browsers remember it. Development serves both.</summary>
    public static void UseHttpsOnly(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment())
        {
            app.UseHsts();
            app.UseHttpsRedirection();
        }
    }

    private static bool HasProxy(IConfiguration configuration) => !NetworkSettings.Read(configuration, NetworkList.Proxies).IsEmpty;
}
