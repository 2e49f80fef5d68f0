using ClinicBlazor.Domain.Access;
using Microsoft.AspNetCore.HttpOverrides;

namespace ClinicBlazor.App.Hosting.Network;

/// <summary>
/// Behind a reverse proxy the connection tells nothing of the client: the proxy does, in headers that anybody could
/// send. They count from the networks of <see cref="NetworkList.Proxies"/> alone (requirement S3-01).
/// </summary>
public static class ReverseProxy
{
    // What the framework reads by itself, and then believes everybody.
    private const string TrustEverybody = "ForwardedHeaders_Enabled";

    /// <summary>Takes address, scheme and host from configured proxies. Throws <see cref="StartupRefusedException"/> for a wrong setting.</summary>
    public static void AddReverseProxy(this WebApplicationBuilder builder)
    {
        if (builder.Configuration.GetValue(TrustEverybody, defaultValue: false))
        {
            throw new StartupRefusedException(
                $"ASPNETCORE_FORWARDEDHEADERS_ENABLED lets every client choose its own address. Take it away and name the proxies in {NetworkList.Proxies}.");
        }

        var proxies = NetworkSettings.Read(builder.Configuration, NetworkList.Proxies);
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

            // One hop for each proxy that is named; what stands before that in the header is the client's own word.
            options.ForwardLimit = Math.Max(1, proxies.Networks.Count);
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
