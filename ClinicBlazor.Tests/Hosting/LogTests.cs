using System.Net;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Accounts.Mail;
using ClinicBlazor.Domain.Demo;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Tests.Support;
using Microsoft.Extensions.Options;

namespace ClinicBlazor.Tests.Hosting;

/// <summary>What a day leaves in the log files: ids and kinds, and nothing that is anybody's.</summary>
[Trait("Requirement", "S1-03")]
[Trait("Requirement", "S1-02")]
public sealed class LogTests(AppFixture app) : IClassFixture<AppFixture>
{
    private static readonly string[] Personal =
    [
        "Zebulon", "Quillfeather", "zebulon@elsewhere.example", "nobody@elsewhere.example", "dr.adams@clinic.example", "Adams", "Alice",
            "Archer",
        "900-12-3487", "900123487", "heliotrope", "mastoiditis", "half-written", DemoData.Password, DemoData.AuthenticatorKey,
            "Wrong-Horse-9-Battery",
    ];

    [Fact]
    public async Task LogFiles_AfterADayOfWork_HoldNothingPersonal()
    {
        var codes = await SignInAsync();
        var links = await InviteAsync();
        await WriteChartAsync();
        await FailAsync();

        var log = await app.Host.ReadLogAsync();

        Assert.Contains("Application started", log, StringComparison.Ordinal);
        Assert.Contains("[ERR]", log, StringComparison.Ordinal);
        Assert.All(Personal.Concat(codes).Concat(links), secret => Assert.DoesNotContain(secret, log, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>A wrong address, a wrong password, a wrong code, and the right ones; answers with codes and the session's token.</summary>
    private async Task<IEnumerable<string>> SignInAsync()
    {
        using var visitor = app.Host.NewVisitor();
        await visitor.SubmitAsync("/Identity/Account/Login", ("Input.Email", "nobody@elsewhere.example"),
            ("Input.Password", "Wrong-Horse-9-Battery"));
        await visitor.SubmitAsync("/Identity/Account/Login", ("Input.Email", "dr.adams@clinic.example"),
            ("Input.Password", "Wrong-Horse-9-Battery"));
        var answer = await visitor.SubmitAsync("/Identity/Account/Login", ("Input.Email", "dr.adams@clinic.example"),
            ("Input.Password", DemoData.Password));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var next = answer.Headers.Location!.OriginalString;
        await visitor.SubmitAsync(next, ("Input.TwoFactorCode", "918273"));
        var code = await app.Host.NewCodeAsync("dr.adams@clinic.example");
        answer = await visitor.SubmitAsync(next, ("Input.TwoFactorCode", code));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        await visitor.GetAsync("/patients?q=Quillfeather");
        return ["918273", code, .. visitor.Cookies.GetAllCookies().Select(cookie => cookie.Value).Where(value => value.Length > 20)];
    }

    /// <summary>An invitation and a forgotten password; answers with the secrets of their links.</summary>
    private async Task<IEnumerable<string>> InviteAsync()
    {
        var administrator = await ActorAsync("admin@clinic.example");
        Assert.True(
            (await app.Host.Get<AccountService>().InviteAsync(administrator, "Zebulon Quillfeather", "zebulon@elsewhere.example",
            Roles.Reception, CancellationToken.None)).IsSuccess);
        await app.Host.Get<RegistrationService>()
            .RequestPasswordResetAsync(Actor.Anonymous(HttpVisitor.Client), "alice@patient.example", CancellationToken.None);
        await app.Host.Get<MailSender>().SendDueAsync(CancellationToken.None);
        var mails = Directory.GetFiles(Path.Combine(app.Host.DataDirectory, "outgoing-mail"));
        Assert.NotEmpty(mails);
        return mails.SelectMany(
            mail => File.ReadAllText(mail).Split(["code=3D", "code="], StringSplitOptions.None).Skip(1).Select(rest => rest[..20]));
    }

    private async Task WriteChartAsync()
    {
        var (reception, doctor) = (await ActorAsync("reception@clinic.example"), await ActorAsync("dr.adams@clinic.example"));
        var patientId = (await app.Host.Get<PatientService>().RegisterAsync(
            reception, new NewPatient("Zebulon", "Quillfeather", "1971-04-05", Sex.Male, Ssn: "900-12-3487"),
                CancellationToken.None)).Value;
        await app.Host.Get<PatientService>().ListAsync(reception, new PatientQuery("900-12-3487"), CancellationToken.None);
        await app.Host.Get<CareTeamService>().AddAsync(reception, patientId, doctor.AccountId!.Value, CancellationToken.None);
        var records = app.Host.Get<RecordService>();
        var draft = (await app.Host.Get<DraftService>()
            .SaveAsync(doctor, patientId, DraftService.NewRecordForm, "half-written", CancellationToken.None)).Value;
        var recordId = (
            await records.WriteOnBehalfAsync(doctor, patientId, new ProblemDescription("A heliotrope rash") { Draft = draft },
            CancellationToken.None)).Value;
        var version = (await records.GetAsync(doctor, recordId, CancellationToken.None)).Value.Version;
        Assert.True(
            (await records.SaveDiagnosisAsync(doctor, patientId, recordId,
            new DiagnosisInput("mastoiditis", null, Certainty.Confirmed, version), CancellationToken.None)).IsSuccess);
    }

    /// <summary>A database that answers with an error which quotes what was typed.</summary>
    private async Task FailAsync()
    {
        using var visitor = app.Host.NewVisitor();
        var page = await visitor.OpenAsync("/Identity/Account/Register");
        var intruder = new Intruder(DatabaseKind.Sqlite, app.Host.Get<IOptions<ClinicSettings>>().Value);
        await intruder.ExecuteAsync("ALTER TABLE \"Accounts\" RENAME TO \"Away\"");
        var answer = await visitor.SubmitAsync(page, "/Identity/Account/Register", "main form[method=post]",
            ("Input.DisplayName", "Zebulon Quillfeather"), ("Input.Email", "zebulon@elsewhere.example"));
        await intruder.ExecuteAsync("ALTER TABLE \"Away\" RENAME TO \"Accounts\"");
        Assert.True(answer.StatusCode is HttpStatusCode.InternalServerError or HttpStatusCode.ServiceUnavailable, $"{answer.StatusCode}");
    }

    private async Task<Actor> ActorAsync(string email)
    {
        var token = await app.Host.OpenSessionAsync(email, HttpVisitor.Client);
        return (await app.Host.Get<SessionService>().FindAsync(token, HttpVisitor.Client, CancellationToken.None))!.Actor;
    }
}
