using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Security.Alerts;
using ClinicBlazor.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Tests.Security.Alerts;

/// <summary>The services in the background do all that by themselves, from the entry to whoever is told.</summary>
[Trait("Requirement", "S4-10")]
public sealed class AlertBackgroundTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Entry_ThatIsSealed_IsJudgedAndToldByItself()
    {
        var listener = new Listener();
        await using var host = await DomainHost.StartAsync(DatabaseKind.Sqlite, services => services
            .AddSingleton<IAlertNotifier>(listener));
        var (watcher, teller) = (host.Get<AlertWatcher>(), host.Get<AlertTeller>());
        await watcher.StartAsync(default);
        await teller.StartAsync(default);
        host.Get<ClinicReadiness>().SetReady();

        await host.DoAsync(new Deed(AuditAct.AttackInputSeen) { By = Guid.CreateVersion7() });
        await host.Get<AuditSealer>().SealPendingAsync(default);

        Assert.Equal(AlertKind.AttackInput, (await listener.Told.Task.WaitAsync(Patience)).Kind);
        await watcher.StopAsync(default);
        await teller.StopAsync(default);
    }

    /// <summary>Says when it is told for the first time.</summary>
    private sealed class Listener : IAlertNotifier
    {
        public string Name => "listener";

        public TaskCompletionSource<AlertNotice> Told { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task TellAsync(AlertNotice notice, CancellationToken ct)
        {
            Told.TrySetResult(notice);
            return Task.CompletedTask;
        }
    }
}
