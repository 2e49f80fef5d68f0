using AngleSharp.Dom;
using Bunit;
using Bunit.TestDoubles;
using ClinicBlazor.App.Layout;
using ClinicBlazor.App.Shared;
using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Accounts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using MudBlazor;

namespace ClinicBlazor.Tests.Support;

/// <summary>
/// Renders pages as one signed-in person has them: the domain's own services on a real database, the person asked anew
/// from the session row for each operation. Only the browser is a stand-in.
/// </summary>
public sealed class PageContext : BunitContext
{
    private readonly Lazy<(IRenderedComponent<MudPopoverProvider> Lists, IRenderedComponent<MudDialogProvider> Dialogs)>? _providers;

    // Pages ask a real database; how long that takes is the machine's affair.
    static PageContext() => DefaultWaitTimeout = TimeSpan.FromSeconds(60);

    private PageContext(DomainHost host, LiveSession session, Audience audience)
    {
        Services.AddFallbackServiceProvider(host.Services);
        Services.AddLocalization();
        Services.AddSupplyValueFromQueryProvider();
        Services.AddSingleton<AuthenticationStateProvider>(new Circuit(session));
        Services.AddScoped(services => new CurrentActor(
            services.GetRequiredService<AuthenticationStateProvider>(), host.Get<SessionService>(),
                services.GetRequiredService<NavigationManager>(), host.Clock));
        Services.AddScoped(services => new DraftSavers(
            services.GetService<TimeProvider>() ?? host.Clock, NullLogger<DraftSaver>.Instance));
        JSInterop.Mode = JSRuntimeMode.Loose;
        JSInterop.SetupModule();
        RenderTree.Add<CascadingValue<Audience>>(parameters => parameters.Add(value => value.Value, audience));
        if (audience == Audience.Staff)
        {
            Services.AddStaffComponents();
            _providers = new(OpenProviders);
        }
    }

    /// <summary>The address that the browser shows, from the site's root.</summary>
    public string Address => new Uri(Services.GetRequiredService<NavigationManager>().Uri).PathAndQuery;

    /// <summary>Every address that the page went to, from the site's root.</summary>
    public IEnumerable<string> Visited =>
        Services.GetRequiredService<BunitNavigationManager>().History.Select(step => step.Uri);

    /// <summary>The dialogs that stand beside the page; for staff only.</summary>
    public IRenderedComponent<MudDialogProvider> Dialogs => _providers!.Value.Dialogs;

    /// <summary>The lists and calendars that are open beside the page; for staff only.</summary>
    public IRenderedComponent<MudPopoverProvider> Lists => _providers!.Value.Lists;

    /// <summary>What the list that is open offers, by its words.</summary>
    public IReadOnlyDictionary<string, IElement> Choices =>
        Lists.FindAll("[role=option]").ToDictionary(option => (option.QuerySelector(".opt > span") ?? option).TextContent.Trim());

    /// <summary>Opens a circuit for somebody of the staff.</summary>
    public static Task<PageContext> OfStaffAsync(DomainHost host, TestPerson person) => OpenAsync(host, person, Audience.Staff);

    /// <summary>Opens a circuit for a patient.</summary>
    public static Task<PageContext> OfPatientAsync(DomainHost host, TestPerson person) => OpenAsync(host, person, Audience.Patient);

    /// <summary>Opens an address, for pages that read from it.</summary>
    public void GoTo(string address) => Services.GetRequiredService<NavigationManager>().NavigateTo(address);

    /// <summary>Opens the list of a field and takes a choice of it.</summary>
    public async Task ChooseAsync(IElement field, string choice)
    {
        await field.MouseDownAsync();
        await Lists.WaitForAssertionAsync(() => Assert.Contains(choice, Choices.Keys));
        await Choices[choice].ClickAsync();
    }

    /// <summary>Gives the fresh proof that the dialog asks for.</summary>
    public async Task ProveAsync()
    {
        await Dialogs.Find("#step-up-proof").InputAsync(TestPeople.Password);
        await Dialogs.Find("#step-up-form").SubmitAsync();
    }

    /// <inheritdoc/>
    public override IRenderedComponent<TComponent> Render<TComponent>(RenderFragment renderFragment)
    {
        // Not earlier: what a test registers must come before the first render. The layout brings its own.
        if (typeof(TComponent) != typeof(MainLayout))
        {
            _ = _providers?.Value;
        }

        return base.Render<TComponent>(renderFragment);
    }

    private (IRenderedComponent<MudPopoverProvider> Lists, IRenderedComponent<MudDialogProvider> Dialogs) OpenProviders() =>
        (base.Render<MudPopoverProvider>(Alone<MudPopoverProvider>), base.Render<MudDialogProvider>(Alone<MudDialogProvider>));

    private static void Alone<TComponent>(RenderTreeBuilder builder)
        where TComponent : IComponent
    {
        builder.OpenComponent<TComponent>(0);
        builder.CloseComponent();
    }

    private static async Task<PageContext> OpenAsync(DomainHost host, TestPerson person, Audience audience) =>
        new(host, await host.People.FindSessionAsync(person) ?? throw new InvalidOperationException("The session has ended."), audience);

    private sealed class Circuit(LiveSession session) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() =>
            Task.FromResult(new AuthenticationState(SessionPrincipal.Of(session)));
    }
}
