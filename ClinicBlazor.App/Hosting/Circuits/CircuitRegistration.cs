using Microsoft.AspNetCore.SignalR;

namespace ClinicBlazor.App.Hosting.Circuits;

/// <summary>Registers the pages' circuits, with what guards them.</summary>
public static class CircuitRegistration
{
    /// <summary>Largest message that a circuit accepts, in bytes; files go over HTTP.</summary>
    public const int MessageLimit = 64 * 1024;

    /// <summary>Circuits without a connection stay for a short time; none that keeps its state in the browser.</summary>
    public static IServiceCollection AddClinicCircuits(this IServiceCollection services)
    {
        services.AddSingleton<OpenCircuits>();
        services.AddSingleton<CircuitGuard>();
        services.AddHostedService<CircuitSessionWatch>();
        services.AddRazorComponents().AddInteractiveServerComponents(options =>
        {
            options.DetailedErrors = false;
            // More than one account can hold, so that nobody pushes everybody else's out.
            options.DisconnectedCircuitMaxRetained = 2 * CircuitGuard.MostPerAccount;
            options.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(2);
            options.PersistedCircuitInMemoryMaxRetained = 0;
            options.JSInteropDefaultCallTimeout = TimeSpan.FromSeconds(15);
        }).AddHubOptions(options =>
        {
            options.EnableDetailedErrors = false;
            options.MaximumReceiveMessageSize = MessageLimit;
            options.MaximumParallelInvocationsPerClient = 1;
            options.HandshakeTimeout = TimeSpan.FromSeconds(5);
            options.AddFilter<CircuitGuard>();
        });

        return services;
    }
}
