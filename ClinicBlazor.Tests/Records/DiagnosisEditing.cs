using AngleSharp.Dom;
using Bunit;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Records;

/// <summary>A doctor at the open record of a patient, and what is done there.</summary>
public abstract class DiagnosisEditing : IAsyncLifetime
{
    protected DomainHost Host { get; private set; } = null!;

    protected TestPerson Doctor { get; private set; } = null!;

    protected TestPerson Patient { get; private set; } = null!;

    protected Guid RecordId { get; private set; }

    public async Task InitializeAsync()
    {
        Host = await DomainHost.StartAsync(DatabaseKind.Sqlite);
        Doctor = await Host.People.AddStaffAsync(Roles.Doctor);
        Patient = await Host.People.AddPatientAsync();
        await Host.People.AssignAsync(Doctor, Patient.PatientId!.Value);
        RecordId = await Host.People.AddRecordAsync(Patient.PatientId.Value, Patient);
    }

    public async Task DisposeAsync() => await Host.DisposeAsync();

    private protected static IElement Code(RecordTab tab) => tab.Page.Find("#diagnosis-code");

    private protected static IElement SignButton(RecordTab tab) =>
        tab.Page.FindAll("button").Single(button => button.TextContent == "Sign record");

    /// <summary>Asks to sign and goes through with it.</summary>
    private protected static async Task SignAsync(RecordTab tab, string button = "Sign")
    {
        var asking = SignButton(tab).ClickAsync();
        var dialog = await tab.DialogAsync("[data-testid=sign-dialog]");
        await dialog.QuerySelectorAll("button").Single(candidate => candidate.TextContent == button).ClickAsync();
        await asking;
    }

    private protected static IElement CertaintyOf(RecordTab tab, Certainty certainty) =>
        tab.Page.Find($"input[name=certainty][value={certainty}]");

    private protected static string Saved(RecordTab tab) => tab.Page.Find("[data-testid=saved-indicator]").TextContent.Trim();

    private protected static Task SaveAsync(RecordTab tab) => tab.Page.Find("form[data-testid=record-diagnosis]").SubmitAsync();

    private protected static Task ButtonAsync(RecordTab tab, string text) =>
        tab.Page.FindAll("button").Single(button => button.TextContent == text).ClickAsync();

    private protected static async Task WriteAsync(RecordTab tab, string text, string code, Certainty certainty)
    {
        await tab.Page.Find("#diagnosis-text").InputAsync(text);
        await TypeCodeAsync(tab, code);
        await CertaintyOf(tab, certainty).ChangeAsync("on");
    }

    /// <summary>Types a code by heart and leaves the box; the search that typing began ends with that.</summary>
    private protected static async Task TypeCodeAsync(RecordTab tab, string code)
    {
        var typing = Code(tab).InputAsync(code);
        await Code(tab).BlurAsync();
        await typing;
    }

    private protected async Task<RecordTab> OpenAsync(string until = "#diagnosis-text")
    {
        var tab = await RecordTab.OpenAsync(Host, Doctor, RecordId);
        await tab.SettleAsync(until);
        return tab;
    }

    /// <summary>A colleague saves a diagnosis meanwhile.</summary>
    protected async Task SaveElsewhereAsync(string text)
    {
        var colleague = await Host.People.AddStaffAsync(Roles.Doctor);
        await Host.People.AssignAsync(colleague, Patient.PatientId!.Value);
        var input = new DiagnosisInput(text, "G44.2", Certainty.Provisional, (await ReadAsync()).Version);
        Assert.True(
            (await Host.Get<RecordService>()
            .SaveDiagnosisAsync(await Host.People.ActorAsync(colleague), Patient.PatientId.Value, RecordId, input, default)).IsSuccess);
    }

    protected async Task<RecordDetails> ReadAsync() =>
        (await Host.Get<RecordService>().GetAsync(await Host.People.ActorAsync(Doctor), RecordId, default)).Value;

    protected async Task<SavedDraft?> DraftAsync() =>
        (await Host.Get<DraftService>()
            .FindAsync(await Host.People.ActorAsync(Doctor), Patient.PatientId!.Value, $"diagnosis/{RecordId:D}", default)).Value;
}
