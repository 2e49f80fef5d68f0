using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace ClinicBlazor.Tests.EndToEnd;

/// <summary>The connection goes while somebody of the staff types, and the circuit with it.</summary>
[Trait("Requirement", "B-06")]
public sealed class StaffCircuitLossTests(BrowserFixture browser, AppFixture app)
    : IClassFixture<BrowserFixture>, IClassFixture<AppFixture>
{
    private const string Doctor = "dr.adams@clinic.example";

    private readonly Circuit circuit = new();

    [Theory]
    [InlineData("diagnosis", "#diagnosis-text")]
    [InlineData("addendum", "#addendum")]
    [InlineData("record", "#modifying-factors")]
    [InlineData("registration", "#family-name")]
    public async Task Typing_OfStaffWhenTheCircuitDoesNotComeBack_IsInTheDraftOfTheNextOne(string form, string box)
    {
        await using var staff = await OpenStaffAsync(form);
        var (page, words) = (staff.Page, staff.Page.Locator(box));
        await words.FillAsync("Before.");
        await Assertions.Expect(page.GetByTestId("saved-indicator").Last).ToContainTextAsync("Saved,");
        await circuit.CutAsync(page);
        await words.PressSequentiallyAsync(" Meanwhile.");
        await Circuit.MendAsync(page);

        await Circuit.RejectAsync(page);
        await page.WaitForFunctionAsync("() => !window.old");

        await Assertions.Expect(words).ToHaveValueAsync("Before. Meanwhile.", new() { Timeout = 60_000 });
        await Assertions.Expect(page.GetByTestId("written-elsewhere")).ToBeHiddenAsync();
        Assert.Equal(0, await page.EvaluateAsync<int>("sessionStorage.length + localStorage.length"));
    }

    [Fact]
    [Trait("Requirement", "B-07")]
    public async Task Typing_WhereAnotherWindowSavedMeanwhile_IsShownBesideIt()
    {
        await using var staff = await OpenStaffAsync("registration");
        var (page, name) = (staff.Page, staff.Page.Locator("#given-name"));
        await name.FillAsync("Before");
        await Assertions.Expect(page.GetByTestId("saved-indicator")).ToContainTextAsync("Saved,");
        await circuit.CutAsync(page);
        await name.FillAsync("Meanwhile");
        var other = await page.Context.NewPageAsync();
        await other.GotoAsync(new Uri(app.Host.Address, "/patients/new").ToString());
        await Assertions.Expect(other.Locator("#given-name")).ToHaveValueAsync("Before");
        var before = await DraftSavedAtAsync();
        await other.Locator("#given-name").FillAsync("Elsewhere");

        // The page says "Saved" of the draft that it opened, too: only the row shows that this word is in it.
        await TestTime.WaitUntilAsync(async () => await DraftSavedAtAsync() > before);
        await other.CloseAsync();
        await Circuit.MendAsync(page);

        await Circuit.RejectAsync(page);
        await page.WaitForFunctionAsync("() => !window.old");

        await Assertions.Expect(page.GetByTestId("written-elsewhere")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Assertions.Expect(name).ToHaveValueAsync("Meanwhile");
        await staff.AssertAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "The version that was saved" }).ClickAsync();
        await Assertions.Expect(name).ToHaveValueAsync("Elsewhere");
    }

    [Fact]
    public async Task Text_ThatGoesIntoNoDraft_StaysOnThePage()
    {
        await using var staff = await OpenStaffAsync("registration");
        var (page, name) = (staff.Page, staff.Page.Locator("#given-name"));
        await name.FillAsync("Before");
        await Assertions.Expect(page.GetByTestId("saved-indicator")).ToContainTextAsync("Saved,");
        await circuit.CutAsync(page);
        await name.FillAsync("Meanwhile");
        await using (var db = await app.Host.OpenAsync())
        {
            db.RemoveRange(await db.Set<RegistrationDraft>().ToListAsync());
            await db.SaveChangesAsync();
        }

        await Circuit.RejectAsync(page);

        await Assertions.Expect(page.GetByText("Not everything that stands here could be kept.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Opening the page again…")).ToBeHiddenAsync();
        await Assertions.Expect(name).ToHaveValueAsync("Meanwhile");
        await staff.AssertAccessibleAsync();
        await Circuit.MendAsync(page);
        await page.Locator("[data-reopen]").ClickAsync();
        await page.WaitForFunctionAsync("() => !window.old");
        await Assertions.Expect(name).ToHaveValueAsync("", new() { Timeout = 60_000 });
    }

    private async Task<DateTimeOffset> DraftSavedAtAsync()
    {
        await using var db = await app.Host.OpenAsync();
        return await db.Set<RegistrationDraft>().Select(draft => draft.SavedAt).SingleAsync();
    }

    /// <summary>A form of the staff, with nothing typed into it yet.</summary>
    private async Task<ClinicUser> OpenStaffAsync(string form)
    {
        Guid patientId, recordId;
        await using (var db = await app.Host.OpenAsync())
        {
            db.RemoveRange(await db.Set<Draft>().ToListAsync());
            db.RemoveRange(await db.Set<RegistrationDraft>().ToListAsync());
            await db.SaveChangesAsync();
            var status = form == "addendum" ? RecordStatus.Final : RecordStatus.Preliminary;
            (patientId, recordId) = await db.Set<MedicalRecord>()
                .Where(record => record.Status == status && db.Set<AccessGrant>().Any(grant => grant.PatientId == record.PatientId
                    && db.Set<Account>().Any(account => account.Id == grant.AccountId && account.Email == Doctor)))
                .Select(record => ValueTuple.Create(record.PatientId, record.Id)).FirstAsync();
        }

        var staff = await ClinicUser.OpenAsync(browser, app.Host.Address, 1366, 768);
        await staff.TakeSessionAsync(app.Host, form == "registration" ? "reception@clinic.example" : Doctor);
        await circuit.WatchAsync(staff.Page);
        await staff.GoToAsync(form switch
        {
            "registration" => "/patients/new",
            "record" => $"/patients/{patientId}/records/new",
            _ => $"/records/{recordId}",
        });
        return staff;
    }
}
