using ClinicBlazor.App.Hosting;
using ClinicBlazor.App.Hosting.Checks;
using ClinicBlazor.Domain.Kernel;

namespace ClinicBlazor.App.Composition;

/// <summary>What happens between building the application and serving the first request.</summary>
public static class StartupExtensions
{
    /// <summary>Makes the data directory absolute, relative to the application's own folder, and creates it.</summary>
    public static void UseDataDirectory(this WebApplicationBuilder builder)
    {
        var configured = builder.Configuration["Clinic:DataDirectory"] ?? "App_Data";
        var directory = Path.GetFullPath(configured, builder.Environment.ContentRootPath);
        Directory.CreateDirectory(directory);
        OwnerOnly.Protect(directory);
        builder.Configuration["Clinic:DataDirectory"] = directory;
    }

    /// <summary>
    /// Throws <see cref="StartupRefusedException"/>, which names the setting, for a value that cannot be understood at
    /// all.
    /// </summary>
    public static void RefuseUnreadableSettings(this WebApplicationBuilder builder)
    {
        try
        {
            builder.Configuration.GetSection(ClinicSettings.Section).Get<ClinicSettings>();
            MailSettings.Read(builder.Configuration);
        }
        catch (InvalidOperationException fault)
        {
            throw new StartupRefusedException(fault.Message);
        }
    }

    /// <summary>
    /// Starts the clinic, then listens. Throws <see cref="StartupRefusedException"/> when a setting is missing or wrong, or
    /// does not fit the database. Told to end meanwhile, it just returns.
    /// </summary>
    public static async Task ServeAsync(this WebApplication app, CancellationToken ct = default)
    {
        app.RefuseToServe();
        try
        {
            await app.StartAsync(ct);
        }
        catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Told to end before it had started, which is no fault.
        }
    }

    /// <summary>
    /// Starts the clinic for a command, without a server. Throws <see cref="StartupRefusedException"/> when a setting is
    /// missing or wrong, or does not fit the database.
    /// </summary>
    public static Task StartClinicAsync(this WebApplication app, CancellationToken ct)
    {
        app.RefuseToOpen();
        return app.Services.GetRequiredService<ClinicStart>().RunAsync(ct);
    }
}
