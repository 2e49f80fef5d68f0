using Bunit;
using ClinicBlazor.App.Records;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Tests.Support;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Tests.Records;

/// <summary>The record component shows a record to those who may see it, and holds nothing of it for anybody else.</summary>
[Trait("Requirement", "C-05")]
[Trait("Requirement", "S4-01")]
public sealed class RecordViewTests(SqliteClinic clinic) : IClassFixture<SqliteClinic>
{
    private const string Canary = "heliotrope";

    // Related: own for a patient, assigned for staff.
    public static TheoryData<Roles, bool, bool> People => new()
    {
        { Roles.Patient, true, true },
        { Roles.Patient, false, false },
        { Roles.None, false, false }, // an account that no patient was linked to
        { Roles.Doctor, true, true },
        { Roles.Doctor, false, false },
        { Roles.Nurse, true, true },
        { Roles.Nurse, false, false },
        { Roles.Reception, true, false },
        { Roles.Reception, false, false },
        { Roles.Administrator, true, true },
        { Roles.Administrator, false, false },
    };

    [Theory]
    [MemberData(nameof(People))]
    [Trait("Requirement", "S1-01")]
    [Trait("Requirement", "S0-01")]
    public async Task Record_OfSomebody_StandsForThoseWhoMayReadItAndLooksMissingToTheRest(Roles role, bool related, bool allowed)
    {
        var (person, recordId) = await PersonAsync(role, related);

        await using var tab = await RecordTab.OpenAsync(clinic.Host, person, recordId);
        await tab.SettleAsync();
        await using var missing = await RecordTab.OpenAsync(clinic.Host, person, Guid.CreateVersion7());
        await missing.SettleAsync();

        Assert.True(missing.IsNotFound);
        if (allowed)
        {
            Assert.Equal(recordId.ToString(), tab.Page.Find("[data-testid=record]").GetAttribute("data-record-id"));
            Assert.Contains(Canary, tab.Page.Find("[data-testid=record-symptoms]").TextContent, StringComparison.Ordinal);
            Assert.NotEmpty(tab.PlacesOf(Canary));
        }
        else
        {
            Assert.Equal(missing.Markup, tab.Markup);
            Assert.Empty(tab.PlacesOf(Canary));
        }
    }

    [Theory]
    [MemberData(nameof(People))]
    public async Task Answer_OfTheService_HoldsTheWordsForThoseWhoMayReadThemOnly(Roles role, bool related, bool allowed)
    {
        var (person, recordId) = await PersonAsync(role, related);

        var answer = await clinic.Host.Get<RecordService>().GetAsync(await clinic.People.ActorAsync(person), recordId, default);

        var places = new HeldText(Canary, clinic.Host.Get<IServiceProviderIsService>()).In([answer]);
        Assert.Equal(allowed, answer.IsSuccess);
        Assert.Equal(allowed, places.Count > 0);
    }

    [Theory]
    [InlineData(Roles.Patient)]
    [InlineData(Roles.Doctor)]
    public async Task Parameter_ChangedFromAnAllowedToAForbiddenRecord_LeavesNothingOfEither(Roles role)
    {
        var (person, ownId) = await PersonAsync(role, related: true, "marigold in my own words");
        var foreignId = await ForeignRecordAsync();
        await using var tab = await RecordTab.OpenAsync(clinic.Host, person, ownId);
        await tab.SettleAsync("[data-testid=record]");
        tab.RememberParts();
        Assert.NotEmpty(tab.PlacesOf("marigold"));

        tab.Show(foreignId);
        await tab.SettleAsync("[data-testid=not-found]");

        Assert.True(tab.IsNotFound);
        Assert.Empty(tab.PlacesOf(Canary));
        Assert.Empty(tab.PlacesOf("marigold"));
    }

    // All circuits of a process take the memory of their trees from one pool; what another one draws meanwhile is not held here.
    [Fact]
    public async Task Page_WhileOtherCircuitsDraw_HoldsNothingOfTheirs()
    {
        var (doctor, recordId) = await PersonAsync(Roles.Doctor, related: true, "marigold in my own words");
        await using var tab = await RecordTab.OpenAsync(clinic.Host, doctor, recordId);
        await tab.SettleAsync("[data-testid=record]");
        using var looked = new CancellationTokenSource();

        var others = Task.Run(() => DrawUntil(Canary, looked.Token), CancellationToken.None);
        var places = Enumerable.Range(0, 20).SelectMany(_ => tab.PlacesOf(Canary)).ToList();
        await looked.CancelAsync();
        await others;

        Assert.Empty(places);
        Assert.NotEmpty(tab.PlacesOf("marigold"));
    }

    [Fact]
    public async Task Parameter_Changed_ClearsTheOldRecordBeforeTheNewOneIsRead()
    {
        var reads = new HeldReads();
        await using var host = await StartAsync(reads);
        var (doctor, first, second) = await TwoRecordsAsync(host);
        await using var tab = await RecordTab.OpenAsync(host, doctor, first);
        await tab.SettleAsync("[data-record-id]");
        tab.RememberParts();

        var slow = reads.HoldNext();
        tab.Show(second);

        Assert.Empty(tab.Page.FindAll("[data-testid]"));
        await tab.ForgottenAsync("marigold");
        slow.SetResult();
        await tab.SettleAsync($"[data-record-id='{second}']");
    }

    [Fact]
    public async Task Parameter_SwitchedThereAndBackWithSlowReads_NeverShowsAnAnswerThatWasOvertaken()
    {
        var reads = new HeldReads();
        await using var host = await StartAsync(reads);
        var (doctor, first, second) = await TwoRecordsAsync(host);
        var (slowFirst, slowSecond) = (reads.HoldNext(), reads.HoldNext());

        await using var tab = await RecordTab.OpenAsync(host, doctor, first);
        var shown = new List<string>();
        tab.Page.OnMarkupUpdated += (_, _) => shown.Add(tab.Markup);
        tab.Show(second);
        tab.Show(first);
        await tab.SettleAsync($"[data-record-id='{first}']");
        slowSecond.SetResult();
        slowFirst.SetResult();
        await tab.ForgottenAsync(Canary);

        Assert.Contains("marigold", tab.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain(shown, markup => markup.Contains(Canary, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Parameter_SwitchedWhileTheFirstReadIsSlow_KeepsTheSecondRecord()
    {
        var reads = new HeldReads();
        await using var host = await StartAsync(reads);
        var (doctor, first, second) = await TwoRecordsAsync(host);
        var slowFirst = reads.HoldNext();

        await using var tab = await RecordTab.OpenAsync(host, doctor, first);
        tab.Show(second);
        await tab.SettleAsync($"[data-record-id='{second}']");
        slowFirst.SetResult();
        await tab.ForgottenAsync("marigold");

        Assert.Contains(Canary, tab.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("marigold", tab.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Roles.Patient)]
    [InlineData(Roles.Doctor)]
    public async Task Dispose_OfAnOpenRecord_LeavesNothingInAnyPart(Roles role)
    {
        var (person, recordId) = await PersonAsync(role, related: true);
        await using var tab = await RecordTab.OpenAsync(clinic.Host, person, recordId);
        await tab.SettleAsync("[data-testid=record]");
        tab.RememberParts();
        Assert.Contains(tab.Parts, part => part is RecordView);

        await tab.Context.DisposeComponentsAsync();

        Assert.Empty(tab.PlacesOf(Canary));
    }

    private static Task<DomainHost> StartAsync(HeldReads reads) => DomainHost.StartAsync(
        DatabaseKind.Sqlite,
            services => services.ConfigureDbContext<SqliteClinicDbContext>((_, options) => options.AddInterceptors(reads)));

    /// <summary>A doctor with two assigned patients: the first's words hold "marigold", the second's the canary.</summary>
    private static async Task<(TestPerson Doctor, Guid First, Guid Second)> TwoRecordsAsync(DomainHost host)
    {
        var doctor = await host.People.AddStaffAsync(Roles.Doctor);
        var ids = new List<Guid>();
        foreach (var words in (string[])["A marigold.", $"A {Canary}."])
        {
            var patient = await host.People.AddPatientAsync();
            await host.People.AssignAsync(doctor, patient.PatientId!.Value);
            ids.Add(await host.People.AddRecordAsync(patient.PatientId.Value, patient, words));
        }

        return (doctor, ids[0], ids[1]);
    }

    private async Task<(TestPerson Person, Guid RecordId)> PersonAsync(Roles role, bool related, string words = $"Rash since the {Canary}.")
    {
        var patient = await clinic.People.AddPatientAsync();
        var recordId = await clinic.People.AddRecordAsync(patient.PatientId!.Value, patient, words, diagnosis: words);
        if (role is Roles.Patient or Roles.None)
        {
            return (related ? patient : role == Roles.None ? await clinic.People.AddUnlinkedAsync() : await clinic.People.AddPatientAsync(),
                recordId);
        }

        var staff = await clinic.People.AddStaffAsync(role);
        if (related)
        {
            await clinic.People.AssignAsync(staff, patient.PatientId.Value);
        }

        return (staff, recordId);
    }

    private static void DrawUntil(string word, CancellationToken enough)
    {
        while (!enough.IsCancellationRequested)
        {
            var trees = Enumerable.Range(0, 40).Select(_ => new RenderTreeBuilder()).ToList();
            foreach (var tree in trees)
            {
                tree.AddContent(0, word);
            }

            trees.ForEach(tree => tree.Dispose());
        }
    }

    private async Task<Guid> ForeignRecordAsync()
    {
        var stranger = await clinic.People.AddPatientAsync();
        return await clinic.People.AddRecordAsync(stranger.PatientId!.Value, stranger, $"Rash since the {Canary}.");
    }
}
