using System.Net;
using System.Net.Sockets;

namespace ClinicBlazor.Domain.Kernel;

/// <summary>Whether two network addresses are the same place.</summary>
public static class NetworkAddress
{
    private const int SixNetworkBytes = 8;

    /// <summary>
    /// True for the same IPv4 address, and for two IPv6 addresses of one /64 network: a device changes the rest of its
    /// address daily (RFC 8981). All loopback addresses are one.
    /// </summary>
    public static bool AreSame(string one, string other) =>
        string.Equals(one, other, StringComparison.Ordinal)
        || (IPAddress.TryParse(one, out var first) && IPAddress.TryParse(other, out var second)
            && Network(first).SequenceEqual(Network(second)));

    /// <summary>What counts as one client: whoever has one address of a /64 network has all of them.</summary>
    public static string NetworkOf(IPAddress? address) => address is null ? "" : Convert.ToHexString(Network(address));

    /// <summary>
    /// An address as people know it: an IPv4 address that came over an IPv6 socket is one of IPv4 (RFC 4291, section
    /// 2.5.5.2).
    /// </summary>
    public static string Shown(IPAddress? address) => address is null ? "" : Plain(address).ToString();

    /// <summary>The same for an address that was kept as text.</summary>
    public static string Shown(string address) => address.StartsWith("::ffff:", StringComparison.Ordinal)
        && IPAddress.TryParse(address, out var read) ? Shown(read) : address;

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static byte[] Network(IPAddress address)
    {
        if (IPAddress.IsLoopback(address))
        {
            return IPAddress.Loopback.GetAddressBytes();
        }

        var plain = Plain(address);
        return plain.AddressFamily == AddressFamily.InterNetworkV6 ? plain.GetAddressBytes()[..SixNetworkBytes] : plain.GetAddressBytes();
    }
}
