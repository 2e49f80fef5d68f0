using ClinicBlazor.Domain;
using ClinicBlazor.Domain.Protection;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;

namespace ClinicBlazor.App.Hosting;

/// <summary>Registers antiforgery and the keys that it signs with.</summary>
public static class AntiforgeryRegistration
{
    /// <summary>Antiforgery cookies follow the session cookie's rules; their keys lie in the data directory, sealed.</summary>
    public static IServiceCollection AddClinicAntiforgery(this IServiceCollection services, IHostEnvironment environment)
    {
        var secure = !environment.IsDevelopment();
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = secure ? "__Host-clinic-antiforgery" : "clinic-antiforgery";
            options.Cookie.SecurePolicy = secure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.HttpOnly = true;
            options.SuppressXFrameOptionsHeader = true;
        });
        services.AddDataProtection().SetApplicationName("ClinicBlazor");
        services.AddOptions<KeyManagementOptions>()
            .Configure<IOptions<ClinicSettings>, ILoggerFactory, FieldProtector>((keys, settings, loggers, protector) =>
            {
                keys.XmlRepository = new FileSystemXmlRepository(Directory.CreateDirectory(Path.Combine(settings.Value.DataDirectory, "keys")), loggers);
                keys.XmlEncryptor = new KeyRingXmlEncryptor(protector);
            });
        return services;
    }
}
