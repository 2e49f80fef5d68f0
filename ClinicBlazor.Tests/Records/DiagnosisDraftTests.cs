using Bunit;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Records;

namespace ClinicBlazor.Tests.Records;

/// <summary>What a doctor has typed and not saved.</summary>
public sealed class DiagnosisDraftTests : DiagnosisEditing
{
    [Fact]
    [Trait("Requirement", "B-06")]
    public async Task Draft_OfUnsavedText_IsKeptAfterAPauseAndFoundAgainByItsAuthorAlone()
    {
        var colleague = await Host.People.AddStaffAsync(Roles.Doctor);
        await Host.People.AssignAsync(colleague, Patient.PatientId!.Value);
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
        await using var other = await RecordTab.OpenAsync(Host, colleague, RecordId);
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
        await tab.EventuallyAsync(() => Assert.Contains("Saved,", Saved(tab), StringComparison.Ordinal));
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
}
