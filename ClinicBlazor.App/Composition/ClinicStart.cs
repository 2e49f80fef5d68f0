using System.Security.Cryptography;
using ClinicBlazor.App.Hosting.Checks;
using ClinicBlazor.Domain.Audit.Anchors;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Demo;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Security.Alerts;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace ClinicBlazor.App.Composition;

/// <summary>
/// Migrates the database, loads the keys and, in Development, puts the demo clinic in; before the server listens, and for
/// commands, which run without a server.
/// </summary>
internal sealed partial class ClinicStart(
    DatabaseStartup database, AuditAnchors anchors, DemoData demo, IDataProtectionProvider dataProtection, ClinicReadiness readiness,
    AlertStart alerts, IOptions<ClinicSettings> settings, IHostEnvironment environment, ILogger<ClinicStart> log) : IHostedLifecycleService
{
    /// <summary>
    /// Starts the clinic. Throws <see cref="StartupRefusedException"/> when the database does not fit the key or the
    /// environment.
    /// </summary>
    public async Task RunAsync(CancellationToken ct)
    {
        try
        {
            await database.RunAsync(settings.Value.OpenMasterKey(environment), ct);
        }
        catch (UnfitDatabaseException fault)
        {
            throw new StartupRefusedException(fault.Message);
        }
        catch (CryptographicException)
        {
            throw new StartupRefusedException("Clinic:MasterKey is not the key that this database was made with.");
        }

        await anchors.BeginIfNewAsync(ct);
        if (environment.IsDevelopment())
        {
            await demo.SeedAsync(ct);
            LogDemo();
        }
        else if (await demo.IsPresentAsync(ct))
        {
            throw new StartupRefusedException(
                "The database of Clinic:DataDirectory holds demo accounts, which exist in Development only. Start with an empty one.");
        }

        try
        {
            // Reads the keys, and makes the first, so that no page has to.
            dataProtection.CreateProtector(nameof(ClinicStart)).Protect([]);
        }
        catch (CryptographicException)
        {
            throw new StartupRefusedException(
                "A data-protection key in the database does not open: its row was changed, or belongs to another key ring. The log names it.");
        }

        readiness.SetReady();
    }

    /// <inheritdoc />
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await RunAsync(cancellationToken);

        // No service works yet, and so none has sealed anything.
        await alerts.RunAsync(cancellationToken);
    }

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Information, Message = "A demo clinic with made-up people; its accounts are listed in README.md")]
    private partial void LogDemo();
}
