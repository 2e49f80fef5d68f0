using ClinicBlazor.Domain.Audit.Anchors;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Tests.Audit.Anchors;

/// <summary>When anchors are made and sent.</summary>
[Trait("Requirement", "B-12")]
public sealed class AnchorKeeperTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task Keeper_FromStartToStop_AnchorsAtTheStartHourlyAndAtTheStop()
    {
        await using var host = await DomainHost.StartAsync(DatabaseKind.Sqlite);
        await host.Get<AuditAnchors>().BeginIfNewAsync(CancellationToken.None);
        var keeper = host.Get<AnchorKeeper>();
        host.Get<ClinicReadiness>().SetReady();
        await keeper.StartAsync(CancellationToken.None);
        await UntilAsync(host, 2);
        for (var hour = 1; hour <= 2; hour++)
        {
            await AdvanceUntilAsync(host, TimeSpan.FromHours(1), 2 + hour);
        }

        await keeper.StopAsync(CancellationToken.None);

        var anchors = host.Get<AnchorFile>().Read()!.Anchors;
        Assert.Equal([AnchorReason.Begin, AnchorReason.Start, AnchorReason.Hour, AnchorReason.Hour, AnchorReason.Stop],
            anchors.Select(anchor => anchor.Reason));
        Assert.Equal([TimeSpan.FromHours(1), TimeSpan.FromHours(1)],
            anchors.Skip(1).Take(3).Zip(anchors.Skip(2).Take(2), (one, next) => next.At - one.At));
    }

    [Fact]
    public async Task Keeper_OtherPlaceOutOfReach_SendsTheNewestAMinuteLater()
    {
        var post = new Post { IsOut = true };
        await using var host = await DomainHost.StartAsync(DatabaseKind.Sqlite, services => services.AddSingleton<IAnchorPost>(post));
        await host.Get<AuditAnchors>().BeginIfNewAsync(CancellationToken.None);
        host.Get<ClinicReadiness>().SetReady();
        await host.Get<AnchorKeeper>().StartAsync(CancellationToken.None);
        await UntilAsync(host, 2);
        Assert.Empty(post.Lines);
        post.IsOut = false;

        await TestTime.WaitUntilAsync(() => post.Lines.Count > 0, () => host.Clock.Advance(TimeSpan.FromMinutes(1)));
        await host.Get<AnchorKeeper>().StopAsync(CancellationToken.None);

        var file = await File.ReadAllLinesAsync(host.Settings.AnchorFile);
        Assert.Equal(file[1], post.Lines[0]);
        Assert.Equal(file[^1], post.Lines[^1]);
    }

    [Fact]
    public async Task MakeAsync_WhereOnePlaceStumbles_SendsToTheOthersAllTheSame()
    {
        var post = new Post();
        await using var host = await DomainHost.StartAsync(DatabaseKind.Sqlite,
            services => services.AddSingleton<IAnchorPost>(new Stumbling()).AddSingleton<IAnchorPost>(post));

        await host.Get<AuditAnchors>().BeginIfNewAsync(CancellationToken.None);

        Assert.Equal(await File.ReadAllLinesAsync(host.Settings.AnchorFile), post.Lines);
        Assert.True(host.Get<AuditAnchors>().IsOwing);
    }

    private static Task UntilAsync(DomainHost host, int anchors) => AdvanceUntilAsync(host, TimeSpan.Zero, anchors);

    /// <summary>Moves the clock once, then waits for as many anchors.</summary>
    private static async Task AdvanceUntilAsync(DomainHost host, TimeSpan by, int anchors)
    {
        using var patience = new CancellationTokenSource(Patience);
        if (by > TimeSpan.Zero)
        {
            // The keeper sets a timer after each anchor but the first, a moment after it is on the disk.
            while (host.Clock.Timers < anchors - 2)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), patience.Token);
            }

            host.Clock.Advance(by);
        }

        while (host.Get<AnchorFile>().Read()!.Anchors.Count < anchors)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), patience.Token);
        }
    }

    private sealed class Stumbling : IAnchorPost
    {
        public Task SendAsync(AuditAnchor anchor, string line, CancellationToken ct) =>
            throw new NotSupportedException("of no concern to others");
    }

    private sealed class Post : IAnchorPost
    {
        public volatile bool IsOut;

        public List<string> Lines { get; } = [];

        public Task SendAsync(AuditAnchor anchor, string line, CancellationToken ct)
        {
            if (IsOut)
            {
                throw new AnchorNotSentException("out of reach");
            }

            lock (Lines)
            {
                Lines.Add(line);
            }

            return Task.CompletedTask;
        }
    }
}
