using Bunit;
using ClinicBlazor.Domain.Records;

namespace ClinicBlazor.Tests.Records;

/// <summary>Two doctors write at the same time.</summary>
public sealed class DiagnosisConflictTests : DiagnosisEditing
{
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

        await SignAsync(tab);

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
        await Host.Get<RecordService>()
            .SignAsync(await Host.People.ActorAsync(Doctor), Patient.PatientId!.Value, RecordId, version, default);

        await SaveAsync(tab);
        await tab.SettleAsync("[data-testid=diagnosis-conflict]");

        Assert.Contains("Mine, too late.", tab.Page.Find(".conflict").TextContent, StringComparison.Ordinal);
        Assert.Equal("Theirs.", (await ReadAsync()).Diagnosis!.Text);
        Assert.NotNull(tab.Page.Find(".sig"));
    }
}
