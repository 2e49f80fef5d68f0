using System.Runtime.ExceptionServices;
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

    [Fact]
    public void Call_WhileItHasBeenCalledAlready_ThrowsNothingEvenOnTheWay()
    {
        using var wake = new WakeUp();
        var (here, thrown) = (Environment.CurrentManagedThreadId, 0);
        AppDomain.CurrentDomain.FirstChanceException += Count;
        try
        {
            wake.Call();
            wake.Call();
        }
        finally
        {
            AppDomain.CurrentDomain.FirstChanceException -= Count;
        }

        Assert.Equal(0, thrown);

        void Count(object? sender, FirstChanceExceptionEventArgs e) => thrown += Environment.CurrentManagedThreadId == here ? 1 : 0;
    }

    [Fact]
    public async Task Call_FromManyThreadsAtOnce_IsNeverOneTooMany()
    {
        using var wake = new WakeUp();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 5000; i++)
            {
                wake.Call();
            }
        })));

        Assert.True(await AwakeAsync(wake));
        Assert.False(await AwakeAsync(wake));
    }

    private static Task<bool> AwakeAsync(WakeUp wake) => (Task<bool>)wake.WaitAsync(TimeSpan.Zero, default);
}
