using ClinicBlazor.App.Shared;
using ClinicBlazor.Domain.Kernel;

namespace ClinicBlazor.Tests.Shared;

/// <summary>What a form's buttons do, and by which name.</summary>
[Trait("Requirement", "B-14")]
public sealed class FormCommandTests
{
    private readonly List<CommandId> done = [];
    private readonly FormCommand command = new();

    [Fact]
    public async Task Once_PressedWhileItIsAtWork_DoesNothingMore()
    {
        var work = new TaskCompletionSource();
        var press = command.Once(id => Do(id, work.Task));

        var first = press();
        Assert.True(command.Busy);
        await press();
        work.SetResult();
        await first;

        Assert.Single(done);
        Assert.False(command.Busy);
    }

    [Fact]
    public async Task Once_PressedAgainAfterItWasDone_CarriesTheNameThatTheButtonHadWhenItWasDrawn()
    {
        var drawn = command.Once(DoAndRenew);
        await drawn();

        await drawn();
        await command.Once(DoAndRenew)();

        Assert.Equal(done[0], done[1]);
        Assert.NotEqual(done[0], done[2]);
    }

    [Fact]
    public async Task Once_AfterARefusal_GoesOnUnderTheSameName()
    {
        await command.Once(id => Do(id, Task.CompletedTask))();
        await command.Once(id => Do(id, Task.CompletedTask))();

        Assert.Single(done.Distinct());
    }

    [Fact]
    public async Task Once_AfterAFault_CanBePressedAgain()
    {
        await Assert.ThrowsAsync<TimeoutException>(command.Once(_ => throw new TimeoutException()));

        Assert.False(command.Busy);
    }

    private async Task Do(CommandId id, Task work)
    {
        done.Add(id);
        await work;
    }

    private Task DoAndRenew(CommandId id)
    {
        done.Add(id);
        command.Renew();
        return Task.CompletedTask;
    }
}
