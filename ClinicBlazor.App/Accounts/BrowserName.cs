namespace ClinicBlazor.App.Accounts;

/// <summary>What a person calls the browser and the device behind a user agent string.</summary>
/// <param name="Browser">Firefox, Chrome …; null for one that is not known.</param>
/// <param name="System">Windows, iPad …; null for one that is not known.</param>
public sealed record BrowserName(string? Browser, string? System)
{
    // In this order: each of the later words stands in the agents of the earlier ones too.
    private static readonly (string Word, string Name)[] Browsers =
        [("Edg/", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"),
            ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];

    private static readonly (string Word, string Name)[] Systems =
        [("iPad", "iPad"), ("iPhone", "iPhone"), ("Android", "Android"), ("CrOS", "ChromeOS"), ("Windows", "Windows"), ("Macintosh", "Mac"),
            ("Linux", "Linux")];

    /// <summary>Reads a user agent string.</summary>
    public static BrowserName Of(string userAgent) => new(Find(Browsers, userAgent), Find(Systems, userAgent));

    private static string? Find((string Word, string Name)[] known, string userAgent) =>
        Array.Find(known, entry => userAgent.Contains(entry.Word, StringComparison.Ordinal)).Name;
}
