using ClinicBlazor.App.Commands;
using ClinicBlazor.App.Hosting;

if (args is [var verb, ..] && CommandLine.Knows(verb))
{
    return await CommandLine.RunAsync(args);
}

await using var app = ClinicHost.Build(WebApplication.CreateBuilder(args));
await app.StartClinicAsync();
await app.RunAsync();
return 0;
