using ClinicBlazor.Domain.Data.Keys;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Protection;
using ClinicBlazor.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ClinicBlazor.Tests.Data.Keys;

/// <summary>An instance reads the keys that another one has made, before anything is sealed with them.</summary>
[Trait("Requirement", "S4-05")]
public sealed class KeyWatchTests
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Work_AnotherInstanceMadeKeys_HasThemWithinAQuarterOfTheGrace()
    {
        await using var host = await StartAsync();
        await using var other = await host.StartAgainAsync(WithGrace);
        using var watch = await WatchAsync(host, other);
        var stored = await MakeKeysAsync(host);
        Assert.False(Ring(other).Holds(stored));

        host.Clock.Advance(Grace / 4);

        await TestTime.WaitUntilAsync(() => Ring(other).Holds(stored));
        await watch.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Work_TheDatabaseWasOutOfReachOnce_TriesAgainAndHasThemBeforeTheyAreUsed()
    {
        var queries = new HeldQueries();
        await using var host = await StartAsync();
        await using var other = await host.StartAgainAsync(services =>
        {
            WithGrace(services);
            queries.Join(services);
        });
        using var watch = await WatchAsync(host, other);
        var stored = await MakeKeysAsync(host);
        queries.FailNext("DataKeys");

        await RoundAsync(host);
        Assert.False(queries.Waits);
        Assert.False(Ring(other).Holds(stored));
        await RoundAsync(host);

        await TestTime.WaitUntilAsync(() => Ring(other).Holds(stored));
        await watch.StopAsync(CancellationToken.None);
    }

    private static Task<DomainHost> StartAsync() => DomainHost.StartAsync(DatabaseKind.Sqlite, WithGrace);

    private static void WithGrace(IServiceCollection services) =>
        services.Configure<ClinicSettings>(settings => settings.Keys.GraceSeconds = (int)Grace.TotalSeconds);

    private static KeyRing Ring(IServiceProvider instance) => instance.GetRequiredService<KeyRing>();

    /// <summary>Starts the watch of an instance; answers when it waits for its first round.</summary>
    private static async Task<KeyWatch> WatchAsync(DomainHost host, IServiceProvider instance)
    {
        var watch = instance.GetServices<IHostedService>().OfType<KeyWatch>().Single();
        instance.GetRequiredService<ClinicReadiness>().SetReady();
        var before = host.Clock.Timers;
        await watch.StartAsync(CancellationToken.None);
        await TestTime.WaitUntilAsync(() => host.Clock.Timers > before);
        return watch;
    }

    /// <summary>Lets one round pass; the next one has been set when it is over.</summary>
    private static async Task RoundAsync(DomainHost host)
    {
        var before = host.Clock.Timers;
        host.Clock.Advance(Grace / 4);
        await TestTime.WaitUntilAsync(() => host.Clock.Timers > before);
    }

    private static async Task<IReadOnlyCollection<WrappedKey>> MakeKeysAsync(DomainHost host)
    {
        var store = host.Get<KeyStore>();
        var known = await store.ReadAsync(CancellationToken.None);
        await host.ArrangeAsync(db => store.Add(db, host.MasterKey, known, [KeyPurpose.OwnedField]));
        return await store.ReadAsync(CancellationToken.None);
    }
}
