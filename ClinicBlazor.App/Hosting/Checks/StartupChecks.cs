using System.Data.Common;
using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Protection;
using Microsoft.Extensions.Configuration.Json;

namespace ClinicBlazor.App.Hosting.Checks;

/// <summary>What the application does not start with (requirement S2-06), in one list.</summary>
internal static class StartupChecks
{
    private const string WebhookSecret = "Clinic:Alerts:WebhookSecret";
    private const string WebhookSecretFile = "Clinic:Alerts:WebhookSecretFile";

    /// <summary>Settings that the application cannot work with anywhere, Development included.</summary>
    public static IReadOnlyList<DeploymentCheck> Everywhere { get; } =
    [
        new("settings are within their limits", "Clinic", input => CheckResult.Unless(
            SettingsRules.Check(input.Settings) is { Count: > 0 } problems ? string.Join(' ', problems) : null)),
        new("the mail server's settings fit together", MailSettings.Section,
            input => CheckResult.Unless(MailSettings.Read(input.Configuration).Problem())),
        new("PostgreSQL has a connection", "ConnectionStrings:Clinic", input => input.Settings.Database != DatabaseKind.Postgres
            ? CheckResult.NotApplicable
            : CheckResult.Unless(string.IsNullOrWhiteSpace(input.Settings.ConnectionString)
                ? "ConnectionStrings:Clinic is missing, and Clinic:Database is Postgres." : null)),
    ];

    /// <summary>What keeps data safe; Development makes do without.</summary>
    public static IReadOnlyList<DeploymentCheck> OutsideDevelopment { get; } =
    [
        new("the master key is set and random", "Clinic:MasterKey or Clinic:MasterKeyFile",
            input => CheckResult.Unless(MasterKeyProblem(input.Settings))),
        new("nobody else can read the key file", "Clinic:MasterKeyFile",
            input => input.Settings.MasterKey is not null || input.Settings.MasterKeyFile is not { } file || OperatingSystem.IsWindows()
            ? CheckResult.NotApplicable
            : CheckResult.Unless(
                OwnerOnly.IsOpenToOthers(file) ? "Clinic:MasterKeyFile can be read or changed by others: chmod 600." : null)),
        new("nobody else can read the mail password", $"{MailSettings.Section}:{nameof(MailSettings.PasswordFile)}", input =>
            MailSettings.Read(input.Configuration).PasswordFile is not { } file || OperatingSystem.IsWindows()
                ? CheckResult.NotApplicable
                : CheckResult.Unless(OwnerOnly.IsOpenToOthers(file)
                    ? $"{MailSettings.Section}:{nameof(MailSettings.PasswordFile)} can be read or changed by others: chmod 600." : null)),
        new("nobody else can read the webhook's secret", WebhookSecretFile, input =>
            input.Settings.Alerts.WebhookSecretFile is not { Length: > 0 } file || OperatingSystem.IsWindows()
                ? CheckResult.NotApplicable
                : CheckResult.Unless(
                    OwnerOnly.IsOpenToOthers(file) ? $"{WebhookSecretFile} can be read or changed by others: chmod 600." : null)),
        new("no password in a settings file", "ConnectionStrings", input => CheckResult.Unless(PasswordInFile(input.Configuration))),
        new("no master key in a settings file", "Clinic:MasterKey", input => CheckResult.Unless(
            SecretInFile(input.Configuration, "Clinic:MasterKey", "Clinic:MasterKeyFile"))),
        new("no webhook's secret in a settings file", WebhookSecret, input => CheckResult.Unless(
            SecretInFile(input.Configuration, WebhookSecret, WebhookSecretFile))),
    ];

    /// <summary>What only a server needs, and a command does not.</summary>
    public static IReadOnlyList<DeploymentCheck> Serving { get; } =
    [
        new("HTTPS, with HSTS", "ASPNETCORE_URLS", input => CheckResult.Unless(
            input.ServesHttps || !input.Proxies.IsEmpty ? null
                : $"ASPNETCORE_URLS names no https address, and {NetworkList.Proxies} names no proxy that would take HTTPS before it.")),
        new("only this site's names are answered", "AllowedHosts", input => CheckResult.Unless(
            HostsOf(input.Configuration) is { Count: > 0 } hosts && !hosts.Exists(IsAnyHost)
                ? null : "AllowedHosts is missing or holds *, so that any name would be answered; name the site's host.")),
        new("mailed links lead to HTTPS", "Clinic:PublicUrl", input => CheckResult.Unless(
            PublicUrl.Of(input.Configuration).StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? null
                : "Clinic:PublicUrl is missing or no https address.")),
        new("rate limits are on", RateLimits.EnabledSetting, input => CheckResult.Unless(
            input.Configuration.GetValue(RateLimits.EnabledSetting, defaultValue: true) ? null
                : $"{RateLimits.EnabledSetting} is false, which is for Development only.")),
    ];

    /// <summary>Throws <see cref="StartupRefusedException"/> with every problem that stands in the way of serving.</summary>
    public static void RefuseToServe(this WebApplication app) =>
        Refuse(new CheckInput(app), app.Environment.IsDevelopment() ? Everywhere : [.. Everywhere, .. OutsideDevelopment, .. Serving]);

    /// <summary>Throws <see cref="StartupRefusedException"/> with every problem that stands in the way of opening the database.</summary>
    public static void RefuseToOpen(this WebApplication app) =>
        Refuse(new CheckInput(app), app.Environment.IsDevelopment() ? Everywhere : [.. Everywhere, .. OutsideDevelopment]);

    private static void Refuse(CheckInput input, IReadOnlyList<DeploymentCheck> checks)
    {
        var problems = checks.Select(check => check.Run(input).Problem).OfType<string>().ToList();
        if (problems.Count > 0)
        {
            throw new StartupRefusedException(string.Join(Environment.NewLine, problems));
        }
    }

    private static List<string> HostsOf(IConfiguration configuration) =>
        [.. (configuration["AllowedHosts"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    // The names that host filtering takes for every host.
    private static bool IsAnyHost(string host) => host is "*" or "[::]" or "0.0.0.0";

    private static string? MasterKeyProblem(ClinicSettings settings)
    {
        try
        {
            MasterKey.FromBase64(settings.ReadMasterKey());
            return null;
        }
        catch (FormatException fault)
        {
            return $"{(settings.MasterKey is null ? "Clinic:MasterKeyFile" : "Clinic:MasterKey")}: {fault.Message}";
        }
        catch (StartupRefusedException refusal)
        {
            return refusal.Message;
        }
    }

    private static string? PasswordInFile(IConfiguration configuration)
    {
        foreach (var file in SettingsFiles(configuration))
        {
            foreach (var name in file.GetChildKeys([], "ConnectionStrings").Distinct())
            {
                if (file.TryGet($"ConnectionStrings:{name}", out var text) && HoldsPassword(text))
                {
                    return $"ConnectionStrings:{name} holds a password in {file.Source.Path}, which gets into backups and version control; give it by the environment.";
                }
            }
        }

        return null;
    }

    private static bool HoldsPassword(string? connection)
    {
        try
        {
            var parts = new DbConnectionStringBuilder { ConnectionString = connection };
            return parts.ContainsKey("Password") || parts.ContainsKey("Pwd");
        }
        catch (ArgumentException)
        {
            // What is no connection string may still spell one out.
            return connection?.Contains("password", StringComparison.OrdinalIgnoreCase) == true;
        }
    }

    private static string? SecretInFile(IConfiguration configuration, string setting, string fileSetting) =>
        SettingsFiles(configuration).FirstOrDefault(file => Holds(file, setting)) is { } file
            ? $"{setting} stands in {file.Source.Path}; give it by the environment, or in a file of its own with {fileSetting}."
            : null;

    private static bool Holds(JsonConfigurationProvider file, string setting) => file.TryGet(setting, out var value)
        && !string.IsNullOrWhiteSpace(value);

    private static IEnumerable<JsonConfigurationProvider> SettingsFiles(IConfiguration configuration) =>
        ((IConfigurationRoot)configuration).Providers.OfType<JsonConfigurationProvider>()
            .Where(file => file.Source.Path?.StartsWith("appsettings", StringComparison.OrdinalIgnoreCase) == true);
}
