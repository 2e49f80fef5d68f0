using ClinicBlazor.App.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace ClinicBlazor.Tests.Shared;

/// <summary>What the browser is asked for a part of a page that is gone by then: no fault of the page that was gone on to.</summary>
[Trait("Requirement", "C-03")]
public sealed class PartScriptTests
{
    [Fact]
    public async Task Script_OfAPartThatStays_BeginsAndEndsWithIt()
    {
        var browser = new Browser();
        await using var script = new PartScript<PartScriptTests>(browser, this);
        await BeginAsync(script);
        Assert.Equal(["import", "begin"], browser.Calls);

        await script.DisposeAsync();

        Assert.Equal(["import", "begin", "end"], browser.Calls);
    }

    [Fact]
    public async Task PartRemoved_WhileItsScriptIsLoaded_BeginsNothing()
    {
        var browser = new Browser();
        await using var script = new PartScript<PartScriptTests>(browser, this);
        var loaded = browser.Hold("import");
        var beginning = BeginAsync(script);
        await script.DisposeAsync();

        loaded.SetResult();
        await beginning;

        Assert.Equal(["import"], browser.Calls);
    }

    [Fact]
    public async Task PartRemoved_WhileItsScriptBegins_IsEnded()
    {
        var browser = new Browser();
        await using var script = new PartScript<PartScriptTests>(browser, this);
        var begun = browser.Hold("begin");
        var beginning = BeginAsync(script);
        await script.DisposeAsync();

        begun.SetResult();
        await beginning;

        Assert.Equal(["import", "begin", "end"], browser.Calls);
    }

    [Fact]
    public async Task PartRemoved_BeforeItsScriptFindsIt_IsNoFault()
    {
        var browser = new Browser();
        await using var script = new PartScript<PartScriptTests>(browser, this);
        var begun = browser.Hold("begin");
        var beginning = BeginAsync(script);
        await script.DisposeAsync();

        begun.SetException(new JSException("Cannot read properties of null"));

        await beginning;
    }

    [Fact]
    public async Task Script_ThatFailsBesideItsPart_IsAFault()
    {
        var browser = new Browser();
        await using var script = new PartScript<PartScriptTests>(browser, this);
        browser.Hold("begin").SetException(new JSException("No such function"));

        await Assert.ThrowsAsync<JSException>(() => BeginAsync(script));
    }

    [Fact]
    public async Task Focus_ForWhatHasLeftThePage_IsNoFault()
    {
        var browser = new Browser();
        browser.Hold("Blazor._internal.domWrapper.focus").SetException(new JSException("Unable to focus an invalid element"));

        await new ElementReference("1", new WebElementReferenceContext(browser)).FocusIfThereAsync();

        Assert.Single(browser.Calls);
    }

    private static Task BeginAsync(PartScript<PartScriptTests> script) => script.BeginAsync("js/part.js");

    /// <summary>A browser that answers when it is let.</summary>
    private sealed class Browser : IJSRuntime, IJSObjectReference
    {
        private readonly Dictionary<string, TaskCompletionSource> held = [];

        public List<string> Calls { get; } = [];

        public TaskCompletionSource Hold(string call) => held[call] = new TaskCompletionSource();

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args) =>
            InvokeAsync<TValue>(identifier, CancellationToken.None, args);

        public async ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args)
        {
            Calls.Add(identifier);
            if (held.TryGetValue(identifier, out var answer))
            {
                await answer.Task.WaitAsync(cancellationToken);
            }

            return this is TValue value ? value : default!;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
