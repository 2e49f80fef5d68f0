using System.Net;
using System.Net.Sockets;

namespace ClinicBlazor.Domain.Kernel;

/// <summary>Where a clamd listens, as its setting says.</summary>
public static class ClamdAddress
{
    /// <summary>
    /// The place that <paramref name="text"/> names: the full path of a Unix socket, or <c>tcp://</c> with a name or address of this
    /// machine and a port. Null for anything else: what is sent is not encrypted, so it never leaves the machine.
    /// </summary>
    public static EndPoint? Read(string? text)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme == "tcp")
        {
            return url is { IsLoopback: true, Port: > 0, AbsolutePath: "" or "/" } ? new DnsEndPoint(url.DnsSafeHost, url.Port) : null;
        }

        try
        {
            return Path.IsPathFullyQualified(text ?? "") ? new UnixDomainSocketEndPoint(text!) : null;
        }
        catch (ArgumentOutOfRangeException)
        {
            // Longer than a system takes.
            return null;
        }
    }
}
