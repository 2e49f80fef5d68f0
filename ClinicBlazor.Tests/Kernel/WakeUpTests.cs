using ClinicBlazor.Domain.Kernel;

namespace ClinicBlazor.Tests.Kernel;

/// <summary>Work in the background begins once for all that came meanwhile.</summary>
[Trait("Requirement", "S4-10")]
public sealed class WakeUpTests
{
    [Fact]
    public async Task WaitAsync_AfterManyCalls_GoesOnOnce()
    {
        using var wake = new WakeUp();
        for (var i = 0; i < 5; i++)
        {
            wake.Call();
        }

        Assert.True(await AwakeAsync(wake));
        Assert.False(await AwakeAsync(wake));
        wake.Call();
        Assert.True(await AwakeAsync(wake));
    }

    private static Task<bool> AwakeAsync(WakeUp wake) => (Task<bool>)wake.WaitAsync(TimeSpan.Zero, default);
}
