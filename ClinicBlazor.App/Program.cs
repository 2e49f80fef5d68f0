using ClinicBlazor.App.Composition;
using ClinicBlazor.App.Composition.Commands;
using ClinicBlazor.App.Hosting.Checks;

if (CommandLine.IsMeant(args))
{
    return await CommandLine.RunAsync(args);
}

try
{
    await using var app = ClinicHost.Build(WebApplication.CreateBuilder(args));
    await app.ServeAsync();
    await app.WaitForShutdownAsync();
    return 0;
}
catch (StartupRefusedException refusal)
{
    await Console.Error.WriteLineAsync($"ClinicBlazor does not start. {refusal.Message}");
    return 1;
}
