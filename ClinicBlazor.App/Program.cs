using ClinicBlazor.App.Commands;
using ClinicBlazor.App.Hosting;
using ClinicBlazor.App.Hosting.Checks;

if (CommandLine.IsMeant(args))
{
    return await CommandLine.RunAsync(args);
}

try
{
    await using var app = ClinicHost.Build(WebApplication.CreateBuilder(args));
    app.RefuseToServe();
    await app.StartClinicAsync();
    await app.RunAsync();
    return 0;
}
catch (StartupRefusedException refusal)
{
    await Console.Error.WriteLineAsync($"ClinicBlazor does not start. {refusal.Message}");
    return 1;
}
