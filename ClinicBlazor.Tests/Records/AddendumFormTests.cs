using Bunit;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Tests.Support;

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
        await Task.WhenAll(tab.Page.Find("form[aria-label=Addendum]").SubmitAsync(),
            tab.Page.Find("form[aria-label=Addendum]").SubmitAsync());
        await tab.SettleAsync("[data-testid=addendum]");

        Assert.Contains("Better after two days.", Assert.Single(tab.Page.FindAll("[data-testid=addendum]")).TextContent,
            StringComparison.Ordinal);
        Assert.Contains("signature holds", tab.Page.Find("[data-testid=addendum]").TextContent, StringComparison.Ordinal);
        Assert.Single((await ReadAsync()).Addenda);
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
            await tab.Page.Find("form[aria-label=Addendum]").SubmitAsync();
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
        await tab.Page.Find("form[aria-label=Addendum]").SubmitAsync();
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
        await first.Page.Find("form[aria-label=Addendum]").SubmitAsync();
        await first.SettleAsync("[data-testid=addendum]");

        await second.Page.Find("form[aria-label=Addendum]").SubmitAsync();

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
