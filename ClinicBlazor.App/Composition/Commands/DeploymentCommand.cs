using System.Security.Cryptography;
using ClinicBlazor.App.Audit;
using ClinicBlazor.App.Hosting.Checks;
using ClinicBlazor.App.Security.Notifiers;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Demo;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Security;

namespace ClinicBlazor.App.Composition.Commands;

/// <summary>Goes through the checklist of a deployment. It migrates nothing, and works where the application would not start.</summary>
internal static class DeploymentCommand
{
    /// <summary>Prints each item with its setting and how it stands; found wanting when one is not met.</summary>
    public static async Task<int> CheckAsync(WebApplication app, string[] _, CancellationToken ct)
    {
        var input = new CheckInput(app);
        var lines = DeploymentChecks.All.Select(check => (check.Item, check.Setting, Result: check.Run(input))).ToList();
        lines.Add(AlertLine(input.Settings));
        lines.AddRange(await DatabaseLinesAsync(app, input.Settings, ct));
        foreach (var (item, setting, result) in lines)
        {
            await Console.Out.WriteLineAsync($"{Word(result.State),-14} {item} ({setting})");
        }

        var problems = lines.Select(line => line.Result.Problem).OfType<string>().ToArray();
        return problems.Length == 0 ? await CommandLine.FinishAsync("All is well.") : await CommandLine.ReportAsync(problems);
    }

    private static (string Item, string Setting, CheckResult Result) AlertLine(ClinicSettings settings)
    {
        var telling = AlertTelling.Of(settings.Alerts);
        return (telling.Sentence, AlertTelling.Settings, CheckResult.Unless(telling.IsLogOnly
            ? $"{AlertTelling.Settings}: none is set, so nobody learns of an alert who does not look." : null));
    }

    private static async Task<List<(string Item, string Setting, CheckResult Result)>> DatabaseLinesAsync(WebApplication app,
        ClinicSettings settings, CancellationToken ct)
    {
        var setting = settings.Database == DatabaseKind.Sqlite ? "Clinic:DataDirectory" : "ConnectionStrings:Clinic";
        var state = await app.Services.GetRequiredService<DatabaseInspection>().ReadAsync(ct);
        var (holdsDemo, accounts) = state is { PendingMigrations: 0 } ? await AccountsAsync(app.Services, ct) : (null, null);
        return
        [
            ($"the database answers: {settings.Database} {state?.Version}".TrimEnd(), setting,
                CheckResult.Unless(state is null
                    ? $"{setting}: there is no database yet, or it does not answer. The first command or start makes it." : null)),
            ("all migrations are applied", setting,
                Of(state, found => found.PendingMigrations > 0
                ? $"{setting}: {found.PendingMigrations} migrations are not applied yet. The next start applies them." : null)),
            ("there are no demo accounts", setting,
                holdsDemo is null ? CheckResult.NotApplicable
                : CheckResult.Unless(holdsDemo == true ? $"{setting}: the database holds demo accounts." : null)),
            ("administrators have a second factor", "create-admin",
                Of(accounts, found => (found.Administrators, found.WithoutSecondFactor) switch
            {
                (0, _) => "create-admin: there is no administrator yet.",
                (_, > 0 and var count) =>
                    $"create-admin: {count} of {found.Administrators} administrators have not enrolled a second factor.",
                _ => null,
            })),
            ("the audit trail is intact", "verify-audit",
                state is { PendingMigrations: 0 } ? CheckResult.Unless(await AuditProblemAsync(app, ct)) : CheckResult.NotApplicable),
        ];
    }

    private static async Task<(bool? HoldsDemo, AccountsState? Accounts)> AccountsAsync(IServiceProvider services, CancellationToken ct) =>
        (await services.GetRequiredService<DemoData>().IsPresentAsync(ct),
            await services.GetRequiredService<AccountInspection>().ReadAsync(ct));

    private static CheckResult Of<T>(T? found, Func<T, string?> problem)
        where T : class =>
        found is null ? CheckResult.NotApplicable : CheckResult.Unless(problem(found));

    private static async Task<string?> AuditProblemAsync(WebApplication app, CancellationToken ct)
    {
        try
        {
            await app.Services.GetRequiredService<DatabaseStartup>().RunAsync(app.ReadSettings().OpenMasterKey(app.Environment), ct);
        }
        catch (Exception fault) when (fault is CryptographicException or StartupRefusedException)
        {
            return "verify-audit: without the master key of this database the audit trail cannot be checked.";
        }

        var found = await app.Services.GetRequiredService<AuditCheck>().RunAsync(anchorsElsewhere: null, ct);
        var anchors = string.Concat(found.Anchors.Findings.Select(finding => $" {AnchorWording.Sentence(finding)}"));
        return found.IsIntact ? null : $"verify-audit: the audit trail does not hold: {found.Findings} findings.{anchors}";
    }

    private static string Word(CheckState state) => state switch
    {
        CheckState.Met => "met",
        CheckState.NotMet => "not met",
        CheckState.NotApplicable => "not applicable",
    };
}
