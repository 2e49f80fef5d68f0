using System.Net;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Hosting;

/// <summary>Pages whose address carries an id, decided before anything of them is sent.</summary>
[Trait("Requirement", "C-05")]
public sealed class GuardedPageTests(AppFixture app) : IClassFixture<AppFixture>
{
    [Theory]
    [InlineData("alice@patient.example", "alice@patient.example", "")]
    [InlineData("alice@patient.example", "alice@patient.example", "/records")]
    [InlineData("alice@patient.example", "bob@patient.example", "")]
    [InlineData("alice@patient.example", null, "")]
    [InlineData("dr.adams@clinic.example", "carol@patient.example", "")]
    [InlineData("dr.adams@clinic.example", null, "/records")]
    [InlineData("alice@patient.example", "alice@patient.example", "/documents")]
    [InlineData("reception@clinic.example", "alice@patient.example", "/documents")]
    [InlineData("dr.adams@clinic.example", "carol@patient.example", "/documents")]
    public async Task Chart_ThatIsNotThisPersonsToOpen_IsNotFound(string email, string? whose, string part)
    {
        using var visitor = await app.Host.NewVisitorAsync(email);

        using var answer = await visitor.GetAsync($"/patients/{await PatientOfAsync(whose)}{part}");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.NotNull((await HttpVisitor.ReadAsync(answer)).QuerySelector("[data-testid=not-found]"));
    }

    [Fact]
    [Trait("Requirement", "S2-13")]
    public async Task Chart_OfAnotherPatient_AskedForByAPatient_IsAuditedWithItsId()
    {
        var patientId = await PatientOfAsync("carol@patient.example");
        using var visitor = await app.Host.NewVisitorAsync("alice@patient.example");

        using (await visitor.GetAsync($"/patients/{patientId}"))
        {
            await using var db = await app.Host.OpenAsync();
            var role = nameof(Roles.Patient);
            Assert.Single(await db.Set<AuditEntry>()
                .Where(entry => entry.PatientId == patientId && entry.Act == AuditAct.PageOpened && entry.Outcome == AuditOutcome.Denied
                    && entry.Role == role).ToListAsync());
        }
    }

    [Theory]
    [InlineData("dr.adams@clinic.example", "")]
    [InlineData("dr.adams@clinic.example", "/records")]
    [InlineData("nurse@clinic.example", "/documents")]
    [InlineData("reception@clinic.example", "")]
    public async Task Chart_OfAPatientWithinReach_Opens(string email, string part)
    {
        using var visitor = await app.Host.NewVisitorAsync(email);

        using var answer = await visitor.GetAsync($"/patients/{await PatientOfAsync("alice@patient.example")}{part}");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Null((await HttpVisitor.ReadAsync(answer)).QuerySelector("[data-testid=not-found]"));
    }

    private async Task<Guid> PatientOfAsync(string? email)
    {
        var normalized = Domain.Accounts.Account.Normalize(email ?? "");
        await using var db = await app.Host.OpenAsync();
        return await db.Set<Account>().Where(row => row.NormalizedEmail == normalized).Select(row => row.PatientId).SingleOrDefaultAsync()
            ?? Guid.CreateVersion7();
    }
}
