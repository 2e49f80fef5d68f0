using Bunit;
using ClinicBlazor.Domain.Records;
using MudBlazor;

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
        await SignAsync(tab);
        await tab.SettleAsync(".sig");

        var record = await ReadAsync();
        Assert.Equal((RecordStatus.Final, "Migraine."), (record.Status, record.Diagnosis!.Text));
        Assert.True(Assert.Single(record.Signatures).IsValid);
        Assert.Empty(tab.Page.FindAll("form[data-testid=record-diagnosis]"));
        Assert.Contains("Signature holds", tab.Page.Find("[data-testid=record-signature]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "B-04")]
    public async Task Sign_Asked_NamesPatientTextCodeAndCertaintyAndSignsNothingYet()
    {
        await using var tab = await OpenAsync();

        await WriteAsync(tab, "Migraine.", "G43.1", Certainty.Confirmed);
        var asking = SignButton(tab).ClickAsync();
        var question = await tab.DialogAsync("[data-testid=sign-dialog]");

        Assert.All(["Pat Family", "Migraine.", "G43.1", "Confirmed"],
            word => Assert.Contains(word, question.TextContent, StringComparison.Ordinal));
        Assert.Equal(["Not yet", "Sign and next", "Sign"],
            question.QuerySelectorAll(".mud-dialog-actions button").Select(button => button.TextContent));
        Assert.Equal(DefaultFocus.FirstChild, tab.Context.Dialogs.FindComponent<MudDialog>().Instance.DefaultFocus);
        Assert.Equal(RecordStatus.Preliminary, (await ReadAsync()).Status);

        await question.QuerySelectorAll("button").Single(button => button.TextContent == "Not yet").ClickAsync();
        await asking;
        Assert.Empty(tab.Context.Dialogs.FindAll("[data-testid=sign-dialog]"));
        Assert.Equal(RecordStatus.Preliminary, (await ReadAsync()).Status);
    }

    [Fact]
    [Trait("Requirement", "B-04")]
    public async Task SignAndNext_WithAnotherOneWaiting_LeadsToTheOneThatWaitsLongest()
    {
        await SaveElsewhereAsync("Migraine.");
        Host.Clock.Advance(TimeSpan.FromSeconds(1));
        var nextId = await Host.People.AddRecordAsync(Patient.PatientId!.Value, Patient, "Another one.");
        Host.Clock.Advance(TimeSpan.FromSeconds(1));
        await Host.People.AddRecordAsync(Patient.PatientId.Value, Patient, "A third one.");
        await using var tab = await OpenAsync();

        await SignAsync(tab, "Sign and next");

        Assert.Equal(RecordStatus.Final, (await ReadAsync()).Status);
        Assert.Equal($"/records/{nextId}", tab.Address);
    }

    [Fact]
    [Trait("Requirement", "B-02")]
    public async Task Sign_WithAnOldProof_AsksForItAndSignsOnlyThen()
    {
        await SaveElsewhereAsync("Migraine.");
        await using var tab = await OpenAsync();
        Host.Clock.Advance(TimeSpan.FromMinutes(6));

        var signing = SignAsync(tab);
        await tab.Context.Dialogs.WaitForElementAsync("#step-up-proof");
        Assert.Equal(RecordStatus.Preliminary, (await ReadAsync()).Status);
        await tab.Context.ProveAsync();
        await signing.WaitAsync(TimeSpan.FromSeconds(60));

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

        var signing = SignAsync(tab);
        await tab.Context.Dialogs.WaitForElementAsync("#step-up-proof");
        tab.Show(otherId);
        await tab.SettleAsync($"[data-record-id='{otherId}']");
        await tab.Context.ProveAsync();
        await signing.WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Equal(RecordStatus.Preliminary, (await ReadAsync()).Status);
    }
}
