using Bunit;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Records;

/// <summary>A doctor signs what was on the screen, with a fresh proof.</summary>
public sealed class DiagnosisSigningTests : DiagnosisEditing
{
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
        Host.Clock.Advance(TimeSpan.FromMinutes(6));

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
        var otherId = await Host.People.AddRecordAsync(Patient.PatientId!.Value, Patient, "Another one.");
        await using var tab = await OpenAsync();
        Host.Clock.Advance(TimeSpan.FromMinutes(6));

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
}
