using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Protection;
using Microsoft.Extensions.Options;

namespace ClinicBlazor.App.Hosting.Checks;

/// <summary>A setting that the application does not start with. The message names it.</summary>
public sealed class StartupRefusedException(string message) : InvalidOperationException(message);

/// <summary>What a start reads of the settings before it opens the database.</summary>
internal static class StartupSettings
{
    /// <summary>The clinic's settings.</summary>
    public static ClinicSettings ReadSettings(this WebApplication app) => app.Services.GetRequiredService<IOptions<ClinicSettings>>().Value;

    /// <summary>
    /// The master key; made on the first start in Development. Throws <see cref="StartupRefusedException"/> when there
    /// is none, or a poor one.
    /// </summary>
    public static MasterKey OpenMasterKey(this ClinicSettings settings, IHostEnvironment environment)
    {
        var made = environment.IsDevelopment() && settings.MasterKey is null && settings.MasterKeyFile is null;
        try
        {
            return MasterKey.FromBase64(
                made ? ReadOrCreate(Path.Combine(settings.DataDirectory, "keys", "master.key")) : settings.ReadMasterKey());
        }
        catch (FormatException fault)
        {
            throw new StartupRefusedException($"Clinic:MasterKey: {fault.Message}");
        }
    }

    /// <summary>The master key's text as the settings give it. Throws <see cref="StartupRefusedException"/> when they give none.</summary>
    public static string ReadMasterKey(this ClinicSettings settings) =>
        settings.MasterKey
        ?? (settings.MasterKeyFile is { } file ? ReadFile(file) : null)
        ?? throw new StartupRefusedException(
            "Clinic:MasterKey or Clinic:MasterKeyFile is missing. Make a key with: openssl rand -base64 32");

    private static string ReadFile(string file) =>
        File.Exists(file) ? File.ReadAllText(file)
            : throw new StartupRefusedException("Clinic:MasterKeyFile names a file that does not exist.");

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
}
