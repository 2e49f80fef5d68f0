using System.Collections.Concurrent;
using System.Text;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Demo;
using ClinicBlazor.Tests.Support;
using Microsoft.Playwright;

namespace ClinicBlazor.Tests.EndToEnd;

/// <summary>
/// A person at a browser of their own. Every frame that the server sends over the circuit's socket is kept, so that a
/// test can show what did not come.
/// </summary>
public sealed class ClinicUser : IAsyncDisposable
{
    private static readonly (ColorScheme Scheme, ForcedColors Forced)[] Schemes =
    [
        (ColorScheme.Light, ForcedColors.None), (ColorScheme.Dark, ForcedColors.None), (ColorScheme.Dark, ForcedColors.Active),
    ];

    private readonly Uri site;
    private readonly IBrowserContext context;
    private readonly ConcurrentQueue<byte[]> frames = new();
    private readonly ConcurrentQueue<string> violations = new();

    private ClinicUser(Uri site, IBrowserContext context, IPage page) => (this.site, this.context, Page) = (site, context, page);

    /// <summary>The tab.</summary>
    public IPage Page { get; }

    /// <summary>
    /// What the content security policy refused in this browser since the last call. Whatever is left fails the test in
    /// the end.
    /// </summary>
    public IReadOnlyList<string> TakeViolations()
    {
        var taken = violations.ToList();
        violations.Clear();
        return taken;
    }

    /// <summary>Waits for a violation, and takes all that was told of it: by the browser itself, and by the page's listener.</summary>
    public async Task<IReadOnlyList<string>> WaitForViolationsAsync()
    {
        await TestTime.WaitUntilAsync(() => !violations.IsEmpty);
        await Task.Delay(TimeSpan.FromSeconds(1));
        return TakeViolations();
    }

    /// <summary>Opens a browser of the given size. Patients' tablets have touch.</summary>
    public static async Task<ClinicUser> OpenAsync(BrowserFixture browser, Uri site, int width, int height, bool touch = false,
        string locale = "en-US")
    {
        var window = await browser.Browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            HasTouch = touch,
            Locale = locale,

            // What moves is drawn over and over, by the processor, while a test waits.
            ReducedMotion = ReducedMotion.Reduce,
        });
        window.SetDefaultTimeout(60_000);
        await window.AddInitScriptAsync(
            "addEventListener('securitypolicyviolation', e => console.error(`Content Security Policy: ${e.effectiveDirective} ${e.blockedURI} ${e.sample} ${location.pathname}`))");
        var user = new ClinicUser(site, window, await window.NewPageAsync());
        window.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
            {
                user.violations.Enqueue(message.Text);
            }
        };
        user.Page.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) =>
            user.frames.Enqueue(frame.Binary ?? Encoding.UTF8.GetBytes(frame.Text ?? ""));
        return user;
    }

    /// <summary>A patient on a tablet, signed in.</summary>
    public static async Task<ClinicUser> PatientAsync(BrowserFixture browser, AppHost app, string email)
    {
        var user = await OpenAsync(browser, app.Address, 810, 1080, touch: true);
        await user.SignInAsync(email);
        return user;
    }

    /// <summary>A member of staff at a desktop, signed in with the second factor.</summary>
    public static async Task<ClinicUser> StaffAsync(BrowserFixture browser, AppHost app, string email)
    {
        var user = await OpenAsync(browser, app.Address, 1366, 768);
        await user.SignInAsync(app, email);
        return user;
    }

    /// <summary>Takes over a session that is complete, without going through the pages of the sign-in.</summary>
    public async Task TakeSessionAsync(AppHost app, string email)
    {
        var client = new ClientInfo("127.0.0.1", await Page.EvaluateAsync<string>("navigator.userAgent"));
        await context.AddCookiesAsync(
            [new() { Name = "clinic-session", Value = await app.OpenSessionAsync(email, client), Url = site.ToString() }]);
    }

    /// <summary>Signs in with the demo password and the second factor.</summary>
    public async Task SignInAsync(AppHost app, string email)
    {
        await SignInAsync(email);
        await Page.GetByLabel("Authenticator code").FillAsync(await app.NewCodeAsync(email));
        await Page.GetByRole(AriaRole.Button, new() { Name = "Verify" }).ClickAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).WaitForAsync();
    }

    /// <summary>Goes to an address of the site and answers with the status.</summary>
    public async Task<int> GoToAsync(string path) => (await Page.GotoAsync(new Uri(site, path).ToString()))!.Status;

    /// <summary>Signs in with the demo password, as far as the password goes.</summary>
    public async Task SignInAsync(string email)
    {
        await GoToAsync("/");
        await Page.GetByLabel("E-mail").FillAsync(email);
        await Page.GetByLabel("Password", new() { Exact = true }).FillAsync(DemoData.Password);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
    }

    /// <summary>True when a word came over the socket or stands in the page.</summary>
    public async Task<bool> HasSeenAsync(string word)
    {
        var bytes = Encoding.UTF8.GetBytes(word);
        return frames.Any(frame => frame.AsSpan().IndexOf(bytes) >= 0)
            || (await Page.ContentAsync()).Contains(word, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Fails when axe finds anything on the page as it stands.</summary>
    public async Task AssertAccessibleAsync()
    {
        var findings = await AxeCheck.FindAsync(Page);
        Assert.True(findings.Count == 0, $"{Page.Url}: {string.Join("; ", findings)}");
    }

    /// <summary>The same in light and dark colours and in those that somebody has chosen; all else of the page stays as it is.</summary>
    public async Task AssertAccessibleInEachSchemeAsync()
    {
        foreach (var (scheme, forced) in Schemes)
        {
            await Page.EmulateMediaAsync(new() { ColorScheme = scheme, ForcedColors = forced });
            await AssertAccessibleAsync();
        }

        await Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light, ForcedColors = ForcedColors.None });
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        var fault = await FindFaultAsync();
        await context.CloseAsync();
        Assert.Empty(violations);
        Assert.True(fault is null, fault);
    }

    /// <summary>What the log says of a fault that the page tells of; without it nobody would know why a test failed.</summary>
    private async Task<string?> FindFaultAsync()
    {
        var title = Page.Locator("h1", new() { HasText = "That did not work, and it is our fault" });
        if (Page.IsClosed || AppHost.At(site) is not { } app || await title.CountAsync() == 0)
        {
            return null;
        }

        var reference = await Page.GetByTestId("reference").First.InnerTextAsync();
        var log = await app.ReadLogAsync();
        var at = Math.Max(0, log.IndexOf(reference, StringComparison.Ordinal));
        return $"{Page.Url}: {reference}: {log[at..Math.Min(log.Length, at + 3000)]}";
    }
}
