using System.Net;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Visits;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Documents.Http;

/// <summary>Where somebody may put a file, and where nobody learns that there is a place at all.</summary>
[Trait("Requirement", "S4-06")]
[Trait("Requirement", "S4-01")]
public sealed class UploadPlaceTests(AppFixture app) : IClassFixture<AppFixture>
{
    private const string Alice = "alice@patient.example";
    private const string Carol = "carol@patient.example";

    [Theory]
    [InlineData("bob@patient.example", Carol)]
    [InlineData("dr.adams@clinic.example", Carol)]
    [InlineData("nurse@clinic.example", Carol)]
    [InlineData("reception@clinic.example", Carol)]
    [InlineData("admin@clinic.example", Carol)]
    public async Task Upload_ToAPatientOutOfReach_IsNotFoundAndAuditedWithThePatient(string email, string whose)
    {
        var (patientId, before) = (await app.Host.PatientOfAsync(whose), app.Host.FilesOfDocuments().Count);
        using var visitor = await app.Host.NewVisitorAsync(email);

        using var answer = await visitor.SendFileAsync($"patient={patientId}", Sending.NewPdf());
        using var missing = await visitor.SendFileAsync($"patient={Guid.CreateVersion7()}", Sending.NewPdf());

        await AssertSameNotFoundAsync(answer, missing);
        Assert.Equal(before, app.Host.FilesOfDocuments().Count);
        Assert.Contains(await DenialsAsync(email, AuditAct.DocumentAdded), entry => entry.PatientId == patientId);
    }

    [Theory]
    [InlineData("record", Alice)]
    [InlineData("record", "dr.adams@clinic.example")]
    [InlineData("visit", Alice)]
    [InlineData("visit", "dr.adams@clinic.example")]
    public async Task Upload_ToSomebodyElsesRecordOrVisit_IsNotFoundLikeOneThatIsNotThere(string part, string email)
    {
        var (patientId, before) = (await app.Host.PatientOfAsync(Alice), app.Host.FilesOfDocuments().Count);
        var foreign = part == "record" ? await app.Host.RecordOfAsync(Carol) : await ForeignVisitAsync();
        using var visitor = await app.Host.NewVisitorAsync(email);

        using var answer = await visitor.SendFileAsync($"patient={patientId}&{part}={foreign}", Sending.NewPdf());
        using var missing = await visitor.SendFileAsync($"patient={patientId}&{part}={Guid.CreateVersion7()}", Sending.NewPdf());

        await AssertSameNotFoundAsync(answer, missing);
        Assert.Equal(before, app.Host.FilesOfDocuments().Count);
    }

    [Fact]
    public async Task Upload_ByNobody_IsUnauthorized()
    {
        using var alice = await app.Host.NewVisitorAsync(Alice);
        var token = await alice.TokenAsync();
        using var nobody = app.Host.NewVisitor();

        using var answer = await nobody.SendFileAsync(
            $"patient={await app.Host.PatientOfAsync(Alice)}", new ByteArrayContent(Sending.NewPdf()), token);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private static async Task AssertSameNotFoundAsync(HttpResponseMessage answer, HttpResponseMessage missing)
    {
        Assert.All([answer, missing], one => Assert.Equal(HttpStatusCode.NotFound, one.StatusCode));
        Assert.Equal((await HttpVisitor.ReadAsync(missing)).QuerySelector("main")?.TextContent,
            (await HttpVisitor.ReadAsync(answer)).QuerySelector("main")?.TextContent);
    }

    private async Task<Guid> ForeignVisitAsync()
    {
        var patientId = await app.Host.PatientOfAsync(Alice);
        await using var db = await app.Host.OpenAsync();
        return await db.Set<Visit>().Where(row => row.PatientId != patientId).Select(row => row.Id).FirstAsync();
    }

    private async Task<IReadOnlyList<AuditEntry>> DenialsAsync(string email, AuditAct act)
    {
        var normalized = Account.Normalize(email);
        await using var db = await app.Host.OpenAsync();
        var account = await db.Set<Account>().Where(row => row.NormalizedEmail == normalized).Select(row => row.Id).SingleAsync();
        return await db.Set<AuditEntry>().Where(entry => entry.AccountId == account && entry.Act == act
            && entry.Outcome == AuditOutcome.Denied).ToListAsync();
    }
}
