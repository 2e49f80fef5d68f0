using System.Net;
using AngleSharp.Html.Dom;
using ClinicBlazor.App.Describe;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Describe;

/// <summary>What was typed without a connection comes as a post when the circuit is gone.</summary>
[Trait("Requirement", "B-06")]
public sealed class UnsentAnswersTests(AppFixture app) : IClassFixture<AppFixture>
{
    [Fact]
    public async Task Post_OwnAnswer_GoesIntoTheDraftAndLeavesTheOthers()
    {
        const string Email = "alice@patient.example";
        using var visitor = await app.Host.NewVisitorAsync(Email);
        using var first = await PostAsync(visitor, Email, await TokenAsync(visitor), "symptoms", "Typed on the train.\nNo network there.");
        using var second = await PostAsync(visitor, Email, await TokenAsync(visitor), "modifying-factors", "Sitting helps.");

        Assert.Equal(HttpStatusCode.NoContent, first.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, second.StatusCode);
        var kept = (await DraftAsync(Email))!;
        Assert.Equal(("Typed on the train.\nNo network there.", "Sitting helps."), (kept.Symptoms, kept.ModifyingFactors));
    }

    [Fact]
    [Trait("Requirement", "S4-01")]
    public async Task Post_AnotherPatientsId_IsNotFoundAndChangesNothing()
    {
        using var visitor = await app.Host.NewVisitorAsync("carol@patient.example");

        using var answer = await PostAsync(visitor, "bob@patient.example", await TokenAsync(visitor), "symptoms", "From somebody else.");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Null(await DraftAsync("bob@patient.example"));
    }

    [Fact]
    [Trait("Requirement", "S2-12")]
    public async Task Post_WithoutTheAntiforgeryField_IsRefused()
    {
        using var visitor = await app.Host.NewVisitorAsync("bob@patient.example");

        using var answer = await PostAsync(visitor, "bob@patient.example", null, "symptoms", "Forged.");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Null(await DraftAsync("bob@patient.example"));
    }

    [Fact]
    [Trait("Requirement", "S2-12")]
    public async Task Post_OfWhatIsNoForm_IsRefusedAndNoFault()
    {
        using var visitor = await app.Host.NewVisitorAsync("bob@patient.example");
        using var request = new HttpRequestMessage(HttpMethod.Post,
            UnsentAnswers.AddressFor((await AccountAsync("bob@patient.example")).PatientId!.Value));
        request.Headers.Add("RequestVerificationToken", await TokenAsync(visitor));
        request.Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");

        using var answer = await visitor.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    [Trait("Requirement", "S4-01")]
    public async Task Post_WithoutASession_IsRefused()
    {
        using var visitor = app.Host.NewVisitor();

        using var answer = await PostAsync(visitor, "bob@patient.example", null, "symptoms", "Nobody.");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private static async Task<string> TokenAsync(HttpVisitor visitor) =>
        ((IHtmlInputElement)(await visitor.OpenAsync("/records/new")).QuerySelector("#sign-out-form input")!).Value;

    private async Task<HttpResponseMessage> PostAsync(HttpVisitor visitor, string email, string? token, string field, string text)
    {
        var values = new Dictionary<string, string> { [field] = text };
        if (token is not null)
        {
            values["__RequestVerificationToken"] = token;
        }

        return await visitor.PostAsync(UnsentAnswers.AddressFor((await AccountAsync(email)).PatientId!.Value), values);
    }

    private async Task<ProblemAnswers?> DraftAsync(string email)
    {
        var account = await AccountAsync(email);
        var session = await app.Host.Get<SessionService>()
            .FindAsync(await app.Host.OpenSessionAsync(email, HttpVisitor.Client), HttpVisitor.Client, CancellationToken.None);
        var draft = await app.Host.Get<DraftService>()
            .FindAsync(session!.Actor, account.PatientId!.Value, DraftService.NewRecordForm, CancellationToken.None);
        return draft.Value is { } found ? ProblemAnswers.FromDraft(found.Body) : null;
    }

    private async Task<Account> AccountAsync(string email)
    {
        var normalized = Account.Normalize(email);
        await using var db = await app.Host.OpenAsync();
        return await db.Set<Account>().SingleAsync(account => account.NormalizedEmail == normalized);
    }
}
