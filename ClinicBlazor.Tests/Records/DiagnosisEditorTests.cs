using AngleSharp.Dom;
using Bunit;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Records;

/// <summary>A doctor diagnoses and signs.</summary>
public sealed class DiagnosisEditorTests : IAsyncLifetime
{
    private DomainHost host = null!;
    private TestPerson doctor = null!;
    private TestPerson patient = null!;
    private Guid recordId;

    public async Task InitializeAsync()
    {
        host = await DomainHost.StartAsync(Domain.DatabaseKind.Sqlite);
        doctor = await host.People.AddStaffAsync(Roles.Doctor);
        patient = await host.People.AddPatientAsync();
        await host.People.AssignAsync(doctor, patient.PatientId!.Value);
        recordId = await host.People.AddRecordAsync(patient.PatientId.Value, patient);
    }

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    [Trait("Requirement", "S0-02")]
    public async Task Save_TextCodeAndCertainty_StoresAVersionAndSaysSo()
    {
        await using var tab = await OpenAsync();

        await WriteAsync(tab, "Migraine.\nWith aura.", "g43.1", Certainty.Confirmed);
        await SaveAsync(tab);

        var diagnosis = (await ReadAsync()).Diagnosis!;
        Assert.Equal(("Migraine.\nWith aura.", "G43.1", Certainty.Confirmed, 1), (diagnosis.Text, diagnosis.Code, diagnosis.Certainty, diagnosis.Revision));
        await tab.EventuallyAsync(() => Assert.StartsWith("Saved", Saved(tab), StringComparison.Ordinal));
        Assert.Equal("G43.1 Migraine with aura", Code(tab).GetAttribute("value"));
        Assert.Single(tab.Page.FindAll("#versions tbody tr"));
    }

    [Fact]
    [Trait("Requirement", "S0-02")]
    public async Task Code_FoundByASynonym_IsTakenFromTheList()
    {
        await using var tab = await OpenAsync();

        var typing = Code(tab).InputAsync("classical migraine");
        tab.Timers.RunOff();
        await typing;
        await tab.SettleAsync("[role=option]");
        await Code(tab).KeyDownAsync("Enter");
        await tab.Page.Find("#diagnosis-text").InputAsync("Migraine.");
        await CertaintyOf(tab, Certainty.Provisional).ChangeAsync("on");
        await SaveAsync(tab);

        Assert.Equal("G43.1", (await ReadAsync()).Diagnosis!.Code);
    }

    [Fact]
    [Trait("Requirement", "S4-07")]
    public async Task Save_WithUnknownCodeAndNothingElse_NamesEachFieldAndKeepsWhatWasTyped()
    {
        await using var tab = await OpenAsync();

        await TypeCodeAsync(tab, "hedache");
        await SaveAsync(tab);

        await tab.SettleAsync("[data-testid=error-summary]");
        Assert.Equal(3, tab.Page.FindAll("[data-testid=error-summary] li").Count);
        Assert.Contains("not in the catalogue", tab.Page.Find("#diagnosis-code-error").TextContent, StringComparison.Ordinal);
        Assert.NotNull(tab.Page.Find("#diagnosis-text-error"));
        Assert.NotNull(tab.Page.Find("#diagnosis-certainty-error"));
        Assert.Equal("hedache", Code(tab).GetAttribute("value"));
        Assert.Empty((await ReadAsync()).Versions);
    }

    [Fact]
    [Trait("Requirement", "S4-04")]
    [Trait("Requirement", "B-04")]
    public async Task Sign_WithUnsavedText_SavesItFirstAndLocksWhatWasOnTheScreen()
    {
        await using var tab = await OpenAsync();

        await WriteAsync(tab, "Migraine.", "G43.1", Certainty.Confirmed);
        await SignButton(tab).ClickAsync();
        await tab.SettleAsync(".sig");

        var record = await ReadAsync();
        Assert.Equal((RecordStatus.Final, "Migraine."), (record.Status, record.Diagnosis!.Text));
        Assert.True(Assert.Single(record.Signatures).IsValid);
        Assert.Empty(tab.Page.FindAll("form[data-testid=record-diagnosis]"));
        Assert.Contains("Signature holds", tab.Page.Find("[data-testid=record-signature]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "B-02")]
    public async Task Sign_WithAnOldProof_AsksForItAndSignsOnlyThen()
    {
        await SaveElsewhereAsync("Migraine.");
        await using var tab = await OpenAsync();
        host.Clock.Advance(TimeSpan.FromMinutes(6));

        var signing = SignButton(tab).ClickAsync();
        await tab.SettleAsync("#step-up-proof");
        Assert.Equal(RecordStatus.Preliminary, (await ReadAsync()).Status);
        await tab.Page.Find("#step-up-proof").InputAsync(TestPeople.Password);
        await tab.Page.Find("#step-up-form").SubmitAsync();
        await tab.Page.Find("dialog#step-up").TriggerEventAsync("onclose", EventArgs.Empty);
        await signing.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(RecordStatus.Final, (await ReadAsync()).Status);
    }

    [Fact]
    [Trait("Requirement", "B-02")]
    [Trait("Requirement", "C-05")]
    public async Task Sign_RecordLeftWhileTheProofIsAsked_IsNotSigned()
    {
        await SaveElsewhereAsync("Migraine.");
        var otherId = await host.People.AddRecordAsync(patient.PatientId!.Value, patient, "Another one.");
        await using var tab = await OpenAsync();
        host.Clock.Advance(TimeSpan.FromMinutes(6));

        var signing = SignButton(tab).ClickAsync();
        await tab.SettleAsync("#step-up-proof");
        tab.Show(otherId);
        await tab.SettleAsync($"[data-record-id='{otherId}']");
        await tab.Page.Find("#step-up-proof").InputAsync(TestPeople.Password);
        await tab.Page.Find("#step-up-form").SubmitAsync();
        await tab.Page.Find("dialog#step-up").TriggerEventAsync("onclose", EventArgs.Empty);
        await signing.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(RecordStatus.Preliminary, (await ReadAsync()).Status);
    }

    [Fact]
    [Trait("Requirement", "B-07")]
    public async Task Save_SomebodyElseWasQuicker_ShowsBothTextsAndLosesNeither()
    {
        await using var tab = await OpenAsync();
        await WriteAsync(tab, "Mine.", "G43.1", Certainty.Confirmed);
        await SaveElsewhereAsync("Theirs.");

        await SaveAsync(tab);
        await tab.SettleAsync("[data-testid=diagnosis-conflict]");

        var conflict = tab.Page.Find(".conflict").TextContent;
        Assert.Contains("Mine.", conflict, StringComparison.Ordinal);
        Assert.Contains("Theirs.", conflict, StringComparison.Ordinal);
        Assert.Equal("Theirs.", (await ReadAsync()).Diagnosis!.Text);

        await ButtonAsync(tab, "Put both together");
        Assert.Equal("Theirs.\n\nMine.", tab.Page.Find("#diagnosis-text").GetAttribute("value"));
        await SaveAsync(tab);
        await tab.EventuallyAsync(() => Assert.Equal(2, tab.Page.FindAll("#versions tbody tr").Count));
        Assert.Equal("Theirs.\n\nMine.", (await ReadAsync()).Diagnosis!.Text);
    }

    [Theory]
    [InlineData("Save mine as version 2", "Mine.")]
    [InlineData("Throw mine away", "Theirs.")]
    [Trait("Requirement", "B-07")]
    public async Task Conflict_OneTextChosen_IsTheOneInForce(string choice, string inForce)
    {
        await using var tab = await OpenAsync();
        await WriteAsync(tab, "Mine.", "G43.1", Certainty.Confirmed);
        await SaveElsewhereAsync("Theirs.");
        await SaveAsync(tab);
        await tab.SettleAsync("[data-testid=diagnosis-conflict]");

        await ButtonAsync(tab, choice);
        await tab.SettleAsync("#diagnosis-text");

        Assert.Equal(inForce, tab.Page.Find("#diagnosis-text").GetAttribute("value"));
        Assert.Equal(inForce, (await ReadAsync()).Diagnosis!.Text);
        Assert.Null(await DraftAsync());
    }

    [Fact]
    [Trait("Requirement", "B-07")]
    [Trait("Requirement", "B-04")]
    public async Task Sign_SomebodyElseWasQuicker_SignsNothingAndShowsTheirText()
    {
        await SaveElsewhereAsync("First.");
        await using var tab = await OpenAsync();
        await SaveElsewhereAsync("Second.");

        await SignButton(tab).ClickAsync();

        await tab.EventuallyAsync(() => Assert.Equal("Second.", tab.Page.Find("#diagnosis-text").GetAttribute("value")));
        Assert.Contains("Somebody else has changed this record", tab.Markup, StringComparison.Ordinal);
        Assert.Equal(RecordStatus.Preliminary, (await ReadAsync()).Status);
    }

    [Fact]
    [Trait("Requirement", "B-07")]
    [Trait("Requirement", "B-04")]
    public async Task Save_SignedBySomebodyElseMeanwhile_KeepsTheUnsavedTextInSight()
    {
        await SaveElsewhereAsync("Theirs.");
        await using var tab = await OpenAsync();
        await tab.Page.Find("#diagnosis-text").InputAsync("Mine, too late.");
        var version = (await ReadAsync()).Version;
        await host.Get<RecordService>().SignAsync(await host.People.ActorAsync(doctor), patient.PatientId!.Value, recordId, version, default);

        await SaveAsync(tab);
        await tab.SettleAsync("[data-testid=diagnosis-conflict]");

        Assert.Contains("Mine, too late.", tab.Page.Find(".conflict").TextContent, StringComparison.Ordinal);
        Assert.Equal("Theirs.", (await ReadAsync()).Diagnosis!.Text);
        Assert.NotNull(tab.Page.Find(".sig"));
    }

    [Fact]
    [Trait("Requirement", "B-06")]
    public async Task Draft_OfUnsavedText_IsKeptAfterAPauseAndFoundAgainByItsAuthorAlone()
    {
        var colleague = await host.People.AddStaffAsync(Roles.Doctor);
        await host.People.AssignAsync(colleague, patient.PatientId!.Value);
        await using (var left = await OpenAsync())
        {
            await WriteAsync(left, "Not saved yet ñ.", "G43.1", Certainty.Differential);
            Assert.All(left.Timers.Waiting, pause => Assert.True(pause < TimeSpan.FromSeconds(2)));
            left.Timers.RunOff();
            await left.EventuallyAsync(() => Assert.Contains("As a draft", Saved(left), StringComparison.Ordinal));
            await left.Page.Find("#diagnosis-text").InputAsync("Not saved yet ñ. And on.");
        }

        await using var again = await OpenAsync();
        await again.SettleAsync("[data-testid=draft-found]");
        await using var other = await RecordTab.OpenAsync(host, colleague, recordId);
        await other.SettleAsync("form");

        Assert.Equal("Not saved yet ñ. And on.", again.Page.Find("#diagnosis-text").GetAttribute("value"));
        Assert.True(CertaintyOf(again, Certainty.Differential).HasAttribute("checked"));
        Assert.StartsWith("G43.1", Code(again).GetAttribute("value"), StringComparison.Ordinal);
        Assert.Equal("", other.Page.Find("#diagnosis-text").GetAttribute("value") ?? "");
        Assert.Empty((await ReadAsync()).Versions);
    }

    [Fact]
    [Trait("Requirement", "B-06")]
    public async Task Draft_AfterTheTextWasSaved_IsGone()
    {
        await using var tab = await OpenAsync();
        await WriteAsync(tab, "Migraine.", "G43.1", Certainty.Confirmed);
        tab.Timers.RunOff();
        await tab.EventuallyAsync(() => Assert.Contains("As a draft", Saved(tab), StringComparison.Ordinal));
        Assert.NotNull(await DraftAsync());

        await SaveAsync(tab);

        Assert.Null(await DraftAsync());
    }

    [Fact]
    [Trait("Requirement", "B-06")]
    [Trait("Requirement", "B-07")]
    public async Task Draft_OfAnOlderVersion_IsShownBesideWhatWasSavedSince()
    {
        await using (var left = await OpenAsync())
        {
            await left.Page.Find("#diagnosis-text").InputAsync("Mine from before.");
        }

        await SaveElsewhereAsync("Theirs.");
        await using var tab = await OpenAsync("[data-testid=diagnosis-conflict]");

        Assert.Contains("Mine from before.", tab.Page.Find(".conflict").TextContent, StringComparison.Ordinal);
        Assert.Contains("Theirs.", tab.Page.Find(".conflict").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "B-03")]
    public async Task EnteredInError_WithoutAndWithAReason_HidesTheRecordOnlyThen()
    {
        await using var tab = await OpenAsync();
        await ButtonAsync(tab, "Entered in error…");

        await tab.Page.Find("#entered-in-error .btn-danger-fill").ClickAsync();
        Assert.Contains("Say why", tab.Page.Find("#error-reason-error").TextContent, StringComparison.Ordinal);
        Assert.Equal(RecordStatus.Preliminary, (await ReadAsync()).Status);

        await tab.Page.Find("#error-reason").InputAsync("Wrong chart.");
        await tab.Page.Find("#entered-in-error .btn-danger-fill").ClickAsync();
        await tab.EventuallyAsync(() => Assert.Contains("Entered in error", tab.Page.Find("[data-testid=record-status]").TextContent, StringComparison.Ordinal));
        Assert.Equal("Wrong chart.", (await ReadAsync()).ErrorReason);
        Assert.Contains("Wrong chart.", tab.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Roles.Nurse)]
    [InlineData(Roles.Administrator)]
    [Trait("Requirement", "S0-02")]
    public async Task Form_ForAnybodyButADoctor_IsNotThere(Roles role)
    {
        var other = await host.People.AddStaffAsync(role);
        await host.People.AssignAsync(other, patient.PatientId!.Value);

        await using var tab = await RecordTab.OpenAsync(host, other, recordId);
        await tab.SettleAsync("[data-testid=record]");

        Assert.Empty(tab.Page.FindAll("[data-testid=record] form, [aria-keyshortcuts], .rec-head button:not([data-print])"));
    }

    private static IElement Code(RecordTab tab) => tab.Page.Find("#diagnosis-code");

    private static IElement SignButton(RecordTab tab) => tab.Page.FindAll("button").Single(button => button.TextContent == "Sign record");

    private static IElement CertaintyOf(RecordTab tab, Certainty certainty) => tab.Page.Find($"input[name=certainty][value={certainty}]");

    private static string Saved(RecordTab tab) => tab.Page.Find("[data-testid=saved-indicator]").TextContent.Trim();

    private static Task SaveAsync(RecordTab tab) => tab.Page.Find("form[data-testid=record-diagnosis]").SubmitAsync();

    private static Task ButtonAsync(RecordTab tab, string text) => tab.Page.FindAll("button").Single(button => button.TextContent == text).ClickAsync();

    private static async Task WriteAsync(RecordTab tab, string text, string code, Certainty certainty)
    {
        await tab.Page.Find("#diagnosis-text").InputAsync(text);
        await TypeCodeAsync(tab, code);
        await CertaintyOf(tab, certainty).ChangeAsync("on");
    }

    /// <summary>Types a code by heart and leaves the box; the search that typing began ends with that.</summary>
    private static async Task TypeCodeAsync(RecordTab tab, string code)
    {
        var typing = Code(tab).InputAsync(code);
        await Code(tab).BlurAsync();
        await typing;
    }

    private async Task<RecordTab> OpenAsync(string until = "#diagnosis-text")
    {
        var tab = await RecordTab.OpenAsync(host, doctor, recordId);
        await tab.SettleAsync(until);
        return tab;
    }

    /// <summary>A colleague saves a diagnosis meanwhile.</summary>
    private async Task SaveElsewhereAsync(string text)
    {
        var colleague = await host.People.AddStaffAsync(Roles.Doctor);
        await host.People.AssignAsync(colleague, patient.PatientId!.Value);
        var input = new DiagnosisInput(text, "G44.2", Certainty.Provisional, (await ReadAsync()).Version);
        Assert.True((await host.Get<RecordService>().SaveDiagnosisAsync(await host.People.ActorAsync(colleague), patient.PatientId.Value, recordId, input, default)).IsSuccess);
    }

    private async Task<RecordDetails> ReadAsync() => (await host.Get<RecordService>().GetAsync(await host.People.ActorAsync(doctor), recordId, default)).Value;

    private async Task<SavedDraft?> DraftAsync() =>
        (await host.Get<DraftService>().FindAsync(await host.People.ActorAsync(doctor), patient.PatientId!.Value, $"diagnosis/{recordId:D}", default)).Value;
}
