using System.Net;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Security;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Audit;

/// <summary>What a filter shows, as a file: all of it, once, and written down before it goes out.</summary>
[Trait("Requirement", "S4-11")]
public abstract class AuditExportTests(DatabaseKind kind)
{
    public sealed class OnSqlite() : AuditExportTests(DatabaseKind.Sqlite);

    public sealed class OnPostgres() : AuditExportTests(DatabaseKind.Postgres);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ReadAll_OfMoreThanAPart_GivesEachEntryOnceInItsOrder(bool oldestFirst)
    {
        await using var host = await DomainHost.StartAsync(kind);
        await AuditSamples.WriteAsync(host, 503);
        var actor = await host.People.ActorAsync(await host.People.AddStaffAsync(Roles.Administrator));
        var (parts, all) = (0, new List<Guid>());

        var result = await host.Get<AuditExport>().ReadAllAsync(actor, new AuditQuery(OldestFirst: oldestFirst), rows =>
        {
            parts++;
            all.AddRange(rows.Select(row => row.Id));
            return Task.CompletedTask;
        }, default);

        var trail = await AuditSamples.ReadAsync(host);
        Assert.Equal(all.Count, result.Value);
        Assert.True(parts > 1);
        Assert.Equal(trail.Select(entry => entry.Id).Order(), all.Order());
        Assert.Equal(oldestFirst ? all.Order() : all.OrderDescending(), all);
        Assert.Single(trail, entry => entry.Act == AuditAct.AuditExported && entry.AccountId == actor.AccountId);
    }

    [Fact]
    public async Task ReadAll_BrokenOffByItsReader_IsInTheTrailAllTheSame()
    {
        await using var host = await DomainHost.StartAsync(kind);
        var actor = await host.People.ActorAsync(await host.People.AddStaffAsync(Roles.Administrator));

        await Assert.ThrowsAsync<IOException>(() => host.Get<AuditExport>()
            .ReadAllAsync(actor, new AuditQuery(), _ => throw new IOException("The line is dead."), default));

        Assert.Contains(await AuditSamples.ReadAsync(host), entry => entry.Act == AuditAct.AuditExported);
    }
}

/// <summary>The file as a browser asks for it.</summary>
[Trait("Requirement", "S4-11")]
public sealed class AuditDownloadTests(AppFixture app) : IClassFixture<AppFixture>
{
    [Fact]
    public async Task Get_ByAnAdministrator_IsTheFileOfTheFilter()
    {
        using var visitor = await app.Host.NewVisitorAsync("admin@clinic.example");

        using var answer = await visitor.GetAsync("/audit/export?act=DemoDataSeeded");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/csv", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Contains("nosniff", answer.Headers.GetValues("X-Content-Type-Options"));
        var lines = (await answer.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Contains(nameof(AuditAct.DemoDataSeeded), lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dr.adams@clinic.example")]
    [InlineData("alice@patient.example")]
    [Trait("Requirement", "S4-01")]
    public async Task Get_BySomebodyElse_IsRefused(string email)
    {
        using var visitor = await app.Host.NewVisitorAsync(email);

        using var answer = await visitor.GetAsync("/audit/export");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Get_WithADayThatIsNone_IsRefused()
    {
        using var visitor = await app.Host.NewVisitorAsync("admin@clinic.example");

        using var answer = await visitor.GetAsync("/audit/export?from=soon");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }
}
