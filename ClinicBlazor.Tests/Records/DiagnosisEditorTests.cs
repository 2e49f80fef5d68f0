using Bunit;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Records;

namespace ClinicBlazor.Tests.Records;

/// <summary>A doctor diagnoses.</summary>
public sealed class DiagnosisEditorTests : DiagnosisEditing
{
    [Fact]
    [Trait("Requirement", "S0-02")]
    public async Task Save_TextCodeAndCertainty_StoresAVersionAndSaysSo()
    {
        await using var tab = await OpenAsync();

        await WriteAsync(tab, "Migraine.\nWith aura.", "g43.1", Certainty.Confirmed);
        await SaveAsync(tab);

        var diagnosis = (await ReadAsync()).Diagnosis!;
        Assert.Equal(("Migraine.\nWith aura.", "G43.1", Certainty.Confirmed, 1),
            (diagnosis.Text, diagnosis.Code, diagnosis.Certainty, diagnosis.Revision));
        await tab.EventuallyAsync(() => Assert.StartsWith("Saved", Saved(tab), StringComparison.Ordinal));
        Assert.Equal("G43.1 Migraine with aura", Code(tab).GetAttribute("value"));
        Assert.Single(tab.Page.FindAll("#versions tbody tr"));
    }

    [Fact]
    [Trait("Requirement", "S0-02")]
    public async Task Code_FoundByASynonym_IsTakenFromTheList()
    {
        await using var tab = await OpenAsync();

        await Code(tab).InputAsync("classical migraine");
        tab.Timers.RunOff();
        await tab.Context.Lists.WaitForElementAsync("[role=option]");
        Assert.Equal("1 found", Announced(tab));
        await Code(tab).KeyUpAsync("Enter");
        await tab.Page.Find("#diagnosis-text").InputAsync("Migraine.");
        await CertaintyOf(tab, Certainty.Provisional).ChangeAsync("on");
        await SaveAsync(tab);

        Assert.Equal("G43.1", (await ReadAsync()).Diagnosis!.Code);
    }

    [Theory]
    [InlineData("viral URI", "J06.9 Acute upper respiratory infection, unspecified")]
    [InlineData("pne", "J18 Pneumonia, organism unspecified")]
    [Trait("Requirement", "S0-02")]
    public async Task Code_OnlyLikeWhatWasTyped_IsTakenByEnterOnceSomebodyHasGoneToIt(string typed, string taken)
    {
        await using var tab = await OpenAsync();

        await Code(tab).InputAsync(typed);
        tab.Timers.RunOff();
        await tab.Context.Lists.WaitForElementAsync("[role=option]");
        Assert.Contains("none just like it", Announced(tab), StringComparison.Ordinal);
        Assert.Empty(tab.Context.Lists.FindAll("[aria-selected=true]"));
        await Code(tab).KeyUpAsync("Enter");
        Assert.Equal(typed, Code(tab).GetAttribute("value"));
        await tab.Context.Lists.WaitForElementAsync("[role=option]");
        Assert.Empty(tab.Context.Lists.FindAll("[aria-selected=true]"));

        await Code(tab).KeyDownAsync("ArrowDown");
        Assert.StartsWith(taken[..4].Trim(), Assert.Single(tab.Context.Lists.FindAll("[aria-selected=true]")).TextContent.Trim(),
            StringComparison.Ordinal);
        await Code(tab).KeyUpAsync("Enter");

        Assert.Equal(taken, Code(tab).GetAttribute("value"));
        Assert.Empty(tab.Context.Lists.FindAll("[role=option]"));
    }

    [Fact]
    [Trait("Requirement", "S0-02")]
    public async Task Code_ThatNothingFits_IsSaidAndForgottenWithTheText()
    {
        await using var tab = await OpenAsync();

        await Code(tab).InputAsync("zzqq");
        Assert.Contains(TimeSpan.FromMilliseconds(150), tab.Timers.Waiting);
        tab.Timers.RunOff();
        await tab.EventuallyAsync(() => Assert.Equal("Nothing found for “zzqq”", Announced(tab)));
        Assert.Empty(tab.Context.Lists.FindAll("[role=option]"));
        await Code(tab).InputAsync("");
        await tab.Page.Find("#diagnosis-text").InputAsync("Something else.");
        await CertaintyOf(tab, Certainty.Provisional).ChangeAsync("on");
        await SaveAsync(tab);

        Assert.Null((await ReadAsync()).Diagnosis!.Code);
        Assert.Equal("", Code(tab).GetAttribute("value") ?? "");
    }

    [Fact]
    [Trait("Requirement", "S0-02")]
    public async Task Code_ThatWasTaken_IsLookedForNoSecondTime()
    {
        await using var tab = await OpenAsync();
        await TypeCodeAsync(tab, "g43.1");
        Assert.Equal("G43.1 Migraine with aura", Code(tab).GetAttribute("value"));

        await Code(tab).KeyDownAsync("ArrowDown");

        Assert.Empty(tab.Context.Lists.FindAll("[role=option]"));
        Assert.Equal("", Announced(tab));
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
    [Trait("Requirement", "B-03")]
    public async Task EnteredInError_WithoutAndWithAReason_HidesTheRecordOnlyThen()
    {
        await using var tab = await OpenAsync();
        var asking = ButtonAsync(tab, "Entered in error…");
        await tab.DialogAsync("[data-testid=entered-in-error]");
        var dialogs = tab.Context.Dialogs;

        await dialogs.Find(".btn-danger-fill").ClickAsync();
        Assert.Contains("Say why", (await tab.DialogAsync("#reason-error")).TextContent, StringComparison.Ordinal);
        Assert.Equal(RecordStatus.Preliminary, (await ReadAsync()).Status);

        await dialogs.Find("#reason").InputAsync("Wrong chart.");
        await dialogs.Find(".btn-danger-fill").ClickAsync();
        await asking;
        await tab.EventuallyAsync(
            () => Assert.Contains("Entered in error", tab.Page.Find("[data-testid=record-status]").TextContent, StringComparison.Ordinal));
        Assert.Equal("Wrong chart.", (await ReadAsync()).ErrorReason);
        Assert.Contains("Wrong chart.", tab.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Roles.Nurse)]
    [InlineData(Roles.Administrator)]
    [Trait("Requirement", "S0-02")]
    public async Task Form_ForAnybodyButADoctor_IsNotThere(Roles role)
    {
        var other = await Host.People.AddStaffAsync(role);
        await Host.People.AssignAsync(other, Patient.PatientId!.Value);

        await using var tab = await RecordTab.OpenAsync(Host, other, RecordId);
        await tab.SettleAsync("[data-testid=record]");

        Assert.Empty(tab.Page.FindAll("[data-testid=record] form, [aria-keyshortcuts], .rec-head button:not([data-print])"));
    }

    private static string Announced(RecordTab tab) => tab.Page.Find(".search-field [role=status]").TextContent;
}
