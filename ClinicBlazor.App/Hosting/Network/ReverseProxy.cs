using ClinicBlazor.App.Hosting.Checks;
using ClinicBlazor.Domain.Kernel;
using Microsoft.AspNetCore.HttpOverrides;

namespace ClinicBlazor.App.Hosting.Network;

/// <summary>
/// Behind a reverse proxy the connection tells nothing of the client: the proxy does, in headers that anybody could
/// send. They count from the networks of <see cref="NetworkList.Proxies"/> alone (requirement S3-01).
/// </summary>
public static class ReverseProxy
{
    /// <summary>How many proxies a request passes one after the other.</summary>
    public const string HopsSetting = "Clinic:Proxy:Hops";

    private const int MostHops = 8;

    // What the framework reads by itself, and then believes everybody.
    private const string TrustEverybody = "ForwardedHeaders_Enabled";

    /// <summary>
    /// Takes address, scheme and host from configured proxies. Throws <see cref="StartupRefusedException"/> for a wrong
    /// setting.
    /// </summary>
    public static void AddReverseProxy(this WebApplicationBuilder builder)
    {
        if (builder.Configuration.GetValue(TrustEverybody, defaultValue: false))
        {
            throw new StartupRefusedException(
                $"ASPNETCORE_FORWARDEDHEADERS_ENABLED lets every client choose its own address. Take it away and name the proxies in {NetworkList.Proxies}.");
        }

        var proxies = NetworkSettings.Read(builder.Configuration, NetworkList.Proxies);
        var hops = builder.Configuration.GetValue<int?>(HopsSetting) ?? 1;
        if (hops is < 1 or > MostHops)
        {
            throw new StartupRefusedException(
                $"{HopsSetting} must be between 1 and {MostHops}: how many proxies a request passes one after the other.");
        }

        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = proxies.IsEmpty
                ? ForwardedHeaders.None
                : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            foreach (var network in proxies.Networks)
            {
                options.KnownIPNetworks.Add(network);
            }

            // What stands before that in the header is the client's own word, whichever network it claims to come from.
            options.ForwardLimit = hops;
        });
    }
}

/// <summary>Settings that hold networks.</summary>
public static class NetworkSettings
{
    /// <summary>The networks of a setting. Throws <see cref="StartupRefusedException"/>, which names it, when it is wrong.</summary>
    public static NetworkList Read(IConfiguration configuration, string setting)
    {
        try
        {
            return NetworkList.Read(configuration, setting);
        }
        catch (FormatException fault)
        {
            throw new StartupRefusedException(fault.Message);
        }
    }
}
