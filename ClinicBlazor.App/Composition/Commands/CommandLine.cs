using ClinicBlazor.App.Hosting.Checks;
using ClinicBlazor.Domain.Data;

namespace ClinicBlazor.App.Composition.Commands;

/// <summary>The verbs of the command line. Exit code 0 when all is well, 1 with the finding otherwise, 2 on wrong usage.</summary>
public static class CommandLine
{
    private const int Well = 0;
    private const int Found = 1;
    private const int WrongUsage = 2;
    private const string Help = "--help";

    private static readonly Command[] Commands =
    [
        new("totp", ["e-mail"], "prints the present code of a demo account (Development only)", AccountCommands.TotpAsync),
        new("create-admin", ["e-mail"], "makes an administrator: reads the password, prints the link to enrol the second factor",
            AccountCommands.CreateAdminAsync),
        new("verify-audit", [], "checks the audit trail: its chain, the files of its archives, and against its anchors or those of a file kept elsewhere",
            AuditCommands.VerifyAsync, Optional: "anchors"),
        new("begin-anchors", [], "begins the anchors of the audit trail anew, after an older copy of the database was put back on purpose",
            AuditCommands.BeginAnchorsAsync),
        new("rotate-keys", [], "makes new data keys and seals everything anew while the application runs; goes on where it was broken off",
            KeyCommands.RotateAsync),
        new("check-deployment", [], "goes through the checklist: each item met, not met or not applicable", DeploymentCommand.CheckAsync,
            OnDatabase: false),
    ];

    /// <summary>True when the arguments ask for a command, or for help, and not for the server.</summary>
    public static bool IsMeant(string[] args) => args is [Help] or [[>= 'a' and <= 'z', ..], ..]
        && !args[0].Contains('=', StringComparison.Ordinal);

    /// <summary>Runs a command and returns its exit code.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var command = Array.Find(Commands, command => command.Name == args[0]);
        if (args[^1] == Help)
        {
            await Console.Out.WriteLineAsync(UsageOf(command));
            return Well;
        }

        if (command is null || !command.Takes(args.Length - 1))
        {
            await Console.Error.WriteLineAsync(UsageOf(command));
            return WrongUsage;
        }

        try
        {
            await using var app = ClinicHost.Build(WebApplication.CreateBuilder(), logToConsole: false);
            if (command.OnDatabase)
            {
                await app.StartClinicAsync(app.Lifetime.ApplicationStopping);
            }

            return await command.RunAsync(app, args[1..], app.Lifetime.ApplicationStopping);
        }
        catch (StartupRefusedException refusal)
        {
            return await ReportAsync(refusal.Message);
        }
        catch (Exception fault) when (UnreachableDatabase.Is(fault))
        {
            return await ReportAsync("The database does not answer: it is locked, out of reach, full, or not where the settings say.");
        }
    }

    /// <summary>Says what was found, and answers with the exit code for that.</summary>
    internal static async Task<int> ReportAsync(params string[] findings)
    {
        foreach (var finding in findings)
        {
            await Console.Error.WriteLineAsync(finding);
        }

        return Found;
    }

    /// <summary>Says that all is well, and answers with the exit code for that.</summary>
    internal static async Task<int> FinishAsync(string line)
    {
        await Console.Out.WriteLineAsync(line);
        return Well;
    }

    private static string UsageOf(Command? command) => command is null
        ? string.Join(Environment.NewLine, ["Commands:", .. Commands.Select(one => $"  {one.Syntax,-24} {one.Purpose}")])
        : $"Usage: {command.Syntax}{Environment.NewLine}{command.Purpose}";
}
