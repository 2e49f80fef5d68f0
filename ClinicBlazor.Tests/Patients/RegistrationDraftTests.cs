using Bunit;
using ClinicBlazor.App.Patients;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Protection;
using ClinicBlazor.Domain.Visits;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Patients;

/// <summary>A half-filled registration is there again, for its author alone, until the patient is registered.</summary>
[Trait("Requirement", "B-06")]
public sealed class RegistrationDraftTests : IAsyncLifetime
{
    private DomainHost? host;
    private TestPerson? reception;

    private DomainHost Host => host!;

    private RegistrationDraftService Drafts => Host.Get<RegistrationDraftService>();

    public async Task InitializeAsync()
    {
        host = await DomainHost.StartAsync(DatabaseKind.Sqlite);
        reception = await Host.People.AddStaffAsync(Roles.Reception);
    }

    public async Task DisposeAsync() => await Host.DisposeAsync();

    [Fact]
    public async Task Type_AndLeave_TheNextPageHoldsAllOfIt()
    {
        await using (var context = await PageContext.OfStaffAsync(Host, reception!))
        {
            var page = context.Render<PatientRegisterPage>();
            await TypeAsync(page, ("given-name", "Róisín"), ("family-name", "O’Brien"), ("birth-date", "1990-02-03"),
                ("ssn", "900-44-1201"));
            await page.InvokeAsync(() => page.Find("#sex input").ChangeAsync("on"));
            await page.InvokeAsync(() => page.Find("#check-in").ChangeAsync(true));
        }

        await using var later = await PageContext.OfStaffAsync(Host, reception!);
        var again = later.Render<PatientRegisterPage>();

        Assert.Equal(["Róisín", "O’Brien", "1990-02-03", "900-44-1201"],
            new[] { "given-name", "family-name", "birth-date", "ssn" }.Select(id => again.Find("#" + id).GetAttribute("value")));
        Assert.True(again.Find("#sex input").HasAttribute("checked"));
        Assert.Equal("Register and check in", again.Find("button[type=submit]").TextContent);
    }

    [Fact]
    public async Task Register_WhatWasFoundAgain_EndsTheDraft()
    {
        await TypeElsewhereAsync("Ada", null);
        await using var context = await PageContext.OfStaffAsync(Host, reception!);
        var page = context.Render<PatientRegisterPage>();
        await TypeAsync(page, ("family-name", "Lately"), ("birth-date", "1990-02-03"));

        await page.InvokeAsync(() => page.Find("form").SubmitAsync());

        Assert.StartsWith("/patients/", context.Address, StringComparison.Ordinal);
        Assert.Null((await Drafts.FindAsync(await ActorAsync(), default)).Value);
    }

    [Fact]
    [Trait("Requirement", "B-14")]
    public async Task Register_InTwoWindowsOfOneDraft_RegistersAndChecksInOnePatientOnce()
    {
        await using var first = await PageContext.OfStaffAsync(Host, reception!);
        var page = first.Render<PatientRegisterPage>();
        await TypeAsync(page, ("given-name", "Ada"), ("family-name", "Lately"), ("birth-date", "1990-02-03"));
        await page.InvokeAsync(() => page.Find("#check-in").ChangeAsync(true));
        Host.Clock.Advance(TimeSpan.FromSeconds(2));
        await page.WaitForAssertionAsync(() => Assert.Contains("Saved", page.Find("[data-testid=saved-indicator]").TextContent,
            StringComparison.Ordinal));
        await using var second = await PageContext.OfStaffAsync(Host, reception!);
        var other = second.Render<PatientRegisterPage>();

        await page.InvokeAsync(() => page.Find("form").SubmitAsync());
        await other.Find("form").SubmitAsync();

        Assert.Equal(first.Address, second.Address);
        Assert.DoesNotContain("incomplete", second.Address, StringComparison.Ordinal);
        await using var db = await Host.OpenAsync();
        Assert.Equal((1, 1), (await db.Set<Patient>().CountAsync(), await db.Set<Visit>().CountAsync()));
    }

    [Fact]
    [Trait("Requirement", "B-07")]
    public async Task Type_WhereAnotherWindowHasSavedMeanwhile_OverwritesNothingAndAsks()
    {
        await using var context = await PageContext.OfStaffAsync(Host, reception!);
        var page = context.Render<PatientRegisterPage>();
        await TypeElsewhereAsync("Theirs", null);

        await TypeAsync(page, ("given-name", "Mine"), ("family-name", "Lately"), ("birth-date", "1990-02-03"));
        await page.InvokeAsync(() => page.Find("form").SubmitAsync());

        var asked = await page.WaitForElementAsync("[data-testid=written-elsewhere]");
        await using var db = await Host.OpenAsync();
        Assert.False(await db.Set<Patient>().AnyAsync());
        Assert.Contains("Theirs", (await Drafts.FindAsync(await ActorAsync(), default)).Value!.Body, StringComparison.Ordinal);

        await asked.QuerySelectorAll("button")[1].ClickAsync();
        Assert.Contains("Mine", (await Drafts.FindAsync(await ActorAsync(), default)).Value!.Body, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[data-testid=written-elsewhere]"));
    }

    [Fact]
    public async Task GoOn_WithTheTextOfTheOtherWindow_ShowsIt()
    {
        await using var context = await PageContext.OfStaffAsync(Host, reception!);
        var page = context.Render<PatientRegisterPage>();
        await TypeElsewhereAsync("Theirs", null);
        await TypeAsync(page, ("given-name", "Mine"));
        await page.InvokeAsync(() => page.Find("form").SubmitAsync());

        await (await page.WaitForElementAsync("[data-testid=written-elsewhere] button")).ClickAsync();

        Assert.Equal("Theirs", page.Find("#given-name").GetAttribute("value"));
    }

    [Fact]
    public async Task ThrowAway_Confirmed_EmptiesTheFormAndEndsTheDraft()
    {
        await TypeElsewhereAsync("Ada", null);
        await using var context = await PageContext.OfStaffAsync(Host, reception!);
        var page = context.Render<PatientRegisterPage>();

        var asking = page.FindAll("button").Single(button => button.TextContent == "Throw the draft away").ClickAsync();
        await (await context.Dialogs.WaitForElementAsync("[data-testid=discard-draft] .btn-danger-fill")).ClickAsync();
        await asking;

        Assert.Equal("", page.Find("#given-name").GetAttribute("value") ?? "");
        Assert.Null((await Drafts.FindAsync(await ActorAsync(), default)).Value);
    }

    [Fact]
    [Trait("Requirement", "S4-01")]
    [Trait("Requirement", "S4-05")]
    public async Task Draft_OfAColleague_IsNeitherFoundNorOpenedNorEnded()
    {
        var colleague = await Host.People.AddStaffAsync(Roles.Reception);
        var saved = await TypeElsewhereAsync("Ada", null);

        var theirs = await Host.People.ActorAsync(colleague);
        Assert.Null((await Drafts.FindAsync(theirs, default)).Value);
        Assert.True((await Drafts.EndAsync(theirs, saved, default)).IsSuccess);
        Assert.NotNull((await Drafts.FindAsync(await ActorAsync(), default)).Value);

        await new Intruder(Host).ForceAsync("UPDATE \"RegistrationDrafts\" SET \"AuthorId\" = @p0", colleague.AccountId);
        await Assert.ThrowsAsync<SealBrokenException>(() => Drafts.FindAsync(theirs, default));
    }

    [Fact]
    [Trait("Requirement", "S2-13")]
    public async Task Draft_SavedAgainAndAgain_IsOneEntryWhenBegunAndOneWhenItGoes()
    {
        DateTimeOffset? at = null;
        foreach (var name in new[] { "A", "Ad", "Ada" })
        {
            at = await TypeElsewhereAsync(name, at);
            Host.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        await Drafts.EndAsync(await ActorAsync(), at, default);

        await using var db = await Host.OpenAsync();
        Assert.Equal([AuditAct.DraftKept, AuditAct.DraftEnded], await db.Set<AuditEntry>()
            .Where(entry => entry.Act == AuditAct.DraftKept || entry.Act == AuditAct.DraftEnded).OrderBy(entry => entry.Id)
            .Select(entry => entry.Act).ToListAsync());
    }

    [Fact]
    public async Task Draft_ThatNobodyGoesOnWith_GoesByNight()
    {
        await TypeElsewhereAsync("Ada", null);
        Host.Clock.Advance(TimeSpan.FromDays(RegistrationDraft.Days) - TimeSpan.FromHours(1));
        await Host.Get<NightlyCleaner>().CleanAsync(default);
        await using var db = await Host.OpenAsync();
        Assert.True(await db.Set<RegistrationDraft>().AnyAsync());

        Host.Clock.Advance(TimeSpan.FromHours(2));
        await Host.Get<NightlyCleaner>().CleanAsync(default);

        Assert.False(await db.Set<RegistrationDraft>().AnyAsync());
    }

    private Task<Actor> ActorAsync() => Host.People.ActorAsync(reception!);

    private async Task<DateTimeOffset> TypeElsewhereAsync(string givenName, DateTimeOffset? over) =>
        (await Drafts.SaveOverAsync(await ActorAsync(), $$"""{"GivenName":"{{givenName}}"}""", over, default)).Value;

    private static async Task TypeAsync(IRenderedComponent<PatientRegisterPage> page, params (string Id, string Text)[] fields)
    {
        foreach (var (id, text) in fields)
        {
            await page.InvokeAsync(() => page.Find("#" + id).InputAsync(text));
        }
    }
}
