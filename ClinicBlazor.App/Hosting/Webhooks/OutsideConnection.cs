using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace ClinicBlazor.App.Hosting.Webhooks;

/// <summary>A connection would have led to this machine itself.</summary>
public sealed class InsideAddressException() : Exception("The address lies inside of this machine.");

/// <summary>
/// Connects to other machines only, so that an address in the settings reaches nothing that listens for this machine alone
/// (server-side request forgery; OWASP Top 10:2021, A10).
/// </summary>
internal static class OutsideConnection
{
    private const int FirstMulticast = 224;
    private const int CompatibleZeros = 12;

    /// <summary>
    /// Resolves the name, leaves out what lies inside, and connects to the very addresses that were looked at: a name that says
    /// something else a moment later changes nothing. Throws <see cref="InsideAddressException"/> when nothing is left.
    /// </summary>
    public static async ValueTask<Stream> OpenAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var host = context.DnsEndPoint.Host;
        var found = IPAddress.TryParse(host, out var written) ? [written] : await Dns.GetHostAddressesAsync(host, ct);
        var own = OwnAddresses();
        var outside = Array.FindAll(found, address => !IsInside(address, own));
        if (outside.Length == 0)
        {
            throw new InsideAddressException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(outside, context.DnsEndPoint.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>
    /// True for what leads to this machine, or to no single one: loopback, unspecified, link-local and multicast addresses in every
    /// form that holds one, and the addresses of its own interfaces.
    /// </summary>
    public static bool IsInside(IPAddress address, IReadOnlySet<IPAddress> own)
    {
        var plain = Plain(address);
        return own.Contains(plain) || IPAddress.IsLoopback(plain) || (plain.AddressFamily == AddressFamily.InterNetwork
            ? plain.GetAddressBytes() is [0, ..] or [169, 254, ..] or [>= FirstMulticast, ..]
            : plain.IsIPv6LinkLocal || plain.IsIPv6Multicast || IsOfOldForm(plain));
    }

    /// <summary>The addresses of this machine's interfaces.</summary>
    public static IReadOnlySet<IPAddress> OwnAddresses() => NetworkInterface.GetAllNetworkInterfaces()
        .SelectMany(card => card.GetIPProperties().UnicastAddresses).Select(entry => Plain(entry.Address)).ToHashSet();

    // Unspecified, loopback, and an address of IPv4 in the form that mapped ones came after (RFC 4291, section 2.5.5.1).
    private static bool IsOfOldForm(IPAddress address) =>
        !address.GetAddressBytes().AsSpan(0, CompatibleZeros).ContainsAnyExcept((byte)0);

    // Without the number of an interface, by which one address is written in several ways.
    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4()
        : address.AddressFamily == AddressFamily.InterNetworkV6 ? new IPAddress(address.GetAddressBytes()) : address;
}
