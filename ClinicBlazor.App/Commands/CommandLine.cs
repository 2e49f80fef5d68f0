using ClinicBlazor.App.Hosting;
using ClinicBlazor.Domain.Demo;

namespace ClinicBlazor.App.Commands;

/// <summary>The verbs of the command line. Exit code 0 when all is well, 1 with the finding otherwise, 2 on wrong usage.</summary>
public static class CommandLine
{
    private const string Totp = "totp";

    /// <summary>True when the first argument is a verb.</summary>
    public static bool Knows(string verb) => verb == Totp;

    /// <summary>Runs a verb and returns its exit code.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not [Totp, var email] || email == "--help")
        {
            await Console.Error.WriteLineAsync("Usage: totp <e-mail>   prints the present code of a demo account (Development only)");
            return 2;
        }

        var builder = WebApplication.CreateBuilder();
        builder.UseDataDirectory();
        await using var app = ClinicHost.Build(builder);
        if (!app.Environment.IsDevelopment())
        {
            await Console.Error.WriteLineAsync("This command works in Development only.");
            return 1;
        }

        await app.StartClinicAsync(app.Lifetime.ApplicationStopping);
        var code = await app.Services.GetRequiredService<DemoData>().CurrentCodeAsync(email, CancellationToken.None);
        if (code is null)
        {
            await Console.Error.WriteLineAsync("There is no such account with a second factor.");
            return 1;
        }

        Console.WriteLine(code);
        return 0;
    }
}
