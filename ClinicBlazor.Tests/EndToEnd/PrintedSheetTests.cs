using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Protection;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace ClinicBlazor.Tests.EndToEnd;

/// <summary>Long texts on paper: each begins under its heading, and goes on where the sheet ends.</summary>
[Trait("Requirement", "B-07")]
public sealed partial class PrintedSheetTests(BrowserFixture browser, AppFixture app) : IClassFixture<BrowserFixture>,
    IClassFixture<AppFixture>
{
    // Two pages, and more than half a page before, so that neither begins where a sheet does.
    private static readonly string Words = string.Join('\n', Enumerable.Range(1, 75).Select(line => $"Line {line} of what was told."));
    private static readonly string Text = string.Join('\n', Enumerable.Range(1, 75).Select(line => $"Line {line} of what was found."));

    // Makes a link of the beginning of each heading, and of the text under it: where links lie, a PDF says in plain bytes.
    private const string Mark = """
        pairs => pairs.forEach(([heading, text], place) => {
          for (const [kind, selector] of [['head', heading], ['text', text]]) {
            const at = document.querySelector(selector);
            const first = document.createTreeWalker(at, NodeFilter.SHOW_TEXT, node => node.data.trim() ? 1 : 3).nextNode();
            const range = document.createRange();
            range.setStart(first, first.data.search(/\S/));
            range.setEnd(first, first.data.search(/\S/) + 1);
            const link = document.createElement('a');
            link.href = `https://sheet.test/${kind}${place}`;
            range.surroundContents(link);
          }
        })
        """;

    [Fact]
    public async Task Record_WithTextsOfTwoPages_HasEachUnderItsHeadingForPatientsAndForStaff()
    {
        var recordId = await AddRecordAsync();
        await using var bob = await OpenAsync("bob@patient.example", 810, 1080);
        await bob.GoToAsync($"/records/{recordId}");
        await bob.Page.GetByTestId("record-diagnosis").WaitForAsync();
        await AssertTogetherAsync(bob.Page, ["#own-words", "[data-testid=record-symptoms]"], ["#diagnosis", ".part .as-typed"]);

        await using var nurse = await OpenAsync("nurse@clinic.example", 1366, 768);
        await nurse.GoToAsync($"/records/{recordId}");
        await nurse.Page.GetByTestId("record-diagnosis").WaitForAsync();
        await AssertTogetherAsync(nurse.Page, [".words-head h3", ".quote"], [".clin-text dt", ".clin-text dd"]);
    }

    [Fact]
    [Trait("Requirement", "B-08")]
    public async Task WhoLooked_OnPaper_NamesClinicPatientAndBirthDateOnEverySheet()
    {
        await using var bob = await OpenAsync("bob@patient.example", 810, 1080);
        await bob.GoToAsync("/account/access-history");
        var line = bob.Page.Locator("[data-sheet]");
        await line.WaitForAsync(new() { State = WaitForSelectorState.Attached });

        await bob.Page.WaitForFunctionAsync("""
            () => {
              dispatchEvent(new Event('beforeprint'));
              return document.documentElement.style.getPropertyValue('--sheet').includes('Bob Brook, 10232 · born 2 Jul 1968');
            }
            """);

        await bob.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await Assertions.Expect(line).ToBeVisibleAsync();
        await Assertions.Expect(line).ToHaveTextAsync("Linden Clinic · Bob Brook, 10232 · born 2 Jul 1968");
    }

    private static async Task AssertTogetherAsync(IPage page, params string[][] pairs)
    {
        await page.EvaluateAsync(Mark, pairs);
        var sheets = SheetsOf(await page.PdfAsync(new() { Format = "A4" }));
        for (var i = 0; i < pairs.Length; i++)
        {
            Assert.True(sheets[$"head{i}"] == sheets[$"text{i}"],
                $"{pairs[i][0]} is on sheet {sheets[$"head{i}"]}, its text begins on sheet {sheets[$"text{i}"]}.");
        }

        // The second text begins on the sheet where the first one ends: none is pushed to a sheet of its own.
        Assert.InRange(sheets["head0"], 1, 1);
        Assert.InRange(sheets["head1"], 2, 3);
        Assert.InRange(sheets.Values.Max(), sheets["head1"], sheets["head1"]);
    }

    /// <summary>On which sheet of a PDF each link lies, by the last part of its address.</summary>
    private static Dictionary<string, int> SheetsOf(byte[] pdf)
    {
        var objects = Object().Matches(Encoding.Latin1.GetString(pdf))
            .ToDictionary(match => int.Parse(match.Groups["id"].Value, CultureInfo.InvariantCulture), match => match.Groups["body"].Value);
        var links = objects.Where(entry => entry.Value.Contains("/Annot", StringComparison.Ordinal))
            .Select(entry => (entry.Key, Name: Address().Match(entry.Value))).Where(link => link.Name.Success)
            .ToDictionary(link => link.Key, link => link.Name.Groups["name"].Value);
        var root = objects.Values.Single(body => body.Contains("/Type /Pages", StringComparison.Ordinal)
            && !body.Contains("/Parent", StringComparison.Ordinal));
        var sheets = new Dictionary<string, int>();
        foreach (var (sheet, number) in Kids(objects, root).Select((sheet, place) => (sheet, place + 1)))
        {
            foreach (var id in References(Annotations().Match(sheet).Value).Where(links.ContainsKey))
            {
                sheets.TryAdd(links[id], number);
            }
        }

        return sheets;
    }

    private static IEnumerable<string> Kids(IReadOnlyDictionary<int, string> objects, string node) =>
        References(Children().Match(node).Value).Select(id => objects[id])
            .SelectMany(body => body.Contains("/Kids", StringComparison.Ordinal) ? Kids(objects, body) : [body]);

    private static IEnumerable<int> References(string list) =>
        Reference().Matches(list).Select(match => int.Parse(match.Groups["id"].Value, CultureInfo.InvariantCulture));

    private async Task<Guid> AddRecordAsync()
    {
        var (id, diagnosisId, protector) = (Guid.CreateVersion7(), Guid.CreateVersion7(), app.Host.Get<FieldProtector>());
        await using var db = await app.Host.OpenAsync();
        var author = (await db.Set<Account>().SingleAsync(account => account.Email == "bob@patient.example")).Id;
        var doctor = (await db.Set<Account>().SingleAsync(account => account.Email == "dr.adams@clinic.example")).Id;
        var patientId = (await db.Set<Patient>().SingleAsync(patient => patient.FamilyName == "Brook" && patient.GivenName == "Bob")).Id;
        db.Set<MedicalRecord>().Add(new MedicalRecord
        {
            Id = id,
            PatientId = patientId,
            AuthorId = author,
            OnBehalf = false,
            Symptoms = protector.Seal(Words, FieldPlace.Of<MedicalRecord>(id, new(patientId), nameof(MedicalRecord.Symptoms))),
            CreatedAt = app.Host.Clock.Now(),
        });
        db.Set<Diagnosis>().Add(new Diagnosis
        {
            Id = diagnosisId,
            PatientId = patientId,
            RecordId = id,
            Revision = 1,
            Text = protector.Seal(Text, FieldPlace.Of<Diagnosis>(diagnosisId, Diagnosis.OwnerOf(patientId, id), nameof(Diagnosis.Text))),
            Certainty = Certainty.Provisional,
            AuthorId = doctor,
            RecordedAt = app.Host.Clock.Now(),
        });
        await db.SaveChangesAsync();
        return id;
    }

    private async Task<ClinicUser> OpenAsync(string email, int width, int height)
    {
        var user = await ClinicUser.OpenAsync(browser, app.Host.Address, width, height);
        await user.TakeSessionAsync(app.Host, email);
        return user;
    }

    [GeneratedRegex(@"(?:^|\n)(?<id>\d+) 0 obj(?<body>.*?)(?:\bstream\b|endobj)", RegexOptions.Singleline, 5000)]
    private static partial Regex Object();

    [GeneratedRegex(@"https://sheet\.test/(?<name>\w+)", RegexOptions.NonBacktracking)]
    private static partial Regex Address();

    [GeneratedRegex(@"/Annots \[[^\]]*\]", RegexOptions.NonBacktracking)]
    private static partial Regex Annotations();

    [GeneratedRegex(@"/Kids \[[^\]]*\]", RegexOptions.NonBacktracking)]
    private static partial Regex Children();

    [GeneratedRegex(@"(?<id>\d+) 0 R", RegexOptions.NonBacktracking)]
    private static partial Regex Reference();
}
