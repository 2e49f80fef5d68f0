using System.Text;
using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Demo;

namespace ClinicBlazor.App.Composition.Commands;

/// <summary>Commands about accounts.</summary>
internal static class AccountCommands
{
    /// <summary>Prints the present code of a demo account.</summary>
    public static async Task<int> TotpAsync(WebApplication app, string[] arguments, CancellationToken ct)
    {
        if (!app.Environment.IsDevelopment())
        {
            return await CommandLine.ReportAsync("This command works in Development only.");
        }

        return await app.Services.GetRequiredService<DemoData>().CurrentCodeAsync(arguments[0], ct) is { } code
            ? await CommandLine.FinishAsync(code)
            : await CommandLine.ReportAsync("There is no such account with a second factor.");
    }

    /// <summary>
    /// Makes an administrator with a name and a password that are typed; never given on the command line, where others could
    /// read them. Piped in, the password is the first line and the name the second; without one the address stands for it.
    /// </summary>
    public static async Task<int> CreateAdminAsync(WebApplication app, string[] arguments, CancellationToken ct)
    {
        var (name, password) = Console.IsInputRedirected ? await PipedAsync(ct) : (TypedName(), TypedPassword());
        var result = await app.Services.GetRequiredService<FirstAdministrator>()
            .CreateAsync(name ?? arguments[0].Split('@')[0], arguments[0], password, ct);
        return result.Error is { } error
            ? await CommandLine.ReportAsync([.. error.Fields.Select(field => $"{field.Field}: {field.Message}")])
            : await CommandLine.FinishAsync(
                $"The account is made. Sign in and enrol the second factor, without which nothing opens:{Environment.NewLine}{PublicUrl.Of(app.Configuration)}/Identity/Account/Manage/EnableAuthenticator");
    }

    private static async Task<(string? Name, string Password)> PipedAsync(CancellationToken ct)
    {
        var password = await Console.In.ReadLineAsync(ct) ?? "";
        return (await Console.In.ReadLineAsync(ct), password);
    }

    private static string TypedName()
    {
        Console.Error.Write("Name: ");
        return Console.ReadLine() ?? "";
    }

    private static string TypedPassword()
    {
        Console.Error.Write("Password: ");
        var typed = new StringBuilder();
        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                typed.Length = Math.Max(0, typed.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                typed.Append(key.KeyChar);
            }
        }

        Console.Error.WriteLine();
        return typed.ToString();
    }
}
