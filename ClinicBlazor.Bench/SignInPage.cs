using System.Globalization;
using System.Text.RegularExpressions;

namespace ClinicBlazor.Bench;

/// <summary>Everything that the sign-in page loads, compressed as the server sends it; limit: 30 KB.</summary>
internal static partial class SignInPage
{
    public static async Task MeasureAsync(string clinic, WorkFolder work)
    {
        await using var server = await Server.StartAsync(clinic, work.Folder("sign-in-data"));
        using var client = new HttpClient { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Add("Accept-Encoding", "br");
        using var plain = new HttpClient { BaseAddress = server.Address };
        var page = new Uri("/Identity/Account/Login", UriKind.Relative);
        var html = await plain.GetStringAsync(page);
        var total = (await client.GetByteArrayAsync(page)).Length;
        foreach (Match link in Linked().Matches(html))
        {
            total += (await client.GetByteArrayAsync(new Uri(link.Groups["url"].Value, UriKind.RelativeOrAbsolute))).Length;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"sign-in page with all it loads: {total / 1024.0:F1} KB"));
    }

    [GeneratedRegex("(?:<link[^>]* href|<script[^>]* src)=\"(?<url>[^\"]+)\"", RegexOptions.NonBacktracking)]
    private static partial Regex Linked();
}
