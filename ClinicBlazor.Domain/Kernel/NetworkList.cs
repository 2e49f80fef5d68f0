using System.Net;
using Microsoft.Extensions.Configuration;

namespace ClinicBlazor.Domain.Kernel;

/// <summary>Networks that a setting names, in CIDR form (RFC 4632) or as single addresses.</summary>
public sealed class NetworkList
{
    /// <summary>Setting: from where the administration can be reached; empty for everywhere.</summary>
    public const string Administration = "Clinic:Administration:Networks";

    /// <summary>Setting: which reverse proxies are believed about who is behind them; empty for none.</summary>
    public const string Proxies = "Clinic:Proxy:Networks";

    private NetworkList(IReadOnlyList<IPNetwork> networks) => Networks = networks;

    /// <summary>The networks.</summary>
    public IReadOnlyList<IPNetwork> Networks { get; }

    /// <summary>True when none is named.</summary>
    public bool IsEmpty => Networks.Count == 0;

    /// <summary>
    /// Reads a setting: a list, or one text with commas. Throws <see cref="FormatException"/>, which names the setting,
    /// for what is no network.
    /// </summary>
    public static NetworkList Read(IConfiguration configuration, string setting)
    {
        var section = configuration.GetSection(setting);
        var texts = section.GetChildren().Select(child => child.Value).Append(section.Value)
            .SelectMany(text => (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        return new NetworkList([.. texts.Select(text => Parse(text)
            ?? throw new FormatException(
                $"{setting} holds \"{text}\", which is no network. One looks like 10.20.0.0/16 or 2001:db8::/32."))]);
    }

    /// <summary>True when one of the networks holds the address.</summary>
    public bool Contains(string address) => IPAddress.TryParse(address, out var parsed) && Contains(parsed);

    private bool Contains(IPAddress address)
    {
        // A server that listens on both families sees IPv4 clients in IPv6 clothes.
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Networks.Any(network => network.Contains(plain));
    }

    private static IPNetwork? Parse(string text)
    {
        if (IPNetwork.TryParse(text, out var network))
        {
            return network;
        }

        return IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8) : null;
    }
}
