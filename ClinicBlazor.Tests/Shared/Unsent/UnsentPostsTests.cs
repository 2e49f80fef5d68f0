using System.Net;
using System.Text;
using AngleSharp.Html.Dom;
using ClinicBlazor.App.Describe;
using ClinicBlazor.App.Patients;
using ClinicBlazor.App.Records;
using ClinicBlazor.App.Shared.Unsent;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Shared.Unsent;

/// <summary>What was typed without a connection comes as a post when the circuit is gone: from each form, and from nobody else.</summary>
[Trait("Requirement", "B-06")]
public sealed class UnsentPostsTests(AppFixture app) : IClassFixture<AppFixture>, IAsyncLifetime
{
    private const string Alice = "alice@patient.example";
    private const string Doctor = "dr.adams@clinic.example";
    private const string Nurse = "nurse@clinic.example";
    private const string Reception = "reception@clinic.example";

    private MedicalRecord waiting = null!;
    private Guid foreignPatient;

    /// <summary>Each form: who fills it in, its longest text, and somebody signed in who may not.</summary>
    public static TheoryData<string, string, string, string> Forms => new()
    {
        { UnsentAnswers.Name, Alice, "symptoms", Doctor },
        { UnsentNewRecord.Name, Doctor, "symptoms", Nurse },
        { UnsentRegistration.Name, Reception, "address", Alice },
        { UnsentDiagnosis.Name, Doctor, "diagnosis-text", Nurse },
        { UnsentAddendum.Name, Doctor, "addendum", Reception },
    };

    public async Task InitializeAsync()
    {
        await using var db = await app.Host.OpenAsync();
        var doctor = await AccountAsync(Doctor);
        var nurse = await AccountAsync(Nurse);
        var grants = db.Set<AccessGrant>();
        var reached = await grants.Where(grant => grant.AccountId == doctor.Id).Select(grant => grant.PatientId).ToListAsync();
        var nurses = await grants.Where(grant => grant.AccountId == nurse.Id).Select(grant => grant.PatientId).ToListAsync();
        waiting = await db.Set<MedicalRecord>().FirstAsync(record =>
            reached.Contains(record.PatientId) && nurses.Contains(record.PatientId) && record.Status == RecordStatus.Preliminary);
        foreignPatient = await db.Set<MedicalRecord>().Where(record => !reached.Contains(record.PatientId))
            .Select(record => record.PatientId).FirstAsync();
        db.RemoveRange(await db.Set<Draft>().ToListAsync());
        db.RemoveRange(await db.Set<RegistrationDraft>().ToListAsync());
        await db.SaveChangesAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Post_OfWhoeverFillsTheFormIn_GoesIntoTheDraft(string kind, string email, string field, string stranger)
    {
        Assert.NotEqual(email, stranger);
        var draft = await DraftOfAsync(kind, email);

        var first = await PostAsync(email, draft, (field, "Typed in the lift.\nNo network “there”."));
        var saved = await FindAsync(kind, email);
        var second = await PostAsync(email, draft with { Over = saved!.SavedAt }, (field, "Typed in the cellar."));

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (first, second));
        Assert.Contains("No network “there”.", saved.Body, StringComparison.Ordinal);
        var kept = await FindAsync(kind, email);
        Assert.Contains("Typed in the cellar.", kept!.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Typed in the lift.", kept.Body, StringComparison.Ordinal);
        Assert.Null(kept.Unsent);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Post_OverATextThatAnotherWindowSavedSince_KeepsBoth(string kind, string email, string field, string stranger)
    {
        Assert.NotEqual(email, stranger);
        var draft = await DraftOfAsync(kind, email);
        await PostAsync(email, draft, (field, "Both began with this."));
        var found = (await FindAsync(kind, email))!.SavedAt;
        await PostAsync(email, draft with { Over = found }, (field, "The other window."));

        var late = await PostAsync(email, draft with { Over = found }, (field, "This window."));
        var again = await PostAsync(email, draft with { Over = found }, (field, "This window."));
        var third = await PostAsync(email, draft with { Over = found }, (field, "A third window."));

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent, HttpStatusCode.Conflict), (late, again, third));
        var kept = await FindAsync(kind, email);
        Assert.Contains("The other window.", kept!.Body, StringComparison.Ordinal);
        Assert.Contains("This window.", kept.Unsent, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Post_OfADraftThatHasEnded_IsRefusedAndBringsNothingBack(string kind, string email, string field, string stranger)
    {
        Assert.NotEqual(email, stranger);
        var draft = await DraftOfAsync(kind, email);
        await PostAsync(email, draft, (field, "Sent since."));
        var found = (await FindAsync(kind, email))!.SavedAt;
        await InitializeAsync();

        var answer = await PostAsync(email, draft with { Over = found }, (field, "Sent since, and more."));

        Assert.Equal(HttpStatusCode.Conflict, answer);
        Assert.Null(await FindAsync(kind, email));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    [Trait("Requirement", "S4-01")]
    public async Task Post_OfSomebodyWhoMayNotFillTheFormIn_IsRefused(string kind, string email, string field, string stranger)
    {
        var draft = await DraftOfAsync(kind, email);

        var answer = await PostAsync(stranger, draft, (field, "From somebody else."));

        Assert.Contains(answer, new[] { HttpStatusCode.NotFound, HttpStatusCode.Forbidden });
        Assert.Equal(0, await CountAsync());
    }

    [Theory]
    [MemberData(nameof(Forms))]
    [Trait("Requirement", "S4-01")]
    public async Task Post_WithoutASession_IsRefused(string kind, string email, string field, string stranger)
    {
        Assert.NotEqual(email, stranger);
        using var visitor = app.Host.NewVisitor();

        var answer = await PostAsync(visitor, await DraftOfAsync(kind, email), token: null, (field, "Nobody."));

        Assert.Equal(HttpStatusCode.Unauthorized, answer);
        Assert.Equal(0, await CountAsync());
    }

    [Theory]
    [MemberData(nameof(Forms))]
    [Trait("Requirement", "S2-12")]
    public async Task Post_ForgedOrOfWhatIsNoForm_IsRefusedAndNoFault(string kind, string email, string field, string stranger)
    {
        Assert.NotEqual(email, stranger);
        var draft = await DraftOfAsync(kind, email);
        using var visitor = await app.Host.NewVisitorAsync(email);
        using var noForm = new HttpRequestMessage(HttpMethod.Post, draft.Address);
        noForm.Headers.Add("RequestVerificationToken", await TokenAsync(visitor));
        noForm.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        using var noMoment = new HttpRequestMessage(
            HttpMethod.Post, draft.Address.Replace("over=", "over=yesterday", StringComparison.Ordinal));
        noMoment.Headers.Add("RequestVerificationToken", await TokenAsync(visitor));
        noMoment.Content = new FormUrlEncodedContent([new(field, "Forged.")]);

        var forged = await PostAsync(visitor, draft, token: null, (field, "Forged."));
        using var answer = await visitor.Http.SendAsync(noForm);
        using var other = await visitor.Http.SendAsync(noMoment);

        Assert.All([forged, answer.StatusCode, other.StatusCode], status => Assert.Equal(HttpStatusCode.BadRequest, status));
        Assert.Equal(0, await CountAsync());
    }

    [Theory]
    [InlineData(UnsentNewRecord.Name, "symptoms")]
    [InlineData(UnsentDiagnosis.Name, "diagnosis-text")]
    [InlineData(UnsentAddendum.Name, "addendum")]
    [Trait("Requirement", "S4-01")]
    public async Task Post_AboutAPatientOutOfReach_IsNotFoundAndAuditedThere(string kind, string field)
    {
        var draft = await DraftOfAsync(kind, Doctor) with { PatientId = foreignPatient };
        await using var db = await app.Host.OpenAsync();
        var before = await db.Set<AuditEntry>().CountAsync(entry => entry.PatientId == foreignPatient);

        var answer = await PostAsync(Doctor, draft, (field, "About somebody else's patient."));

        Assert.Equal(HttpStatusCode.NotFound, answer);
        Assert.Equal(0, await CountAsync());
        var entries = await db.Set<AuditEntry>().Where(entry => entry.PatientId == foreignPatient).OrderByDescending(entry => entry.Id)
            .ToListAsync();
        Assert.Equal(before + 1, entries.Count);
        Assert.Equal(AuditOutcome.Denied, entries[0].Outcome);
    }

    [Theory]
    [InlineData(UnsentDiagnosis.Name, "diagnosis-text")]
    [InlineData(UnsentAddendum.Name, "addendum")]
    [Trait("Requirement", "S4-01")]
    public async Task Post_ToARecordOfAnotherPatient_IsNotFound(string kind, string field)
    {
        await using var db = await app.Host.OpenAsync();
        var foreign = await db.Set<MedicalRecord>().FirstAsync(record => record.PatientId == foreignPatient);
        var draft = await DraftOfAsync(kind, Doctor);

        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(Doctor, draft with { RecordId = foreign.Id }, (field, "Misplaced.")));
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(Doctor, draft with { RecordId = foreignPatient }, (field, "Misplaced.")));
        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    [Trait("Requirement", "S4-01")]
    public async Task Post_NamingTheVersionOfAColleaguesDraft_NeitherReadsNorChangesIt()
    {
        var draft = await DraftOfAsync(UnsentRegistration.Name, Reception);
        await PostAsync(Reception, draft, ("address", "Of the colleague."));
        var theirs = await FindAsync(UnsentRegistration.Name, Reception);
        var other = await app.Host.AddPersonAsync(Roles.Reception, enrolled: true);

        var answer = await PostAsync(other, draft with { Over = theirs!.SavedAt }, ("address", "Of somebody else."));

        Assert.Equal(HttpStatusCode.Conflict, answer);
        Assert.Equal(theirs, await FindAsync(UnsentRegistration.Name, Reception));
        Assert.Null(await FindAsync(UnsentRegistration.Name, other));
    }

    [Fact]
    [Trait("Requirement", "S4-01")]
    public async Task Post_AboutAnotherPatientByAPatient_IsNotFound()
    {
        var bob = await AccountAsync("bob@patient.example");
        var draft = await DraftOfAsync(UnsentAnswers.Name, Alice) with { PatientId = bob.PatientId };

        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(Alice, draft, ("symptoms", "From somebody else.")));
        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task Post_OfATextTooLongForADraft_SaysThatItIsNotKept()
    {
        var draft = await DraftOfAsync(UnsentNewRecord.Name, Doctor);

        Assert.Equal(HttpStatusCode.Conflict, await PostAsync(Doctor, draft, ("symptoms", new string('x', 50_000))));
        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    [Trait("Requirement", "S2-13")]
    public async Task Post_OfANewDraft_IsAuditedLikeThatOfAPage()
    {
        await using var db = await app.Host.OpenAsync();
        var kept = db.Set<AuditEntry>().Where(entry => entry.Act == AuditAct.DraftKept
            && entry.PatientId == waiting.PatientId && entry.Outcome == AuditOutcome.Done);
        var before = await kept.CountAsync();

        await PostAsync(Doctor, await DraftOfAsync(UnsentDiagnosis.Name, Doctor), ("diagnosis-text", "Migraine."));

        // It was looked for, and begun.
        Assert.Equal(before + 2, await kept.CountAsync());
    }

    private static async Task<string> TokenAsync(HttpVisitor visitor) =>
        ((IHtmlInputElement)(await visitor.OpenAsync("/account")).QuerySelector("#sign-out-form input")!).Value;

    private async Task<UnsentDraft> DraftOfAsync(string kind, string email) => kind switch
    {
        UnsentAnswers.Name => new(kind, (await AccountAsync(email)).PatientId, RecordId: null, Over: null, Line: null),
        UnsentNewRecord.Name => new(kind, waiting.PatientId, RecordId: null, Over: null, Line: null),
        UnsentRegistration.Name => new(kind, PatientId: null, RecordId: null, Over: null, Line: null),
        _ => new(kind, waiting.PatientId, waiting.Id, Over: null, Line: null),
    };

    private async Task<HttpStatusCode> PostAsync(string email, UnsentDraft draft, params (string Name, string Value)[] fields)
    {
        using var visitor = await app.Host.NewVisitorAsync(email);
        return await PostAsync(visitor, draft, await TokenAsync(visitor), fields);
    }

    private static async Task<HttpStatusCode> PostAsync(HttpVisitor visitor, UnsentDraft draft, string? token,
        params (string Name, string Value)[] fields)
    {
        var values = fields.ToDictionary(field => field.Name, field => field.Value);
        if (token is not null)
        {
            values["__RequestVerificationToken"] = token;
        }

        using var answer = await visitor.PostAsync(draft.Address, values);
        return answer.StatusCode;
    }

    private async Task<SavedDraft?> FindAsync(string kind, string email)
    {
        var session = await app.Host.Get<SessionService>()
            .FindAsync(await app.Host.OpenSessionAsync(email, HttpVisitor.Client), HttpVisitor.Client, CancellationToken.None);
        var found = kind switch
        {
            UnsentRegistration.Name => await app.Host.Get<RegistrationDraftService>().FindAsync(session!.Actor, default),
            UnsentAnswers.Name => await app.Host.Get<DraftService>()
                .FindAsync(session!.Actor, session.Actor.PatientId!.Value, DraftService.NewRecordForm, default),
            UnsentNewRecord.Name => await app.Host.Get<DraftService>()
                .FindAsync(session!.Actor, waiting.PatientId, DraftService.NewRecordForm, default),
            UnsentDiagnosis.Name => await app.Host.Get<DraftService>()
                .FindAsync(session!.Actor, waiting.PatientId, DraftForms.DiagnosisOf(waiting.Id), default),
            _ => await app.Host.Get<DraftService>()
                .FindAsync(session!.Actor, waiting.PatientId, DraftForms.AddendumTo(waiting.Id), default),
        };
        return found.Value;
    }

    private async Task<int> CountAsync()
    {
        await using var db = await app.Host.OpenAsync();
        return await db.Set<Draft>().CountAsync() + await db.Set<RegistrationDraft>().CountAsync();
    }

    private async Task<Account> AccountAsync(string email)
    {
        var normalized = Account.Normalize(email);
        await using var db = await app.Host.OpenAsync();
        return await db.Set<Account>().SingleAsync(account => account.NormalizedEmail == normalized);
    }
}
