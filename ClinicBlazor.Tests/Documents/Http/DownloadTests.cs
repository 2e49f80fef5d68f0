using System.Net;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Tests.Documents.Content;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Documents.Http;

/// <summary>Files as they go out: to whoever may have them, as they came in, and never as a part of the site.</summary>
[Trait("Requirement", "S4-06")]
public sealed class DownloadTests(AppFixture app) : IClassFixture<AppFixture>
{
    private const string Alice = "alice@patient.example";
    private const string Doctor = "dr.adams@clinic.example";

    [Fact]
    public async Task Download_OfAPdf_IsWhatWasSentAndRunsNothing()
    {
        var pdf = Sending.NewPdf(300 * 1024);
        var id = (await AddAsync(pdf, "Überweisung \"rot\".pdf")).Id;
        using var visitor = await app.Host.NewVisitorAsync(Doctor);

        using var answer = await visitor.GetAsync($"/documents/{id}");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(pdf, await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal(pdf.Length, answer.Content.Headers.ContentLength);
        Assert.Equal("application/pdf", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal("Überweisung \"rot\".pdf", answer.Content.Headers.ContentDisposition?.FileNameStar);
        AssertConfined(answer);
        await using var db = await app.Host.OpenAsync();
        Assert.Contains(await db.Set<AuditEntry>().Where(entry => entry.Act == AuditAct.DocumentRead).ToListAsync(),
            entry => entry.DocumentId == id && entry.Outcome == AuditOutcome.Done);
    }

    [Fact]
    public async Task Thumbnail_OfAPicture_IsShownInAPageAndKeptNowhere()
    {
        var id = (await AddAsync(MadePictures.Png(640, 480), "knee.png")).Id;
        using var visitor = await app.Host.NewVisitorAsync(Doctor);

        using var answer = await visitor.GetAsync($"/documents/{id}/thumbnail");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.StartsWith("image/", answer.Content.Headers.ContentType?.MediaType, StringComparison.Ordinal);
        Assert.Equal("inline", answer.Content.Headers.ContentDisposition?.DispositionType);
        Assert.NotEmpty(await answer.Content.ReadAsByteArrayAsync());
        AssertConfined(answer);
    }

    [Theory]
    [InlineData("bob@patient.example")]
    [InlineData("dr.baker@clinic.example")]
    [InlineData("reception@clinic.example")]
    [InlineData("admin@clinic.example")]
    [Trait("Requirement", "S4-01")]
    public async Task Download_OfSomebodyElsesDocument_IsNotFoundLikeOneThatIsNotThereAndAudited(string email)
    {
        var id = (await AddAsync(MadePictures.Png(), "foot.png")).Id;
        var patientId = await app.Host.PatientOfAsync(Alice);
        using var visitor = await app.Host.NewVisitorAsync(email);

        foreach (var part in (string[])["", "/thumbnail"])
        {
            using var answer = await visitor.GetAsync($"/documents/{id}{part}");
            using var missing = await visitor.GetAsync($"/documents/{Guid.CreateVersion7()}{part}");

            Assert.All([answer, missing], one => Assert.Equal(HttpStatusCode.NotFound, one.StatusCode));
            Assert.NotNull((await HttpVisitor.ReadAsync(answer)).QuerySelector("[data-testid=not-found]"));
            Assert.NotNull((await HttpVisitor.ReadAsync(missing)).QuerySelector("[data-testid=not-found]"));
        }

        var normalized = Account.Normalize(email);
        await using var db = await app.Host.OpenAsync();
        var account = await db.Set<Account>().Where(row => row.NormalizedEmail == normalized).Select(row => row.Id).SingleAsync();
        var denials = await db.Set<AuditEntry>().Where(entry => entry.AccountId == account && entry.Outcome == AuditOutcome.Denied)
            .ToListAsync();
        Assert.Contains(denials, entry => entry.Act == AuditAct.DocumentRead && entry.PatientId == patientId);
    }

    [Fact]
    public async Task Download_ByNobody_LeadsToTheSignIn()
    {
        var id = (await AddAsync(Sending.NewPdf())).Id;
        using var nobody = app.Host.NewVisitor();

        using var answer = await nobody.GetAsync($"/documents/{id}");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.StartsWith("/Identity/Account/Login", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "S4-02")]
    public async Task Download_WhoseSessionIsEndedMeanwhile_StopsBeforeItsEnd()
    {
        const string Nurse = "nurse@clinic.example";
        var pdf = Sending.NewPdf(15 * 1024 * 1024);
        var id = (await AddAsync(pdf)).Id;
        using var visitor = await app.Host.NewVisitorAsync(Nurse);
        using var answer = await visitor.Http.GetAsync($"/documents/{id}", HttpCompletionOption.ResponseHeadersRead);
        await using var content = await answer.Content.ReadAsStreamAsync();
        var (buffer, received) = (new byte[64 * 1024], await content.ReadAsync(new byte[1]));

        await app.Host.EndSessionsAsync(Nurse);
        var broken = await Record.ExceptionAsync(async () =>
        {
            for (int read; (read = await content.ReadAsync(buffer)) > 0;)
            {
                received += read;
            }
        });

        Assert.True(broken is IOException or HttpRequestException, $"{broken}");
        Assert.InRange(received, 1, pdf.Length - 1);
    }

    private static void AssertConfined(HttpResponseMessage answer)
    {
        Assert.Equal("sandbox; default-src 'none'; frame-ancestors 'none'",
            Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Cross-Origin-Resource-Policy")));
        Assert.True(answer.Headers.CacheControl?.NoStore);
    }

    private async Task<Taken> AddAsync(byte[] content, string name = "letter.pdf")
    {
        using var visitor = await app.Host.NewVisitorAsync(Alice);
        using var answer = await visitor.SendFileAsync(
            $"patient={await app.Host.PatientOfAsync(Alice)}&record={await app.Host.RecordOfAsync(Alice)}", content, name);
        return await answer.TakenAsync();
    }
}
