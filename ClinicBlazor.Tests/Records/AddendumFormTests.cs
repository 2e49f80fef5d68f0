using Bunit;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Tests.Support;
using MudBlazor;

namespace ClinicBlazor.Tests.Records;

/// <summary>A doctor adds to a signed record on its page.</summary>
[Trait("Requirement", "B-04")]
public sealed class AddendumFormTests : DiagnosisEditing
{
    [Fact]
    [Trait("Requirement", "B-14")]
    public async Task AddAddendum_PressedTwice_StandsBelowTheRecordOnce()
    {
        await using var tab = await OpenSignedAsync();

        await tab.Page.Find("#addendum").InputAsync("Better after two days.");
        var adding = Task.WhenAll(tab.Page.Find("form[aria-label=Addendum]").SubmitAsync(),
            tab.Page.Find("form[aria-label=Addendum]").SubmitAsync());
        await AnswerAsync(tab, "Sign");
        await adding;
        await tab.SettleAsync("[data-testid=addendum]");

        Assert.Contains("Better after two days.", Assert.Single(tab.Page.FindAll("[data-testid=addendum]")).TextContent,
            StringComparison.Ordinal);
        Assert.Contains("Signed", tab.Page.Find("[data-testid=addendum]").TextContent, StringComparison.Ordinal);
        Assert.Single((await ReadAsync()).Addenda);
    }

    [Fact]
    public async Task AddAddendum_Asked_NamesPatientAndTextAndSignsNothingUntilItIsMeant()
    {
        await using var tab = await OpenSignedAsync();
        await tab.Page.Find("#addendum").InputAsync("Better after two days.");

        var adding = tab.Page.Find("form[aria-label=Addendum]").SubmitAsync();
        var question = await tab.DialogAsync("[data-testid=amend-dialog]");

        Assert.All(["Pat Family", "Better after two days."], word => Assert.Contains(word, question.TextContent, StringComparison.Ordinal));
        Assert.Equal(["Not yet", "Sign"], question.QuerySelectorAll(".mud-dialog-actions button").Select(button => button.TextContent));
        Assert.Equal(DefaultFocus.FirstChild, tab.Context.Dialogs.FindComponent<MudDialog>().Instance.DefaultFocus);
        Assert.Empty((await ReadAsync()).Addenda);

        await AnswerAsync(tab, "Not yet");
        await adding;
        Assert.Empty((await ReadAsync()).Addenda);
        Assert.Equal("Better after two days.", tab.Page.Find("#addendum").GetAttribute("value"));

        await AddAsync(tab);
        await tab.SettleAsync("[data-testid=addendum]");
        Assert.Equal("Better after two days.", Assert.Single((await ReadAsync()).Addenda).Text);
    }

    [Fact]
    public async Task Countersign_Asked_NamesPatientTextCodeAndCertaintyAndSignsNothingUntilItIsMeant()
    {
        await SignByAColleagueAsync();
        await using var tab = await OpenAsync("#addendum");
        await tab.Page.Find("#addendum").InputAsync("Not finished yet.");

        var signing = ButtonAsync(tab, "Add my signature");
        var question = await tab.DialogAsync("[data-testid=amend-dialog]");

        Assert.All(["Pat Family", "Migraine.", "G44.2", "Provisional"],
            word => Assert.Contains(word, question.TextContent, StringComparison.Ordinal));
        await AnswerAsync(tab, "Not yet");
        await signing;
        Assert.Single((await ReadAsync()).Signatures);
        Assert.Equal("Not finished yet.", tab.Page.Find("#addendum").GetAttribute("value"));

        signing = ButtonAsync(tab, "Add my signature");
        await AnswerAsync(tab, "Sign");
        await signing;
        Assert.Equal([true, true], (await ReadAsync()).Signatures.Select(signature => signature.IsValid));
    }

    [Fact]
    public async Task AddAddendum_WithoutText_SaysSoBesideTheField()
    {
        await using var tab = await OpenSignedAsync();

        await tab.Page.Find("form[aria-label=Addendum]").SubmitAsync();

        await tab.EventuallyAsync(() => Assert.Equal("Write what is to be added.", tab.Page.Find("#addendum-error").TextContent.Trim()));
        Assert.Empty((await ReadAsync()).Addenda);
    }

    [Fact]
    [Trait("Requirement", "S4-04")]
    public async Task Record_WhoseLastAddendumIsGone_SaysSoToStaffAndToThePatient()
    {
        await using (var tab = await OpenSignedAsync())
        {
            await tab.Page.Find("#addendum").InputAsync("Better after two days.");
            await AddAsync(tab);
            await tab.SettleAsync("[data-testid=addendum]");
            Assert.Empty(tab.Page.FindAll("[data-testid=addenda-missing]"));
        }

        await new Intruder(Host).ForceAsync("DELETE FROM \"Addenda\"");

        await using var staff = await OpenAsync("[data-testid=addenda-missing]");
        Assert.Contains("An addendum is missing", staff.Page.Find("[data-testid=addenda-missing]").TextContent, StringComparison.Ordinal);
        await using var own = await RecordTab.OpenAsync(Host, Patient, RecordId);
        await own.SettleAsync("[data-testid=addenda-missing]");
        Assert.Contains("Please tell the clinic", own.Page.Find("[data-testid=addenda-missing]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "B-06")]
    public async Task Type_AndLeave_TheNextPageHoldsItUntilItIsSigned()
    {
        await using (var left = await OpenSignedAsync())
        {
            await left.Page.Find("#addendum").InputAsync("Better after two days.");
        }

        await using var tab = await OpenAsync("#addendum");
        await tab.EventuallyAsync(() => Assert.Equal("Better after two days.", tab.Page.Find("#addendum").GetAttribute("value")));
        await AddAsync(tab);
        await tab.SettleAsync("[data-testid=addendum]");

        Assert.Equal("", tab.Page.Find("#addendum").GetAttribute("value") ?? "");
        await using var db = await Host.OpenAsync();
        Assert.Empty(db.Set<Draft>().ToList());
    }

    [Fact]
    [Trait("Requirement", "B-14")]
    public async Task AddAddendum_InTwoWindowsOfOneDraft_AddsOneAndAsksInTheSecond()
    {
        await using (var left = await OpenSignedAsync())
        {
            await left.Page.Find("#addendum").InputAsync("Better after two days.");
        }

        await using var first = await OpenAsync("#addendum");
        await using var second = await OpenAsync("#addendum");
        await first.EventuallyAsync(() => Assert.Equal("Better after two days.", first.Page.Find("#addendum").GetAttribute("value")));
        await second.EventuallyAsync(() => Assert.Equal("Better after two days.", second.Page.Find("#addendum").GetAttribute("value")));
        await AddAsync(first);
        await first.SettleAsync("[data-testid=addendum]");

        await AddAsync(second);

        await second.SettleAsync("[data-testid=written-elsewhere]");
        Assert.Single((await ReadAsync()).Addenda);
    }

    [Fact]
    [Trait("Requirement", "B-06")]
    public async Task Type_InTwoWindows_TheSecondIsToldAndOverwritesNothing()
    {
        await using var first = await OpenSignedAsync();
        await using var second = await OpenAsync("#addendum");
        await first.Page.Find("#addendum").InputAsync("From the first window.");
        first.Timers.RunOff();
        await first.EventuallyAsync(() => Assert.Contains("Saved", Saved(first), StringComparison.Ordinal));

        await second.Page.Find("#addendum").InputAsync("From the second window.");
        await second.Page.Find("form[aria-label=Addendum]").SubmitAsync();

        await second.SettleAsync("[data-testid=written-elsewhere]");
        Assert.Empty((await ReadAsync()).Addenda);
        await using var db = await Host.OpenAsync();
        Assert.Single(db.Set<Draft>().ToList());
    }

    private static async Task AddAsync(RecordTab tab)
    {
        var adding = tab.Page.Find("form[aria-label=Addendum]").SubmitAsync();
        await AnswerAsync(tab, "Sign");
        await adding;
    }

    private static async Task AnswerAsync(RecordTab tab, string button) =>
        await (await tab.DialogAsync("[data-testid=amend-dialog]")).QuerySelectorAll("button")
            .Single(candidate => candidate.TextContent == button).ClickAsync();

    private async Task SignByAColleagueAsync()
    {
        await SaveElsewhereAsync("Migraine.");
        var colleague = await Host.People.AddStaffAsync(Roles.Doctor);
        await Host.People.AssignAsync(colleague, Patient.PatientId!.Value);
        var actor = await Host.People.ActorAsync(colleague);
        Assert.True((await Host.Get<RecordService>()
            .SignAsync(actor, Patient.PatientId.Value, RecordId, (await ReadAsync()).Version, default)).IsSuccess);
    }

    private async Task<RecordTab> OpenSignedAsync()
    {
        await SaveElsewhereAsync("Migraine.");
        var record = await ReadAsync();
        Assert.True(
            (await Host.Get<RecordService>()
            .SignAsync(await Host.People.ActorAsync(Doctor), record.PatientId, RecordId, record.Version, default)).IsSuccess);
        return await OpenAsync("#addendum");
    }
}
