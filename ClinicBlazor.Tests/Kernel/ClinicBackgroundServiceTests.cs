using ClinicBlazor.Domain.Kernel;

namespace ClinicBlazor.Tests.Kernel;

/// <summary>When work in the background begins and ends.</summary>
[Trait("Requirement", "C-06")]
public sealed class ClinicBackgroundServiceTests
{
    [Fact]
    public async Task Work_BeforeTheClinicHasStarted_DoesNotBegin()
    {
        var readiness = new ClinicReadiness();
        using var service = new Worker(readiness);
        await service.StartAsync(CancellationToken.None);
        await Task.Delay(TimeSpan.FromMilliseconds(300));
        var early = service.Begun.IsCompleted;

        readiness.SetReady();
        await service.Begun.WaitAsync(TimeSpan.FromSeconds(30));
        await service.StopAsync(CancellationToken.None);

        Assert.False(early);
        Assert.True(service.ExecuteTask!.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Stop_WhileTheClinicStillStarts_EndsWithoutWork()
    {
        using var service = new Worker(new ClinicReadiness());
        await service.StartAsync(CancellationToken.None);

        await service.StopAsync(CancellationToken.None);

        Assert.False(service.Begun.IsCompleted);
        Assert.True(service.ExecuteTask!.IsCompleted);
        Assert.False(service.ExecuteTask.IsFaulted);
    }

    private sealed class Worker(ClinicReadiness readiness) : ClinicBackgroundService(readiness)
    {
        private readonly TaskCompletionSource begun = new();

        public Task Begun => begun.Task;

        protected override async Task WorkAsync(CancellationToken ct)
        {
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, ct);
        }
    }
}
