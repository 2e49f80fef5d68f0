using Microsoft.Playwright;

namespace ClinicBlazor.Tests.EndToEnd;

/// <summary>The page that every page of a session is sent to when the session has ended.</summary>
internal static class SignedOutPage
{
    /// <summary>Waits until a page was sent there, and shows it.</summary>
    public static async Task WaitForSignedOutAsync(this IPage page, int seconds = 30)
    {
        // From the address on, and not from a load: the page that is left may still be loading, and its end is no concern.
        await page.WaitForURLAsync("**/signed-out", new() { Timeout = seconds * 1000, WaitUntil = WaitUntilState.Commit });
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
    }
}
