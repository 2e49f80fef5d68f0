using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace ClinicBlazor.Tests.EndToEnd;

/// <summary>The page that every page of a session is sent to when the session has ended.</summary>
internal static partial class SignedOutPage
{
    /// <summary>Waits until a page was sent there, and shows it.</summary>
    public static async Task WaitForSignedOutAsync(this IPage page, int seconds = 30)
    {
        // The address and the heading alone: a wait for the load of a page that is there already may never end.
        await Assertions.Expect(page).ToHaveURLAsync(SignedOut(), new() { Timeout = seconds * 1000 });
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
    }

    [GeneratedRegex("/signed-out$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SignedOut();
}
