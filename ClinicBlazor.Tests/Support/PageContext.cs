using Bunit;
using Bunit.TestDoubles;
using ClinicBlazor.App.Accounts;
using ClinicBlazor.App.Hosting;
using ClinicBlazor.App.Shared;
using ClinicBlazor.Domain.Accounts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Tests.Support;

/// <summary>
/// Renders pages as one signed-in person has them: the domain's own services on a real database, the person asked anew
/// from the session row for each operation. Only the browser is a stand-in.
/// </summary>
public sealed class PageContext : BunitContext
{
    private PageContext(DomainHost host, LiveSession session, Audience audience)
    {
        Services.AddFallbackServiceProvider(host.Services);
        Services.AddLocalization();
        Services.AddSupplyValueFromQueryProvider();
        Services.AddSingleton<AuthenticationStateProvider>(new Circuit(session));
        Services.AddScoped(services => new CurrentActor(
            services.GetRequiredService<AuthenticationStateProvider>(), host.Get<SessionService>(), services.GetRequiredService<NavigationManager>()));
        JSInterop.Mode = JSRuntimeMode.Loose;
        JSInterop.SetupModule();
        RenderTree.Add<CascadingValue<Audience>>(parameters => parameters.Add(value => value.Value, audience));
        RenderTree.Add<StepUpProvider>();
    }

    /// <summary>The address that the browser shows, from the site's root.</summary>
    public string Address => new Uri(Services.GetRequiredService<NavigationManager>().Uri).PathAndQuery;

    /// <summary>Every address that the page went to, from the site's root.</summary>
    public IEnumerable<string> Visited =>
        Services.GetRequiredService<BunitNavigationManager>().History.Select(step => step.Uri);

    /// <summary>Opens a circuit for somebody of the staff.</summary>
    public static Task<PageContext> OfStaffAsync(DomainHost host, TestPerson person) => OpenAsync(host, person, Audience.Staff);

    /// <summary>Opens a circuit for a patient.</summary>
    public static Task<PageContext> OfPatientAsync(DomainHost host, TestPerson person) => OpenAsync(host, person, Audience.Patient);

    /// <summary>Opens an address, for pages that read from it.</summary>
    public void GoTo(string address) => Services.GetRequiredService<NavigationManager>().NavigateTo(address);

    private static async Task<PageContext> OpenAsync(DomainHost host, TestPerson person, Audience audience) =>
        new(host, await host.People.FindSessionAsync(person) ?? throw new InvalidOperationException("The session has ended."), audience);

    private sealed class Circuit(LiveSession session) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() =>
            Task.FromResult(new AuthenticationState(SessionPrincipal.Of(session)));
    }
}
