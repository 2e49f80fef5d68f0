using System.Security.Cryptography;
using ClinicBlazor.App.Hosting.Checks;
using ClinicBlazor.Domain;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Demo;
using ClinicBlazor.Domain.Protection;
using Microsoft.Extensions.Options;

namespace ClinicBlazor.App.Hosting;

/// <summary>A setting that the application does not start with. The message names it.</summary>
public sealed class StartupRefusedException(string message) : InvalidOperationException(message);

/// <summary>What happens between building the application and serving the first request.</summary>
public static partial class StartupExtensions
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

    /// <summary>Throws <see cref="StartupRefusedException"/>, which names the setting, for a value that cannot be understood at all.</summary>
    public static void RefuseUnreadableSettings(this WebApplicationBuilder builder)
    {
        try
        {
            builder.Configuration.GetSection(ClinicSettings.Section).Get<ClinicSettings>();
        }
        catch (InvalidOperationException fault)
        {
            throw new StartupRefusedException(fault.Message);
        }
    }

    /// <summary>
    /// Starts server and clinic side by side; requests wait for the clinic. Throws <see cref="StartupRefusedException"/>
    /// when a setting is missing or wrong, or does not fit the database: then the server does not listen, or no more.
    /// Told to end meanwhile, it just returns.
    /// </summary>
    public static async Task ServeAsync(this WebApplication app, CancellationToken ct = default)
    {
        app.RefuseToServe();
        var master = app.ReadMasterKey();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct, app.Lifetime.ApplicationStopping);
        var clinic = Task.Run(() => app.StartClinicAsync(master, end.Token), CancellationToken.None);
        try
        {
            await app.StartAsync(ct);
            await clinic;
        }
        catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Told to end before it had started, which is no fault.
            await clinic.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        catch
        {
            await end.CancelAsync();
            await clinic.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await app.StopAsync(CancellationToken.None);
            throw;
        }
    }

    /// <summary>
    /// Starts the clinic for a command, without a server. Throws <see cref="StartupRefusedException"/> when a setting is
    /// missing or wrong, or does not fit the database.
    /// </summary>
    public static Task StartClinicAsync(this WebApplication app, CancellationToken ct)
    {
        app.RefuseToOpen();
        return app.StartClinicAsync(app.ReadMasterKey(), ct);
    }

    /// <summary>Migrates the database, loads the keys and, in Development, puts the demo clinic in.</summary>
    private static async Task StartClinicAsync(this WebApplication app, MasterKey master, CancellationToken ct)
    {
        var development = app.Environment.IsDevelopment();
        try
        {
            await app.Services.GetRequiredService<DatabaseStartup>().RunAsync(master, ct);
        }
        catch (CryptographicException)
        {
            throw new StartupRefusedException("Clinic:MasterKey is not the key that this database was made with.");
        }

        var demo = app.Services.GetRequiredService<DemoData>();
        if (!development && await demo.IsPresentAsync(ct))
        {
            throw new StartupRefusedException("The database of Clinic:DataDirectory holds demo accounts, which exist in Development only. Start with an empty one.");
        }

        if (development)
        {
            await demo.SeedAsync(ct);
            LogDemo(app.Logger);
        }

        try
        {
            app.ReadDataProtectionKeys();
        }
        catch (CryptographicException)
        {
            throw new StartupRefusedException("A data-protection key in the database does not open: its row was changed, or belongs to another key ring. The log names it.");
        }

        app.Services.GetRequiredService<ClinicReadiness>().Reach();
    }

    /// <summary>The clinic's settings.</summary>
    internal static ClinicSettings ReadSettings(this WebApplication app) => app.Services.GetRequiredService<IOptions<ClinicSettings>>().Value;

    /// <summary>The master key; made on the first start in Development. Throws <see cref="StartupRefusedException"/> when there is none, or a poor one.</summary>
    internal static MasterKey ReadMasterKey(this WebApplication app)
    {
        var settings = app.ReadSettings();
        var made = app.Environment.IsDevelopment() && settings.MasterKey is null && settings.MasterKeyFile is null;
        try
        {
            return MasterKey.FromBase64(made ? ReadOrCreate(Path.Combine(settings.DataDirectory, "keys", "master.key")) : settings.ReadMasterKey());
        }
        catch (FormatException fault)
        {
            throw new StartupRefusedException($"Clinic:MasterKey: {fault.Message}");
        }
    }

    /// <summary>The master key's text as the settings give it. Throws <see cref="StartupRefusedException"/> when they give none.</summary>
    internal static string ReadMasterKey(this ClinicSettings settings) =>
        settings.MasterKey
        ?? (settings.MasterKeyFile is { } file ? ReadFile(file) : null)
        ?? throw new StartupRefusedException("Clinic:MasterKey or Clinic:MasterKeyFile is missing. Make a key with: openssl rand -base64 32");

    private static string ReadFile(string file) =>
        File.Exists(file) ? File.ReadAllText(file) : throw new StartupRefusedException("Clinic:MasterKeyFile names a file that does not exist.");

    private static string ReadOrCreate(string file)
    {
        if (!File.Exists(file))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, MasterKey.Generate());
            OwnerOnly.Protect(file);
        }

        return File.ReadAllText(file);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "A demo clinic with made-up people; its accounts are listed in README.md")]
    private static partial void LogDemo(ILogger log);
}
