using System.Net;
using AngleSharp.Html.Dom;
using ClinicBlazor.App.Shared;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Tests.Hosting;
using ClinicBlazor.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ClinicBlazor.Tests.Status;

/// <summary>What stands behind a status that is not 200.</summary>
[Trait("Requirement", "S1-04")]
public sealed class StatusPagesTests(StatusPagesTests.FaultyApp app) : IClassFixture<StatusPagesTests.FaultyApp>
{
    private const string Fault = "X-Test-Fault";
    private const string Secret = "the patient's words";

    /// <summary>An application whose account pages fail when a request asks for it.</summary>
    public sealed class FaultyApp : AppFixture, IAsyncPageFilter
    {
        public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) =>
            context.HttpContext.Request.Headers[Fault].ToString() switch
            {
                "bug" => throw new InvalidOperationException(Secret),
                "database" => throw new DbUpdateException(Secret, new SqliteException(Secret, 5)),
                _ => Task.CompletedTask,
            };

        public Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next) => next();

        protected override void Configure(WebApplicationBuilder builder) =>
            builder.Services.Configure<MvcOptions>(options => options.Filters.Add(this));
    }

    [Theory]
    [InlineData("bug", HttpStatusCode.InternalServerError, "InvalidOperationException")]
    [InlineData("database", HttpStatusCode.ServiceUnavailable, "DbUpdateException < SqliteException")]
    public async Task Fault_InAPage_ShowsAReferenceAndNothingOfTheInside(string fault, HttpStatusCode expected, string logged)
    {
        using var visitor = app.Host.NewVisitor();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/Identity/Account/Login");
        request.Headers.Add(Fault, fault);

        using var answer = await visitor.Http.SendAsync(request);

        var text = await answer.Content.ReadAsStringAsync();
        var reference = (await HttpVisitor.ReadAsync(answer)).QuerySelector("[data-testid=reference]")!.TextContent;
        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal(Assert.Single(answer.Headers.GetValues("X-Request-Id")), reference);
        Assert.DoesNotContain(Secret, text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        var line = Assert.Single((await app.Host.ReadLogAsync()).Split('\n'),
            line => line.Contains(reference, StringComparison.Ordinal) && !line.Contains(" Slow ", StringComparison.Ordinal));
        Assert.Contains(logged, line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task Fault_InTheErrorPageToo_GetsTheBareStatus(string environment)
    {
        await using var host = await AppHost.StartAsync(
            new Dictionary<string, string?>
            {
                [NetworkList.Proxies] = "127.0.0.1", ["Clinic:PublicUrl"] = "https://clinic.example.org",
                ["Clinic:RateLimits:Enabled"] = "true",
            },
            builder => builder.Services.AddSingleton<IOptions<ClinicBranding>, NoBranding>(), environment);
        using var visitor = host.NewVisitor();
        visitor.Http.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");

        using var answer = await visitor.GetAsync("/Identity/Account/Login?secret=1");

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsStringAsync());
        SecurityHeadersTests.AssertWhole(answer);
        Assert.Contains($"[ERR] {Assert.Single(answer.Headers.GetValues("X-Request-Id"))} ", await host.ReadLogAsync(),
            StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "S1-03")]
    public async Task Fault_InAPage_IsLoggedWithoutItsMessage()
    {
        using var visitor = app.Host.NewVisitor();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/Identity/Account/Login");
        request.Headers.Add(Fault, "bug");

        using var answer = await visitor.Http.SendAsync(request);

        var log = await app.Host.ReadLogAsync();
        Assert.Contains($"InvalidOperationException at {typeof(FaultyApp).FullName}", log, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("alice@patient.example")]
    [InlineData("nurse@clinic.example")]
    public async Task Address_WithNothingBehind_IsNotFoundForEverybody(string? email)
    {
        using var visitor = email is null ? app.Host.NewVisitor() : await app.Host.NewVisitorAsync(email);

        using var answer = await visitor.GetAsync("/no/such/page");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.NotNull((await HttpVisitor.ReadAsync(answer)).QuerySelector("[data-testid=not-found]"));
    }

    [Fact]
    public async Task NotFoundPage_OpenedByItsAddress_IsNotFoundToo()
    {
        using var visitor = app.Host.NewVisitor();

        using var answer = await visitor.GetAsync("/not-found");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.NotNull((await HttpVisitor.ReadAsync(answer)).QuerySelector("[data-testid=not-found]"));
    }

    [Theory]
    [InlineData("DeletePersonalData")]
    [InlineData("PersonalData")]
    [InlineData("DownloadPersonalData")]
    [InlineData("ExternalLogin")]
    [InlineData("ExternalLogins")]
    [InlineData("Email")]
    [InlineData("ResetAuthenticator")]
    [InlineData("SetPassword")]
    [Trait("Requirement", "S0-05")]
    public async Task AccountPage_ThatDoesNotBelongInAClinic_DoesNotExist(string page)
    {
        using var visitor = app.Host.NewVisitor();
        using var patient = await app.Host.NewVisitorAsync("alice@patient.example");
        foreach (var path in (string[])[$"/Identity/Account/{page}", $"/Identity/Account/Manage/{page}"])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync(path)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await patient.GetAsync(path)).StatusCode);

            // In Development the framework's own file server makes a 405 of it: it takes any address, by GET alone.
            Assert.Contains((await patient.PostAsync(path, [])).StatusCode,
                (HttpStatusCode[])[HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed]);
        }
    }

    [Theory]
    [InlineData("nurse@clinic.example", "/audit")]
    [InlineData("alice@patient.example", "/admin/accounts")]
    [InlineData("admin@clinic.example", "/patients/new")]
    [Trait("Requirement", "S1-05")]
    public async Task Page_ThatARoleDoesNotOpen_IsForbiddenAndAudited(string email, string path)
    {
        using var visitor = await app.Host.NewVisitorAsync(email);
        var before = await CountDenialsAsync();

        using var answer = await visitor.GetAsync(path);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("not open to you", (await HttpVisitor.ReadAsync(answer)).QuerySelector("h1")!.TextContent,
            StringComparison.Ordinal);
        Assert.Equal(before + 1, await CountDenialsAsync());
    }

    [Theory]
    [InlineData("reception@clinic.example")]
    [InlineData("dr.baker@clinic.example")]
    [InlineData("carol@patient.example")]
    [InlineData("admin@clinic.example")]
    public async Task Record_ForbiddenOrMissing_AnswersAlike(string email)
    {
        using var visitor = await app.Host.NewVisitorAsync(email);
        var recordId = await AliceRecordAsync();

        using var forbidden = await visitor.GetAsync($"/records/{recordId}");
        using var missing = await visitor.GetAsync($"/records/{Guid.CreateVersion7()}");

        Assert.Equal(HttpStatusCode.NotFound, forbidden.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Equal(Shown(await HttpVisitor.ReadAsync(missing)), Shown(await HttpVisitor.ReadAsync(forbidden)));
        await using var db = await app.Host.OpenAsync();
        Assert.True(await db.Set<AuditEntry>().AnyAsync(entry => entry.RecordId == recordId && entry.Outcome == AuditOutcome.Denied));
    }

    [Theory]
    [InlineData("/api/nothing")]
    [InlineData("/fhir/Patient")]
    [InlineData("/css/nothing.css")]
    [InlineData("/_framework/nothing.js")]
    public async Task Address_OfMachines_GetsTheBareStatus(string path)
    {
        using var visitor = app.Host.NewVisitor();

        using var answer = await visitor.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task StatusPage_InSpanish_IsInSpanish()
    {
        using var visitor = await app.Host.NewVisitorAsync("alice@patient.example");
        visitor.Http.DefaultRequestHeaders.Add("Accept-Language", "es");

        using var answer = await visitor.GetAsync("/audit");

        var page = await HttpVisitor.ReadAsync(answer);
        Assert.Equal("es", page.DocumentElement.GetAttribute("lang"));
        Assert.Contains("no tiene acceso", page.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
    }

    /// <summary>A name that no page can show.</summary>
    private sealed class NoBranding : IOptions<ClinicBranding>
    {
        public ClinicBranding Value => throw new InvalidOperationException(Secret);
    }

    private static string Shown(IHtmlDocument page) => page.Title + page.Body!.TextContent;

    private async Task<int> CountDenialsAsync()
    {
        await using var db = await app.Host.OpenAsync();
        return await db.Set<AuditEntry>().CountAsync(
            entry => entry.Act == AuditAct.PageOpened && entry.Outcome == AuditOutcome.Denied && entry.Level == AuditLevel.Warning);
    }

    private async Task<Guid> AliceRecordAsync()
    {
        await using var db = await app.Host.OpenAsync();
        var patientId = await db.Set<Account>().Where(account => account.Email == "alice@patient.example")
            .Select(account => account.PatientId).SingleAsync();
        return await db.Set<MedicalRecord>().Where(record => record.PatientId == patientId).Select(record => record.Id).FirstAsync();
    }
}
