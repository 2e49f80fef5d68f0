using ClinicBlazor.App.Web;

namespace ClinicBlazor.App.Hosting;

/// <summary>Registers antiforgery.</summary>
public static class AntiforgeryRegistration
{
    /// <summary>Antiforgery cookies follow the session cookie's rules.</summary>
    public static IServiceCollection AddClinicAntiforgery(this IServiceCollection services, IHostEnvironment environment)
    {
        var secure = !environment.IsDevelopment();
        return services.AddAntiforgery(options =>
        {
            options.Cookie.Name = ClinicCookie.NameOnWire("clinic-antiforgery", secure);
            options.Cookie.SecurePolicy = secure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.HttpOnly = true;
            options.SuppressXFrameOptionsHeader = true;
        });
    }
}
