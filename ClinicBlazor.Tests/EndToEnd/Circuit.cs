using Microsoft.Playwright;

namespace ClinicBlazor.Tests.EndToEnd;

/// <summary>The connection of one page, which a test can cut.</summary>
internal sealed class Circuit
{
    private const string Address = "**/_blazor**";

    private readonly List<IWebSocketRoute> sockets = [];

    /// <summary>Stands between a page and the server, before the page is opened.</summary>
    public Task WatchAsync(IPage page) => page.RouteWebSocketAsync(Address, route =>
    {
        sockets.Add(route);
        route.ConnectToServer();
    });

    /// <summary>Cuts the connection; none comes about until <see cref="MendAsync"/>.</summary>
    public async Task CutAsync(IPage page)
    {
        await page.RouteAsync(Address, route => route.AbortAsync());
        await sockets[^1].CloseAsync();
    }

    /// <summary>The way is free again.</summary>
    public static Task MendAsync(IPage page) => page.UnrouteAsync(Address);

    /// <summary>
    /// What the client script does when the server no longer knows the circuit. <c>window.old</c> is gone with the page.
    /// </summary>
    public static Task RejectAsync(IPage page) => page.EvaluateAsync(
        "window.old = true; document.getElementById('components-reconnect-modal').className = 'recon components-reconnect-rejected'");
}
