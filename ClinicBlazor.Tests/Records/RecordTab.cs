using System.Diagnostics;
using Bunit;
using ClinicBlazor.App.Records;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Tests.Patients;
using ClinicBlazor.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Tests.Records;

/// <summary>Somebody's tab with the record component in it, and everything that it holds.</summary>
internal sealed class RecordTab : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly List<IComponent> parts = [];

    private readonly DomainHost host;

    private RecordTab(DomainHost host, PageContext context, HeldTimers timers) => (this.host, Context, Timers) = (host, context, timers);

    public PageContext Context { get; }

    /// <summary>The address that the tab shows.</summary>
    public string Address => Context.Address;

    /// <summary>The pauses of the page; they end when a test says so.</summary>
    public HeldTimers Timers { get; }

    /// <summary>The record component.</summary>
    public IRenderedComponent<RecordView> Page { get; private set; } = null!;

    /// <summary>What the record component has drawn.</summary>
    public string Markup => Page.Markup;

    public bool IsNotFound => Page.FindAll("[data-testid=not-found]").Count == 1 && Page.FindAll("[data-testid=record]").Count == 0;

    /// <summary>Every component of the record pages that was in this tab when <see cref="RememberParts"/> was called.</summary>
    public IReadOnlyList<IComponent> Parts => parts;

    public static async Task<RecordTab> OpenAsync(DomainHost host, TestPerson person, Guid recordId, RenderFragment<Guid>? above = null)
    {
        var isStaff = (await host.People.ActorAsync(person)).Roles.HasAny(Roles.Staff);
        var context = isStaff
            ? await PageContext.OfStaffAsync(host, person)
            : await PageContext.OfPatientAsync(host, person);
        var timers = new HeldTimers(host.Clock);
        context.Services.AddSingleton<TimeProvider>(timers);
        var tab = new RecordTab(host, context, timers);
        tab.Page = context.Render<RecordView>(view => view.Add(value => value.RecordId, recordId).Add(value => value.Above, above));
        return tab;
    }

    /// <summary>The same component is given another record.</summary>
    public void Show(Guid recordId) =>
        Page.Render(view => view.Add(value => value.RecordId, recordId));

    /// <summary>Waits until a record, or the message in its place, stands.</summary>
    public Task<AngleSharp.Dom.IElement> SettleAsync(string selector = "[data-testid=record], [data-testid=not-found]") =>
        Page.WaitForElementAsync(selector, Patience);

    /// <summary>Waits until a dialog stands beside the page.</summary>
    public Task<AngleSharp.Dom.IElement> DialogAsync(string selector) => Context.Dialogs.WaitForElementAsync(selector, Patience);

    public Task EventuallyAsync(Action assertion) => Page.WaitForAssertionAsync(assertion, Patience);

    /// <summary>Keeps hold of the parts of the page, to look into them when they are gone from it.</summary>
    public void RememberParts() =>
        parts.AddRange(
            HeldText.ComponentsOf(Context.Renderer).Where(component => component.GetType().Namespace == typeof(RecordView).Namespace));

    /// <summary>Where a word is held, in the page or in the parts that were remembered.</summary>
    public IReadOnlyList<string> PlacesOf(string word)
    {
        var held = new HeldText(word, host.Get<IServiceProviderIsService>());
        return [.. held.InPage(Context.Renderer), .. held.In(parts)];
    }

    /// <summary>
    /// Waits until a word is held nowhere. A removed part still keeps its last draft, and draws nothing when that is done.
    /// </summary>
    public async Task ForgottenAsync(string word)
    {
        var waited = Stopwatch.StartNew();
        while (PlacesOf(word) is { Count: > 0 } places)
        {
            Assert.True(waited.Elapsed < Patience, string.Join('\n', places));
            await Task.Delay(10);
        }
    }

    public async ValueTask DisposeAsync() => await Context.DisposeAsync();
}
