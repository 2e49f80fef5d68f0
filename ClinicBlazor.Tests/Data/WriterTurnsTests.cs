using ClinicBlazor.Domain.Data;

namespace ClinicBlazor.Tests.Data;

/// <summary>The line of those who save to a database with one writer.</summary>
[Trait("Requirement", "S4-09")]
public sealed class WriterTurnsTests
{
    [Fact]
    public async Task RunAsync_OfMany_IsOneAtATimeInTheOrderOfComing()
    {
        using var turns = new WriterTurns();
        var (first, order, present) = (new TaskCompletionSource(), new List<int>(), 0);
        var saves = Enumerable.Range(0, 20).Select(i => turns.RunAsync(async () =>
        {
            Assert.Equal(1, Interlocked.Increment(ref present));
            await (i == 0 ? first.Task : Task.Delay(1));
            order.Add(i);
            Interlocked.Decrement(ref present);
            return i;
        }, default)).ToList();

        first.SetResult();

        Assert.Equal(Enumerable.Range(0, 20), await Task.WhenAll(saves));
        Assert.Equal(Enumerable.Range(0, 20), order);
    }

    [Fact]
    public async Task RunAsync_WithinASave_SharesItsTurn()
    {
        using var turns = new WriterTurns();

        Assert.Equal(7, await turns.RunAsync(() => turns.RunAsync(() => Task.FromResult(7), default), default));
    }

    [Fact]
    public async Task RunAsync_AfterAFaultOrAWaitThatWasGivenUp_GoesOn()
    {
        using var turns = new WriterTurns();
        await Assert.ThrowsAsync<IOException>(() => turns.RunAsync<int>(() => throw new IOException("The disk is full."), default));
        var held = new TaskCompletionSource<int>();
        var first = turns.RunAsync(() => held.Task, default);
        using var gone = new CancellationTokenSource();
        var waiting = turns.RunAsync(() => Task.FromResult(2), gone.Token);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        held.SetResult(1);

        Assert.Equal(1, await first);
        Assert.Equal(3, await turns.RunAsync(() => Task.FromResult(3), default));
    }
}
