using System.Text.Json.Nodes;
using Bunit;
using ClinicBlazor.App.Describe;
using ClinicBlazor.App.Patients;
using ClinicBlazor.App.Records;
using ClinicBlazor.App.Shared.Unsent;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Tests.Patients;
using ClinicBlazor.Tests.Records;
using ClinicBlazor.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;

namespace ClinicBlazor.Tests.Shared.Unsent;

/// <summary>
/// The forms whose text can be taken over without a circuit: what they say of their draft, what comes of their fields, and how
/// they show a text that met another one.
/// </summary>
[Trait("Requirement", "B-06")]
public sealed class UnsentPagesTests : DiagnosisEditing
{
    private const string Question = "[data-testid=written-elsewhere]";

    private TestPerson? reception;

    /// <summary>Each form and the box of its longest text.</summary>
    public static TheoryData<string, string> Forms => new()
    {
        { UnsentAnswers.Name, "#symptoms" },
        { UnsentNewRecord.Name, "#symptoms" },
        { UnsentRegistration.Name, "#address" },
        { UnsentDiagnosis.Name, "#diagnosis-text" },
        { UnsentAddendum.Name, "#addendum" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Fields_AsTheyStand_MakeTheDraftThatThePageSaves(string kind, string box)
    {
        await using var open = await OpenFormAsync(kind, box);
        var (page, looking) = (open.Page, new List<Task>());
        await page.Find(box).InputAsync("Typed here, “so”.");
        if (kind is UnsentNewRecord.Name)
        {
            await page.Find("#onset").InputAsync("Monday");
            await page.Find("#modifying-factors").InputAsync("Rest helps.");
            await page.FindAll("input[name=severity]")[7].ChangeAsync("7");
        }
        else if (kind is UnsentRegistration.Name)
        {
            // Who is like this one is looked for after a pause, which may begin late, and runs off below.
            string[] ids = ["given-name", "family-name", "birth-date", "phone", "email", "ssn", "tin"];
            looking.AddRange(ids.Select(id => page.InvokeAsync(() => page.Find("#" + id).InputAsync("of " + id))));

            await page.InvokeAsync(() => page.FindAll("#sex input")[1].ChangeAsync("on"));
            await page.InvokeAsync(() => page.Find("#check-in").ChangeAsync(true));
        }
        else if (kind is UnsentDiagnosis.Name)
        {
            looking.Add(page.Find("#diagnosis-code").InputAsync("G43.1"));
            await page.Find("#diagnosis-code").BlurAsync();
            await page.Find($"input[name=certainty][value={Certainty.Confirmed}]").ChangeAsync("on");
        }

        await open.Timers.RunOffAsync(Task.WhenAll(looking));
        await open.SavedAsync();

        var saved = (await FindAsync(kind))!;
        Assert.Contains("Typed here, “so”.", saved.Body, StringComparison.Ordinal);
        var draft = Named(page);
        Assert.Equal((kind, saved.SavedAt), (draft.Kind, draft.Over));
        var again = FormOf(kind).Take(body: null, new UnsentFields(FieldsOf(page), draft.Line), open.Context.Services);
        var (expected, actual) = (Comparable(saved.Body), Comparable(again));
        Assert.Equal(expected, actual);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Open_ATextThatMetAnotherOne_ShowsItAndReplacesNeither(string kind, string box)
    {
        await KeepTwoAsync(kind, box);

        await using var open = await OpenFormAsync(kind, box);

        await open.Page.WaitForElementAsync(Question);
        Assert.Contains("Another version of this text was saved", open.Page.Find(Question).TextContent, StringComparison.Ordinal);
        Assert.Equal("Mine.", TextOf(open.Page, box));
        await open.Page.Find(box).InputAsync("Mine, and more.");
        await open.Context.DisposeComponentsAsync();
        Assert.Contains("Theirs.", (await FindAsync(kind))!.Body, StringComparison.Ordinal);
        Assert.Contains("Mine.", (await FindAsync(kind))!.Unsent, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task GoOn_WithTheTextThatStandsThere_KeepsItAlone(string kind, string box)
    {
        await KeepTwoAsync(kind, box);
        await using var open = await OpenFormAsync(kind, box);

        await (await open.Page.WaitForElementAsync(Question + " button:last-child")).ClickAsync();

        await open.Page.WaitForAssertionAsync(() => Assert.Empty(open.Page.FindAll(Question)));
        Assert.Equal("Mine.", TextOf(open.Page, box));
        var kept = (await FindAsync(kind))!;
        Assert.Contains("Mine.", kept.Body, StringComparison.Ordinal);
        Assert.Null(kept.Unsent);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task GoOn_WithTheVersionThatWasSaved_ShowsItAndKeepsItAlone(string kind, string box)
    {
        await KeepTwoAsync(kind, box);
        await using var open = await OpenFormAsync(kind, box);

        await (await open.Page.WaitForElementAsync(Question + " button")).ClickAsync();

        await open.Page.WaitForAssertionAsync(() => Assert.Empty(open.Page.FindAll(Question)));
        Assert.Equal("Theirs.", TextOf(open.Page, box));
        await open.SavedAsync();
        var kept = (await FindAsync(kind))!;
        Assert.Contains("Theirs.", kept.Body, StringComparison.Ordinal);
        Assert.Null(kept.Unsent);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Typing_InTheWindowThatWasNotCut_IsToldAndShownTheOtherText(string kind, string box)
    {
        await using var open = await OpenFormAsync(kind, box);
        await open.Page.Find(box).InputAsync("Theirs.");
        await open.SavedAsync();
        var standing = (await FindAsync(kind))!;
        await SaveAsync(kind, new DraftText(standing.Body, standing.Body.Replace("Theirs.", "Mine.", StringComparison.Ordinal)),
            standing.SavedAt);

        await open.Page.Find(box).InputAsync("Theirs, and more.");
        open.Timers.RunOff();
        await (await open.Page.WaitForElementAsync(Question + " button")).ClickAsync();

        await open.Page.WaitForAssertionAsync(() => Assert.Equal("Mine.", TextOf(open.Page, box)));
        Assert.Single(open.Page.FindAll(Question));
        Assert.Contains("Mine.", (await FindAsync(kind))!.Unsent, StringComparison.Ordinal);
    }

    private static UnsentForm FormOf(string kind) => kind switch
    {
        UnsentAnswers.Name => new UnsentAnswers(),
        UnsentNewRecord.Name => new UnsentNewRecord(),
        UnsentRegistration.Name => new UnsentRegistration(),
        UnsentDiagnosis.Name => new UnsentDiagnosis(),
        _ => new UnsentAddendum(),
    };

    /// <summary>The draft that the form names.</summary>
    private static UnsentDraft Named(IRenderedComponent<IComponent> page)
    {
        var address = new Uri(new Uri("https://clinic.example"), page.Find("form[data-unsent]").GetAttribute("data-unsent"));
        var parts = address.AbsolutePath.Split('/');
        var request = new DefaultHttpContext().Request;
        request.QueryString = new QueryString(address.Query);
        request.RouteValues["patientId"] = parts.ElementAtOrDefault(3);
        request.RouteValues["recordId"] = parts.ElementAtOrDefault(4);
        var draft = UnsentDraft.Of(parts[2], request)!;
        Assert.Equal(address.PathAndQuery, draft.Address);
        return draft;
    }

    /// <summary>What the script collects of the form.</summary>
    private static FormCollection FieldsOf(IRenderedComponent<IComponent> page)
    {
        var fields = new Dictionary<string, StringValues>();
        foreach (var field in page.FindAll("form[data-unsent] :is(input, textarea)"))
        {
            var (type, name) = (field.GetAttribute("type"), field.GetAttribute("name") ?? field.Id);
            var ticked = field.HasAttribute("checked");
            if (name is not null && (type != "radio" || ticked))
            {
                fields[name] = type == "checkbox" ? (ticked ? "true" : "false") : field.GetAttribute("value") ?? "";
            }
        }

        return new FormCollection(fields);
    }

    private static string TextOf(IRenderedComponent<IComponent> page, string box) => page.Find(box).GetAttribute("value") ?? "";

    // What follows a registration is named when its draft is begun.
    private static string Comparable(string body)
    {
        if (!body.StartsWith('{'))
        {
            return body;
        }

        var fields = JsonNode.Parse(body)!.AsObject();
        fields.Remove(nameof(RegistrationForm.DoctorCommand));
        fields.Remove(nameof(RegistrationForm.CheckInCommand));
        return fields.ToJsonString();
    }

    private async Task KeepTwoAsync(string kind, string box)
    {
        var line = kind == UnsentDiagnosis.Name ? (await ReadAsync()).Version : CommandId.New().Value;
        string Body(string text) => FormOf(kind)
            .Take(body: null, new UnsentFields(new FormCollection(new() { [box[1..]] = text }), line), Host.Services);
        Assert.True((await SaveAsync(kind, new DraftText(Body("Theirs."), Body("Mine.")), found: null)).IsSuccess);
    }

    private async Task<Result<DateTimeOffset>> SaveAsync(string kind, DraftText text, DateTimeOffset? found)
    {
        var actor = await Host.People.ActorAsync(await AuthorAsync(kind));
        return kind == UnsentRegistration.Name
            ? await Host.Get<RegistrationDraftService>().SaveOverAsync(actor, text, found, default)
            : await Host.Get<DraftService>().SaveOverAsync(actor, Patient.PatientId!.Value, NameOf(kind), text, found, default);
    }

    private async Task<SavedDraft?> FindAsync(string kind)
    {
        var actor = await Host.People.ActorAsync(await AuthorAsync(kind));
        return (kind == UnsentRegistration.Name
            ? await Host.Get<RegistrationDraftService>().FindAsync(actor, default)
            : await Host.Get<DraftService>().FindAsync(actor, Patient.PatientId!.Value, NameOf(kind), default)).Value;
    }

    private string NameOf(string kind) => kind switch
    {
        UnsentDiagnosis.Name => DraftForms.DiagnosisOf(RecordId),
        UnsentAddendum.Name => DraftForms.AddendumTo(RecordId),
        _ => DraftService.NewRecordForm,
    };

    private async Task<TestPerson> AuthorAsync(string kind) => kind switch
    {
        UnsentAnswers.Name => Patient,
        UnsentRegistration.Name => reception ??= await Host.People.AddStaffAsync(Roles.Reception),
        _ => Doctor,
    };

    private async Task<Opened> OpenFormAsync(string kind, string box)
    {
        if (kind == UnsentAddendum.Name && (await ReadAsync()).Signatures.Count == 0)
        {
            await SaveElsewhereAsync("Migraine.");
            var record = await ReadAsync();
            Assert.True((await Host.Get<RecordService>().SignAsync(
                await Host.People.ActorAsync(Doctor), record.PatientId, RecordId, record.Version, default)).IsSuccess);
        }

        var author = await AuthorAsync(kind);
        var context = kind == UnsentAnswers.Name
            ? await PageContext.OfPatientAsync(Host, author) : await PageContext.OfStaffAsync(Host, author);
        var timers = new HeldTimers(Host.Clock);
        context.Services.AddSingleton<TimeProvider>(timers);
        IRenderedComponent<IComponent> page = kind switch
        {
            UnsentAnswers.Name => context.Render<DescribePage>(),
            UnsentNewRecord.Name => context.Render<NewRecordPage>(page => page.Add(value => value.Id, Patient.PatientId!.Value)),
            UnsentRegistration.Name => context.Render<PatientRegisterPage>(),
            _ => context.Render<RecordView>(page => page.Add(value => value.RecordId, RecordId)),
        };
        await page.WaitForElementAsync(box);
        return new Opened(context, page, timers);
    }

    private sealed record Opened(PageContext Context, IRenderedComponent<IComponent> Page, HeldTimers Timers) : IAsyncDisposable
    {
        /// <summary>Waits until what was typed is saved.</summary>
        public async Task SavedAsync()
        {
            Timers.RunOff();
            await Page.WaitForAssertionAsync(() =>
                Assert.Contains("Saved,", Page.Find("[data-testid=saved-indicator]").TextContent, StringComparison.Ordinal));
        }

        public ValueTask DisposeAsync() => Context.DisposeAsync();
    }
}
