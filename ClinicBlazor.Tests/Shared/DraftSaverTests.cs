using ClinicBlazor.App.Shared;
using ClinicBlazor.Domain.Kernel;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClinicBlazor.Tests.Shared;

[Trait("Requirement", "B-06")]
public sealed class DraftSaverTests
{
    private readonly TaskCompletionSource settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<SaveState> states = [];
    private readonly HastyClock clock = new();

    [Fact]
    public async Task Touch_SaveFailsAtFirst_IsTriedAgainUntilItIsSaved()
    {
        var attempts = 0;
        await using var saver = Saver(() => ++attempts < 3 ? throw new TimeoutException() : Saved());

        saver.Touch();
        await settled.Task.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal([SaveState.Waiting, SaveState.Waiting, SaveState.Saved], states);
        Assert.Equal(3, attempts);
        Assert.Equal([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3)], clock.Waits);
        Assert.Equal(DateTimeOffset.UnixEpoch, saver.SavedAt);
    }

    [Fact]
    public async Task Touch_WhileASaveIsUnderWay_IsSavedOnceMore()
    {
        var first = new TaskCompletionSource<Result<DateTimeOffset>>();
        var attempts = 0;
        await using var saver = Saver(() => ++attempts == 1 ? first.Task : Saved());
        saver.Touch();
        var saving = saver.SaveAsync();

        saver.Touch();
        first.SetResult(DateTimeOffset.UnixEpoch);
        await saving;
        await settled.Task.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(2, attempts);
    }

    [Fact]
    public async Task Touch_SaveIsRefused_IsNotTriedAgain()
    {
        var attempts = 0;
        await using var saver = Saver(() => { attempts++; return Task.FromResult<Result<DateTimeOffset>>(Error.NotFound); });
        saver.Touch();
        await saver.SaveAsync();

        saver.Touch();
        await saver.SaveAsync();

        Assert.True(saver.Refused);
        Assert.Equal(1, attempts);
    }

    [Fact]
    public async Task DisposeAsync_SomethingUnsaved_SavesIt()
    {
        var attempts = 0;
        var saver = new DraftSaver(() => { attempts++; return Saved(); }, () => { }, TimeProvider.System, NullLogger<DraftSaver>.Instance);
        saver.Touch();

        await saver.DisposeAsync();

        Assert.Equal(1, attempts);
    }

    [Fact]
    public async Task SaveAsync_NothingTyped_SavesNothing()
    {
        var attempts = 0;
        await using var saver = Saver(() => { attempts++; return Saved(); });

        await saver.SaveAsync();

        Assert.Equal(0, attempts);
        Assert.Equal(SaveState.Idle, saver.State);
    }

    private static Task<Result<DateTimeOffset>> Saved() => Task.FromResult<Result<DateTimeOffset>>(DateTimeOffset.UnixEpoch);

    private DraftSaver Saver(Func<Task<Result<DateTimeOffset>>> saveAsync)
    {
        DraftSaver? saver = null;
        return saver = new DraftSaver(saveAsync, Changed, clock, NullLogger<DraftSaver>.Instance);

        void Changed()
        {
            states.Add(saver!.State);
            if (saver.State == SaveState.Saved)
            {
                settled.TrySetResult();
            }
        }
    }

    /// <summary>Waits for nothing, and notes how long it should have.</summary>
    private sealed class HastyClock : TimeProvider
    {
        public List<TimeSpan> Waits { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Waits.Add(dueTime);
            return base.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
