using ClinicBlazor.Domain.Kernel;

namespace ClinicBlazor.App.Hosting.Checks;

/// <summary>What a deployment should have besides what the start insists on; for the checklist.</summary>
internal static class DeploymentChecks
{
    /// <summary>Items that settings and files decide.</summary>
    public static IReadOnlyList<DeploymentCheck> All { get; } =
    [
        new("this is no development environment", "ASPNETCORE_ENVIRONMENT", input => CheckResult.Unless(
            input.Environment.IsDevelopment() ? "ASPNETCORE_ENVIRONMENT is Development." : null)),
        .. StartupChecks.Everywhere,
        .. StartupChecks.OutsideDevelopment,
        .. StartupChecks.Serving,
        new("proxies are named one by one", NetworkList.Proxies, input => input.Proxies.IsEmpty
            ? CheckResult.NotApplicable
            : CheckResult.Unless(input.Proxies.Networks.Any(network => network.PrefixLength == 0)
                ? $"{NetworkList.Proxies} holds a network of all addresses, which believes everybody." : null)),
        new("the master key lies apart from the data", "Clinic:MasterKeyFile", input => input.Settings.MasterKey is not null
            ? CheckResult.NotApplicable
            : CheckResult.Unless(input.Settings.MasterKeyFile is { } file && !IsBelow(file, input.Settings.DataDirectory)
                ? null : "Clinic:MasterKeyFile is not set, or lies in Clinic:DataDirectory, and so in the backup of what it protects.")),
        new("nobody else can read the data directory", "Clinic:DataDirectory", input => OperatingSystem.IsWindows()
            ? CheckResult.NotApplicable
            : CheckResult.Unless(OwnerOnly.IsOpenToOthers(input.Settings.DataDirectory)
                ? "Clinic:DataDirectory can be read or changed by others: chmod 700." : null)),
        new("anchors of the audit trail lie apart from the data", Anchors, input => CheckResult.Unless(
            IsSet(input.Settings.Anchors.Webhook) || IsSet(input.Settings.Anchors.MailTo)
                || !IsBelow(input.Settings.AnchorFile, input.Settings.DataDirectory)
                ? null : $"{Anchors}: none is set, so whoever can put an older copy of the data directory back puts older anchors back with it.")),
        new("nothing can attach to the process", Diagnostics, input => CheckResult.Unless(
            input.Configuration[Diagnostics] is "0" ? null
                : $"{Diagnostics} is not 0: debuggers and dump tools of the same user read keys and charts from memory.")),
        new("mails have a sender", "Clinic:MailFrom", input => CheckResult.Unless(
            string.IsNullOrWhiteSpace(input.Configuration["Clinic:MailFrom"]) ? "Clinic:MailFrom is missing." : null)),
    ];

    private const string Anchors = "Clinic:Anchors:MailTo, Clinic:Anchors:Webhook or Clinic:Anchors:File";

    private const string Diagnostics = "DOTNET_EnableDiagnostics";

    private static bool IsSet(string? setting) => !string.IsNullOrWhiteSpace(setting);

    private static bool IsBelow(string file, string folder) =>
        !Path.GetRelativePath(Path.GetFullPath(folder), Path.GetFullPath(file)).StartsWith("..", StringComparison.Ordinal);
}
