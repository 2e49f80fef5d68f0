using System.Text;

namespace ClinicBlazor.App.Web;

/// <summary>Where a request may be sent on to: this site, nowhere else.</summary>
public static class LocalUrl
{
    /// <summary>
    /// The address when it is a path of this site, else the start page; what is not ASCII is escaped, since a header
    /// takes no other.
    /// </summary>
    public static string Of(string? url) =>
        url is ['/', ..] && url is not ['/', '/' or '\\', ..] && !url.Any(char.IsControl) ? Escape(url) : "/";

    private static string Escape(string url) =>
        Ascii.IsValid(url) ? url
            : string.Concat(url.EnumerateRunes().Select(rune => rune.IsAscii ? $"{rune}" : Uri.EscapeDataString($"{rune}")));
}
