using System.Globalization;
using AngleSharp.Dom;
using Bunit;
using ClinicBlazor.App.Security;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Security.Alerts;
using ClinicBlazor.Tests.Audit;
using ClinicBlazor.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ClinicBlazor.Tests.Security.Pages;

/// <summary>The page of alerts: what it shows, and how an alert is acknowledged there.</summary>
[Trait("Requirement", "S4-10")]
[Trait("Requirement", "S4-11")]
public sealed class SecurityPageTests(SqliteClinic clinic) : IClassFixture<SqliteClinic>
{
    private AlertService Alerts => clinic.Host.Get<AlertService>();

    [Fact]
    public async Task Alert_ThatIsOpen_SaysWhatHappenedAndLeadsToItsEntries()
    {
        var tried = await clinic.People.AddStaffAsync(Roles.Doctor);
        var name = (await clinic.People.ActorAsync(tried)).DisplayName;
        var id = await AlertSamples.RaiseAsync(clinic.Host, AlertKind.FailedSignIns, tried, count: 5);
        await using var context = await OpenAsync();
        var row = await RowAsync(context.Render<SecurityPage>(), id);

        Assert.Equal("Many failed sign-ins", row.QuerySelector("h3")!.TextContent);
        Assert.StartsWith($"5 failed sign-ins for {name}, from {AlertSamples.Address}, since ", row.QuerySelector(".what p")!.TextContent,
            StringComparison.Ordinal);
        Assert.Equal("Urgent", row.QuerySelector(".st-danger")!.TextContent);
        var day = clinic.Host.Clock.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        Assert.Equal($"/audit?from={day}&to={day}&who={Uri.EscapeDataString(name)}&outcome=Failed",
            row.QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Acknowledge_WithANote_TakesTheAlertToThoseThatAreAcknowledged()
    {
        var id = await AlertSamples.RaiseAsync(clinic.Host, AlertKind.AttackInput);
        var other = await AlertSamples.RaiseAsync(clinic.Host, AlertKind.MailStuck);
        var reader = await clinic.People.AddStaffAsync(Roles.Administrator);
        await using var context = await PageContext.OfStaffAsync(clinic.Host, reader);
        var page = context.Render<SecurityPage>();
        await RowAsync(page, id);

        await WriteAsync(page, id, "A visitor tried. The address is blocked.");
        await Form(page, id).SubmitAsync();

        await page.WaitForAssertionAsync(() => Assert.Empty(page.FindAll($"[data-alert='{id}']")));
        Assert.NotEmpty(page.FindAll($"[data-alert='{other}']"));
        Assert.Contains("Acknowledged: Input that looks like an attack", page.Find("[data-testid=acknowledged]").TextContent,
            StringComparison.Ordinal);
        context.GoTo("/security?state=acknowledged");
        var row = await RowAsync(page, id);
        var found = row.QuerySelector("[data-testid=found]")!.TextContent;
        Assert.StartsWith((await clinic.People.ActorAsync(reader)).DisplayName, found, StringComparison.Ordinal);
        Assert.EndsWith("A visitor tried. The address is blocked.", found, StringComparison.Ordinal);
        Assert.Empty(row.QuerySelectorAll("button"));
    }

    [Fact]
    [Trait("Requirement", "S2-11")]
    public async Task Acknowledge_PressedTwice_IsDoneOnce()
    {
        var held = new HeldQueries();
        await using var host = await held.StartAsync(DatabaseKind.Sqlite);
        var id = await AlertSamples.RaiseAsync(host, AlertKind.AttackInput);
        await using var context = await PageContext.OfStaffAsync(host, await host.People.AddStaffAsync(Roles.Administrator));
        var page = context.Render<SecurityPage>();
        await RowAsync(page, id);
        await WriteAsync(page, id, "A test of ours.");
        var (go, reached) = held.HoldNext("Alerts");

        var first = Form(page, id).SubmitAsync();
        await reached;
        var second = Form(page, id).SubmitAsync();
        go.SetResult();
        await Task.WhenAll(first, second);

        await page.WaitForAssertionAsync(() => Assert.Empty(page.FindAll($"[data-alert='{id}']")));
        Assert.Single(await AuditSamples.ReadAsync(host), entry => entry.Act == AuditAct.AlertAcknowledged);
    }

    [Fact]
    [Trait("Requirement", "S4-07")]
    public async Task Acknowledge_WithoutANote_IsRefusedBesideTheField()
    {
        var id = await AlertSamples.RaiseAsync(clinic.Host, AlertKind.MailStuck);
        await using var context = await OpenAsync();
        var page = context.Render<SecurityPage>();
        await RowAsync(page, id);
        await WriteAsync(page, id, "   ");

        await Form(page, id).SubmitAsync();

        var field = page.Find($"#note-{id:N}");
        Assert.Equal("Write what you found out, and what was done.", page.Find($"#note-{id:N}-error").TextContent);
        Assert.Equal($"note-{id:N}-error", field.GetAttribute("aria-describedby"));
        Assert.Equal("true", field.GetAttribute("aria-invalid"));
        Assert.NotEmpty(page.FindAll($"[data-alert='{id}']"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Note_LeftByEscOrCancel_IsNotSent(bool byKey)
    {
        var id = await AlertSamples.RaiseAsync(clinic.Host, AlertKind.MailStuck);
        await using var context = await OpenAsync();
        var page = context.Render<SecurityPage>();
        await RowAsync(page, id);
        await WriteAsync(page, id, "Not yet.");

        await (byKey ? Form(page, id).KeyDownAsync("Escape") : Form(page, id).QuerySelector("button[type=button]")!.ClickAsync());

        Assert.Empty(page.FindAll($"[data-alert='{id}'] form"));
        Assert.NotEmpty(page.FindAll($"[data-alert='{id}'] button"));
        await OpenNoteAsync(page, id);
        Assert.Equal("", page.Find($"#note-{id:N}").GetAttribute("value"));
    }

    [Fact]
    [Trait("Requirement", "S0-06")]
    public async Task Alert_AboutTheReader_IsForAnotherAdministrator()
    {
        await clinic.People.AddStaffAsync(Roles.Administrator);
        var reader = await clinic.People.AddStaffAsync(Roles.Administrator);
        var (own, other) = (await AlertSamples.RaiseAsync(clinic.Host, AlertKind.Denials, reader, 3),
            await AlertSamples.RaiseAsync(clinic.Host, AlertKind.Denials, await clinic.People.AddStaffAsync(Roles.Nurse), 3));
        await using var context = await PageContext.OfStaffAsync(clinic.Host, reader);
        var page = context.Render<SecurityPage>();

        Assert.Contains("Another administrator acknowledges this", (await RowAsync(page, own)).TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll($"[data-alert='{own}'] button"));
        Assert.NotEmpty(page.FindAll($"[data-alert='{other}'] button"));
    }

    [Fact]
    public async Task Acknowledge_ThatAnotherWasQuickerWith_SaysSoAndKeepsWhatWasTypedUntilItIsLeft()
    {
        var id = await AlertSamples.RaiseAsync(clinic.Host, AlertKind.SessionMoved, await clinic.People.AddStaffAsync(Roles.Nurse));
        await using var context = await OpenAsync();
        var page = context.Render<SecurityPage>();
        await RowAsync(page, id);
        await WriteAsync(page, id, "She moved to ward 2.");
        var another = await clinic.People.ActorAsync(await clinic.People.AddStaffAsync(Roles.Administrator));
        Assert.True((await Alerts.AcknowledgeAsync(another.Doing(CommandId.New()), id, "Ward 2.", default)).IsSuccess);
        var next = await AlertSamples.RaiseAsync(clinic.Host, AlertKind.MailStuck);
        await RowAsync(page, next);

        await Form(page, id).SubmitAsync();

        await page.WaitForAssertionAsync(() => Assert.Contains("Another administrator has acknowledged this already",
            page.Find($"[data-alert='{id}'] [data-testid=not-acknowledged]").TextContent, StringComparison.Ordinal));
        Assert.Equal("She moved to ward 2.", page.Find($"#note-{id:N}").GetAttribute("value"));
        await Form(page, id).QuerySelector("button[type=button]")!.ClickAsync();
        Assert.Empty(page.FindAll($"[data-alert='{id}']"));
    }

    [Fact]
    [Trait("Requirement", "S2-13")]
    public async Task News_WhileANoteIsWritten_ShowsTheNextAlertByOneReadAndKeepsTheNote()
    {
        var id = await AlertSamples.RaiseAsync(clinic.Host, AlertKind.AttackInput);
        await using var context = await OpenAsync();
        var page = context.Render<SecurityPage>();
        await RowAsync(page, id);
        await WriteAsync(page, id, "Still asking reception");
        var before = await EntriesAsync(AuditAct.AlertsListed);

        var next = await AlertSamples.RaiseAsync(clinic.Host, AlertKind.DiskNearlyFull);
        await RowAsync(page, next);

        Assert.Equal("Still asking reception", page.Find($"#note-{id:N}").GetAttribute("value"));
        Assert.Equal(before + 1, await EntriesAsync(AuditAct.AlertsListed));
    }

    [Fact]
    public async Task Filter_ByKindAndState_IsInTheAddressAndInTheExport()
    {
        var mail = await AlertSamples.RaiseAsync(clinic.Host, AlertKind.MailStuck);
        var disk = await AlertSamples.RaiseAsync(clinic.Host, AlertKind.DiskNearlyFull);
        await using var context = await OpenAsync();
        var page = context.Render<SecurityPage>();
        await RowAsync(page, mail);

        await page.Find("#alert-kind").ChangeAsync("DiskNearlyFull");
        await page.WaitForAssertionAsync(() => Assert.Empty(page.FindAll($"[data-alert='{mail}']")));

        Assert.Equal("/security?kind=DiskNearlyFull", context.Address);
        await RowAsync(page, disk);
        Assert.Equal("/security/export?kind=DiskNearlyFull", page.Find("a[download]").GetAttribute("href"));
        await page.Find("[data-state=acknowledged]").ChangeAsync(true);
        await page.WaitForAssertionAsync(() => Assert.Equal("/security?state=acknowledged&kind=DiskNearlyFull", context.Address));
    }

    [Fact]
    [Trait("Requirement", "S4-07")]
    public async Task Day_ThatIsNone_IsRefusedBesideTheField()
    {
        await using var context = await OpenAsync();
        context.GoTo("/security?from=soon");
        var page = context.Render<SecurityPage>();

        Assert.Equal("This is not a date.", (await page.WaitForElementAsync("#alert-from-error")).TextContent);
        Assert.Empty(page.FindAll("[data-testid=alert]"));
    }

    [Fact]
    public async Task Page_WithoutAnAlert_SaysSo()
    {
        await using var context = await OpenAsync();
        context.GoTo("/security?from=2100-01-01");
        var page = context.Render<SecurityPage>();

        var empty = await page.WaitForElementAsync(".empty");

        Assert.Equal("Nothing to acknowledge", empty.QuerySelector("h2")!.TextContent);
        Assert.NotNull(empty.QuerySelector("button"));
    }

    [Fact]
    public async Task Page_OfMoreThanFitOnOne_LeadsToTheOlder()
    {
        await using var host = await DomainHost.StartAsync(DatabaseKind.Sqlite);
        var ids = new List<Guid>();
        for (var i = 0; i < 26; i++)
        {
            ids.Add(await AlertSamples.RaiseAsync(host, AlertKind.AttackInput, ago: TimeSpan.FromMinutes(i)));
        }

        await using var context = await PageContext.OfStaffAsync(host, await host.People.AddStaffAsync(Roles.Administrator));
        var page = context.Render<SecurityPage>();
        await RowAsync(page, ids[0]);
        Assert.Contains("26 alerts to acknowledge", page.Find("[data-testid=alerts-to-acknowledge]").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll($"[data-alert='{ids[25]}']"));

        context.GoTo(page.FindAll(".pager a")[1].GetAttribute("href")!);

        await RowAsync(page, ids[25]);
        Assert.Single(page.FindAll("[data-testid=alert]"));
        Assert.Null(page.FindAll(".pager a")[1].GetAttribute("href"));
    }

    [Fact]
    [Trait("Requirement", "S4-01")]
    public async Task Page_ForADoctor_IsNotThere()
    {
        await using var context = await PageContext.OfStaffAsync(clinic.Host, await clinic.People.AddStaffAsync(Roles.Doctor));
        var page = context.Render<SecurityPage>();

        await page.WaitForAssertionAsync(() => Assert.Empty(page.FindAll(".page-head")));
        Assert.Empty(page.FindAll("[data-testid=alert]"));
    }

    [Fact]
    public async Task WhoIsTold_WithAWebhook_NamesItsHostAndNothingMore()
    {
        await using var context = await OpenAsync();
        context.Services.AddSingleton(Options.Create(new ClinicSettings
        {
            Alerts = new AlertSettings { Webhook = "https://hooks.example.net/in/a-secret-path", WebhookSecret = "a-secret-word" },
        }));
        var page = context.Render<SecurityPage>();

        _ = page.InvokeAsync(() => page.Find(".page-head button").ClickAsync());

        var dialog = await context.Dialogs.WaitForElementAsync("[data-testid=who-is-told]");
        Assert.Contains("hooks.example.net", dialog.TextContent, StringComparison.Ordinal);
        Assert.Contains("each administrator", dialog.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("a-secret", dialog.TextContent, StringComparison.Ordinal);
    }

    private static Task<IElement> RowAsync(IRenderedComponent<SecurityPage> page, Guid id) =>
        page.WaitForElementAsync($"[data-alert='{id}']");

    private static IElement Form(IRenderedComponent<SecurityPage> page, Guid id) => page.Find($"[data-alert='{id}'] form");

    private static Task OpenNoteAsync(IRenderedComponent<SecurityPage> page, Guid id) =>
        page.Find($"[data-alert='{id}'] button").ClickAsync();

    private static async Task WriteAsync(IRenderedComponent<SecurityPage> page, Guid id, string note)
    {
        await OpenNoteAsync(page, id);
        await page.Find($"#note-{id:N}").InputAsync(note);
    }

    private async Task<int> EntriesAsync(AuditAct act) => (await AuditSamples.ReadAsync(clinic.Host)).Count(entry => entry.Act == act);

    private async Task<PageContext> OpenAsync() =>
        await PageContext.OfStaffAsync(clinic.Host, await clinic.People.AddStaffAsync(Roles.Administrator));
}
