using System.Net;
using ClinicBlazor.App.Security;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Security.Alerts;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Security.Pages;

/// <summary>The file of an export of alerts, field by field.</summary>
[Trait("Requirement", "S4-11")]
public sealed class AlertCsvTests
{
    [Theory]
    [InlineData("=HYPERLINK(\"http://evil\")", "\"'=HYPERLINK(\"\"http://evil\"\")\"")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("asked, and found nothing", "\"asked, and found nothing\"")]
    public void Note_OfAnyText_IsNoFormulaAndStaysOneField(string note, string field) =>
        Assert.EndsWith($",{field}\r\n", AlertDownload.Lines([Row(note)]), StringComparison.Ordinal);

    [Fact]
    public void Line_OfAnAlert_HasAFieldForEachNameOfTheHead() => Assert.Equal(
        AlertDownload.Head.Count(sign => sign == ','), AlertDownload.Lines([Row("Nothing.")]).Count(sign => sign == ','));

    private static AlertRow Row(string note)
    {
        var at = new DateTimeOffset(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);
        return new AlertRow(Guid.CreateVersion7(), AlertKind.Denials, AlertSeverity.LookSoon, at, at, 3, null, "Ann", "203.0.113.48",
            AuditAct.RecordRead, MayAcknowledge: false)
        { Acknowledgement = new AlertAcknowledgement(at, "Ian", note) };
    }
}

/// <summary>The file as a browser asks for it.</summary>
[Trait("Requirement", "S4-11")]
public sealed class AlertDownloadTests(AppFixture app) : IClassFixture<AppFixture>
{
    [Fact]
    public async Task Get_ByAnAdministrator_IsTheFileOfTheFilter()
    {
        var ids = new Dictionary<AlertKind, Guid>();
        await using (var db = await app.Host.OpenAsync())
        {
            foreach (var kind in (AlertKind[])[AlertKind.MailStuck, AlertKind.DiskNearlyFull])
            {
                var (id, now) = (Guid.CreateVersion7(), app.Host.Clock.GetUtcNow());
                db.Set<Alert>().Add(Alert.Raise(id, new AlertCause(kind, "export", now, now, 1)));
                ids.Add(kind, id);
            }

            await db.SaveChangesAsync();
        }

        using var visitor = await app.Host.NewVisitorAsync("admin@clinic.example");

        using var answer = await visitor.GetAsync($"{AlertDownload.Path}?kind=MailStuck");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/csv", answer.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith("alerts-", answer.Content.Headers.ContentDisposition!.FileName!.Trim('"'), StringComparison.Ordinal);
        var file = await answer.Content.ReadAsStringAsync();
        Assert.Contains($"{ids[AlertKind.MailStuck]}", file, StringComparison.Ordinal);
        Assert.DoesNotContain($"{ids[AlertKind.DiskNearlyFull]}", file, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dr.adams@clinic.example", HttpStatusCode.Forbidden)]
    [InlineData("alice@patient.example", HttpStatusCode.Forbidden)]
    [Trait("Requirement", "S4-01")]
    public async Task Get_BySomebodyElse_IsRefused(string email, HttpStatusCode status)
    {
        using var visitor = await app.Host.NewVisitorAsync(email);

        using var answer = await visitor.GetAsync(AlertDownload.Path);
        using var page = await visitor.GetAsync(SecurityPage.Path);

        Assert.Equal((status, status), (answer.StatusCode, page.StatusCode));
    }

    [Fact]
    public async Task Get_WithADayThatIsNone_IsRefused()
    {
        using var visitor = await app.Host.NewVisitorAsync("admin@clinic.example");

        using var answer = await visitor.GetAsync($"{AlertDownload.Path}?from=soon");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }
}
