using System.Security.Cryptography;
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

    /// <summary>
    /// Migrates the database, loads the keys and, in Development, puts the demo clinic in. Throws
    /// <see cref="StartupRefusedException"/> when a setting is missing or wrong.
    /// </summary>
    public static async Task StartClinicAsync(this WebApplication app, CancellationToken ct = default)
    {
        var settings = app.Services.GetRequiredService<IOptions<ClinicSettings>>().Value;
        var development = app.Environment.IsDevelopment();
        if (settings.Database == DatabaseKind.Postgres && string.IsNullOrWhiteSpace(settings.ConnectionString))
        {
            throw new StartupRefusedException("ConnectionStrings:Clinic is missing, and Clinic:Database is Postgres.");
        }

        try
        {
            await app.Services.GetRequiredService<DatabaseStartup>().RunAsync(ReadMasterKey(settings, development), ct);
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
    }

    private static MasterKey ReadMasterKey(ClinicSettings settings, bool development)
    {
        var developmentFile = Path.Combine(settings.DataDirectory, "keys", "master.key");
        var text = settings.MasterKey
            ?? (settings.MasterKeyFile is { } file ? ReadFile(file) : null)
            ?? (development ? ReadOrCreate(developmentFile) : null)
            ?? throw new StartupRefusedException("Clinic:MasterKey or Clinic:MasterKeyFile is missing. Make a key with: openssl rand -base64 32");
        try
        {
            return MasterKey.FromBase64(text);
        }
        catch (FormatException fault)
        {
            throw new StartupRefusedException($"Clinic:MasterKey: {fault.Message}");
        }
    }

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
