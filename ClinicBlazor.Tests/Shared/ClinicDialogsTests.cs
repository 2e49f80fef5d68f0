using Bunit;
using ClinicBlazor.App.Shared.Dialogs;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Tests.Shared;

/// <summary>A dialog of a kind is there once, goes with what it is about, and can be opened again.</summary>
[Trait("Requirement", "B-14")]
public sealed class ClinicDialogsTests : IAsyncLifetime
{
    private const string Asked = "[data-testid=asked]";

    private static readonly Confirmation Question = new("Throw it away?", "Throw away", "It is gone then.") { TestId = "asked" };

    private DomainHost _host = null!;
    private PageContext _context = null!;
    private ClinicDialogs _dialogs = null!;

    public async Task InitializeAsync()
    {
        _host = await DomainHost.StartAsync(DatabaseKind.Sqlite);
        _context = await PageContext.OfStaffAsync(_host, await _host.People.AddStaffAsync(Roles.Doctor));
        _ = _context.Dialogs;
        _dialogs = _context.Services.GetRequiredService<ClinicDialogs>();
    }

    public async Task DisposeAsync()
    {
        await _context.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Confirm_PressedTwiceBeforeTheDialogStands_AsksOnce()
    {
        var first = AskAsync();
        var second = AskAsync();

        Assert.False(await second.WaitAsync(TimeSpan.FromSeconds(60)));
        await _context.Dialogs.WaitForElementAsync(Asked);
        Assert.Single(_context.Dialogs.FindAll(Asked));
        await PressAsync("Throw away");
        Assert.True(await first);
    }

    [Fact]
    public async Task Confirm_AskedAgainAfterItWasLeft_AsksAgain()
    {
        var first = AskAsync();
        await _context.Dialogs.WaitForElementAsync(Asked);
        await PressAsync("Cancel");
        Assert.False(await first);

        var again = AskAsync();
        await _context.Dialogs.WaitForElementAsync(Asked);
        await PressAsync("Throw away");

        Assert.True(await again);
    }

    [Fact]
    public async Task Confirm_PageLeftMeanwhile_ClosesTheDialogAndAnswersNo()
    {
        using var gone = new CancellationTokenSource();
        var asking = AskAsync(gone.Token);
        await _context.Dialogs.WaitForElementAsync(Asked);

        await gone.CancelAsync();

        Assert.False(await asking);
        await _context.Dialogs.WaitForAssertionAsync(() => Assert.Empty(_context.Dialogs.FindAll(Asked)));
    }

    [Fact]
    public async Task Confirm_PageLeftAlready_AsksNothing()
    {
        Assert.False(await AskAsync(new CancellationToken(canceled: true)));
        Assert.Empty(_context.Dialogs.FindAll(Asked));
    }

    private Task<bool> AskAsync(CancellationToken gone = default) =>
        _context.Renderer.Dispatcher.InvokeAsync(() => _dialogs.ConfirmAsync(Question, gone));

    private Task PressAsync(string button) =>
        _context.Dialogs.FindAll("button").Single(candidate => candidate.TextContent == button).ClickAsync();
}
