using Microsoft.AspNetCore.Builder;

namespace ClinicBlazor.Tests.Support;

/// <summary>
/// A running application that all tests of one class share: Development, demo clinic, rate limits off. A derived
/// fixture may change what it needs. A test must not depend on what another one leaves in it.
/// </summary>
public class AppFixture : IAsyncLifetime
{
    private AppHost? host;

    public AppHost Host => host!;

    /// <summary>Settings that differ from those of <see cref="AppHost"/>.</summary>
    protected virtual IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>();

    public virtual async Task InitializeAsync() => host = await AppHost.StartAsync(Settings, Configure);

    public virtual async Task DisposeAsync() => await Host.DisposeAsync();

    /// <summary>Changes before the application is built.</summary>
    protected virtual void Configure(WebApplicationBuilder builder)
    {
    }
}
