using ClinicBlazor.App.Shared;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Visits;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ClinicBlazor.Tests.EndToEnd;

/// <summary>
/// A visit from what the patient says at home to the receipt: patient, front desk, nurse and doctor, each at a screen of their own, by
/// mouse and by keyboard.
/// </summary>
[Trait("Requirement", "S2-08")]
public sealed class QueueTests(BrowserFixture browser, AppFixture app) : IClassFixture<BrowserFixture>, IClassFixture<AppFixture>
{
    private const string Canary = "zzcanary-sorrel";

    [Fact]
    [Trait("Requirement", "C-01")]
    [Trait("Requirement", "C-03")]
    [Trait("Requirement", "C-04")]
    [Trait("Requirement", "S2-09")]
    public async Task Visit_FromArrivalToItsEnd_IsOnEveryBoardAndOpensTheChartForItsTimeAlone()
    {
        await using var db = await app.Host.OpenAsync();
        var patientId = await db.Set<Patient>().Where(patient => patient.FamilyName == "Cole").Select(patient => patient.Id).SingleAsync();
        await using var carol = await ClinicUser.PatientAsync(browser, app.Host, "carol@patient.example");
        var record = await carol.SendProblemAsync($"My {Canary} hurts.");
        await using var desk = await OpenAsync("reception@clinic.example", $"/patients/{patientId}");
        await using var nurse = await OpenAsync("nurse@clinic.example", "/queue");
        await using var doctor = await OpenAsync("dr.adams@clinic.example", "/queue");
        await nurse.Page.GetByTestId("queue-sums").WaitForAsync();
        await doctor.Page.GetByTestId("queue-sums").WaitForAsync();
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Check in" }).ClickAsync();

        // Both boards were open before, and are not loaded again.
        var (atNurse, atDoctor) = (RowOn(nurse), RowOn(doctor));
        await Expect(atNurse).ToHaveAttributeAsync("data-state", "arrived");
        await Expect(atDoctor).ToHaveAttributeAsync("data-state", "arrived");
        await Expect(atDoctor.GetByRole(AriaRole.Link)).ToHaveCountAsync(0);

        // By keyboard alone, and taken back by it.
        await ButtonOf(atNurse, "Start triage").FocusAsync();
        await nurse.Page.Keyboard.PressAsync("Enter");
        await Expect(atNurse).ToHaveAttributeAsync("data-state", "triaged");
        await nurse.Page.Locator("[data-testid=queue-row] :focus").WaitForAsync();
        await nurse.Page.Keyboard.PressAsync("u");
        await Expect(atNurse).ToHaveAttributeAsync("data-state", "arrived");
        await Expect(atDoctor).ToHaveAttributeAsync("data-state", "arrived");
        await ButtonOf(atNurse, "Start triage").ClickAsync();

        // Nothing was paid: triage went on, and the consultation waits until the desk has taken it.
        await Expect(atDoctor).ToHaveAttributeAsync("data-state", "triaged");
        await Expect(atDoctor.GetByTestId("payment-guard")).ToContainTextAsync("Not cleared");
        await Expect(ButtonOf(atDoctor, "Call in")).ToHaveCountAsync(0);
        await desk.Page.GetByRole(AriaRole.Link, new() { Name = "Open the visit" }).ClickAsync();
        await PayAsync(desk);
        await Expect(atDoctor.GetByTestId("payment-guard")).ToHaveCountAsync(0);

        await ButtonOf(atDoctor, "Call in").ClickAsync();
        await Expect(atNurse).ToHaveAttributeAsync("data-state", "in-progress");
        await Expect(atDoctor.GetByRole(AriaRole.Link)).ToHaveAttributeAsync("href", $"/patients/{patientId}");
        await doctor.AssertAccessibleAsync();

        // What she said at home is there for the doctor from now on, and was not before.
        Assert.False(await doctor.HasSeenAsync(Canary));
        await atDoctor.GetByRole(AriaRole.Link).ClickAsync();
        await doctor.Page.Locator($"a[href='{record}']").First.ClickAsync();
        await Expect(doctor.Page.GetByTestId("record-symptoms")).ToContainTextAsync(Canary);
        await doctor.GoToAsync("/queue");

        await ButtonOf(atDoctor, "Finish visit").ClickAsync();
        await Expect(atNurse).ToHaveAttributeAsync("data-state", "finished");
        Assert.Equal(404, await doctor.GoToAsync($"/patients/{patientId}"));
        Assert.Equal(404, await doctor.GoToAsync(record));

        await desk.Page.GetByRole(AriaRole.Link, new() { Name = "Print receipt" }).ClickAsync();
        await Expect(desk.Page.GetByTestId("receipt")).ToContainTextAsync("Consultation");
        await Expect(desk.Page.GetByTestId("receipt-open")).ToHaveTextAsync("$0.00");
        await desk.AssertAccessibleAsync();

        // The desk was told nothing of what is wrong, and the patient is told who looked, in which visit.
        Assert.False(await desk.HasSeenAsync(Canary));
        await carol.GoToAsync("/account/access-history");
        await Expect(carol.Page.GetByTestId("period").Filter(new() { HasText = "Visit of" }).Filter(new() { HasText = "Adams" }).First)
            .ToBeVisibleAsync();
        await Expect(carol.Page.GetByTestId("visitor").Filter(new() { HasText = "Adams" })
            .Filter(new() { HasText = "Read one of your records" }).First).ToBeVisibleAsync();

        Assert.Equal(
            [VisitAct.CheckIn, VisitAct.StartTriage, VisitAct.Undo, VisitAct.StartTriage, VisitAct.CallIn, VisitAct.Finish],
            await db.Set<VisitEvent>().Where(done => done.PatientId == patientId).OrderBy(done => done.Number).Select(done => done.Act)
                .ToListAsync());
    }

    [Fact]
    public async Task Board_ByItsKeys_GoesFromRowToRowAndFromColumnToColumn()
    {
        await using var nurse = await OpenAsync("nurse@clinic.example", "/queue");
        await nurse.Page.GetByTestId("queue-sums").WaitForAsync();
        var arrived = nurse.Page.Locator("[data-state=arrived]");
        await ButtonOf(arrived.Nth(0), "Start triage").FocusAsync();

        await nurse.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(ButtonOf(arrived.Nth(1), "Start triage")).ToBeFocusedAsync();
        await nurse.Page.Keyboard.PressAsync("ArrowUp");
        await Expect(ButtonOf(arrived.Nth(0), "Start triage")).ToBeFocusedAsync();
        await nurse.Page.Keyboard.PressAsync("ArrowLeft");
        await Expect(nurse.Page.Locator("[data-state=planned] :focus")).ToHaveCountAsync(1);
    }

    [Fact]
    [Trait("Requirement", "B-14")]
    public async Task Act_ClickedTwice_IsOfThatRowAlone()
    {
        await using var nurse = await OpenAsync("nurse@clinic.example", "/queue");
        await nurse.Page.GetByTestId("queue-sums").WaitForAsync();
        var planned = nurse.Page.Locator("[data-state=planned]:has(button)");
        var before = await planned.CountAsync();

        // The second press comes when the first has done its work, and the next row has slid under the hand.
        var box = (await planned.First.GetByRole(AriaRole.Button).BoundingBoxAsync())!;
        await nurse.Page.Mouse.ClickAsync(box.X + 5, box.Y + 5);
        await Expect(planned).ToHaveCountAsync(before - 1);
        await nurse.Page.Mouse.DownAsync(new() { ClickCount = 2 });
        await nurse.Page.Mouse.UpAsync(new() { ClickCount = 2 });

        await Task.Delay(TimeSpan.FromSeconds(1));
        await Expect(planned).ToHaveCountAsync(before - 1);
    }

    [Fact]
    [Trait("Requirement", "B-14")]
    public async Task Act_WithEnterHeld_IsOfThatRowAlone()
    {
        await using var nurse = await OpenAsync("nurse@clinic.example", "/queue");
        await nurse.Page.GetByTestId("queue-sums").WaitForAsync();
        var arrived = nurse.Page.Locator("[data-state=arrived]:has(button)");
        var before = await arrived.CountAsync();
        await ButtonOf(arrived.First, "Start triage").FocusAsync();

        await nurse.Page.Keyboard.DownAsync("Enter");
        await Expect(arrived).ToHaveCountAsync(before - 1);
        await nurse.Page.Locator("[data-state=arrived] :focus").WaitForAsync();
        await nurse.Page.Keyboard.DownAsync("Enter");
        await nurse.Page.Keyboard.DownAsync("Enter");
        await nurse.Page.Keyboard.UpAsync("Enter");

        await Task.Delay(TimeSpan.FromSeconds(1));
        await Expect(arrived).ToHaveCountAsync(before - 1);
    }

    [Fact]
    [Trait("Requirement", "B-06")]
    public async Task Board_WhoseLineWasAway_ShowsWhatWasDoneMeanwhile()
    {
        var circuit = new Circuit();
        await using var nurse = await ClinicUser.OpenAsync(browser, app.Host.Address, 1366, 768);
        await nurse.TakeSessionAsync(app.Host, "nurse@clinic.example");
        await circuit.WatchAsync(nurse.Page);
        await nurse.GoToAsync("/queue");
        await nurse.Page.GetByTestId("queue-sums").WaitForAsync();
        await using var other = await OpenAsync("nurse@clinic.example", "/queue");
        var row = other.Page.Locator("[data-state=arrived]:has(button:has-text('Start triage'))").First;
        var visit = $"[data-visit-id='{await row.GetAttributeAsync("data-visit-id")}']";
        await nurse.Page.EvaluateAsync("window.sameDocument = true");

        await circuit.CutAsync(nurse.Page);
        await Expect(nurse.Page.GetByText("Reconnecting…")).ToBeVisibleAsync();
        await ButtonOf(row, "Start triage").ClickAsync();
        await Expect(other.Page.Locator(visit)).ToHaveAttributeAsync("data-state", "triaged");
        await Expect(nurse.Page.Locator(visit)).ToHaveAttributeAsync("data-state", "arrived");
        await Circuit.MendAsync(nurse.Page);

        await Expect(nurse.Page.GetByText("Reconnecting…")).ToBeHiddenAsync(new() { Timeout = 60_000 });
        await Expect(nurse.Page.Locator(visit)).ToHaveAttributeAsync("data-state", "triaged");
        Assert.True(await nurse.Page.EvaluateAsync<bool>("window.sameDocument"));
        Assert.Equal(await StoredAsync(), await ShownAsync(nurse.Page));
    }

    // Who is here or expected; of those who have gone a board shows the last alone.
    private async Task<IEnumerable<(string Visit, string State)>> StoredAsync()
    {
        var (start, end) = ClinicDay.Of(app.Host.Clock);
        await using var db = await app.Host.OpenAsync();
        var visits = await db.Set<Visit>().Where(visit => visit.Status == VisitStatus.Arrived || visit.Status == VisitStatus.Triaged
            || visit.Status == VisitStatus.InProgress
            || (visit.Status == VisitStatus.Planned && visit.PlannedFor >= start && visit.PlannedFor < end)).ToListAsync();
        return visits.Select(visit => ($"{visit.Id}", VisitWords.CodeOf(visit.Status))).Order();
    }

    private static async Task<IEnumerable<(string Visit, string State)>> ShownAsync(IPage board)
    {
        var rows = await board.EvaluateAsync<string[]>(
            "[...document.querySelectorAll('[data-visit-id]')].map(row => `${row.dataset.visitId} ${row.dataset.state}`)");
        return rows.Select(row => row.Split(' ')).Select(row => (row[0], row[1])).Where(row => row.Item2 != "finished").Order();
    }

    private static async Task PayAsync(ClinicUser desk)
    {
        await Expect(desk.Page.GetByTestId("payment-guard")).ToContainTextAsync("The consultation cannot start");
        await desk.AssertAccessibleAsync();
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Take payment" }).ClickAsync();
        var dialog = desk.Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByLabel("Amount")).ToHaveValueAsync("65.00");
        await dialog.GetByLabel("Card").CheckAsync();
        await desk.AssertAccessibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Take payment" }).ClickAsync();
        await Expect(desk.Page.GetByTestId("payment-guard")).ToHaveCountAsync(0);
    }

    private static ILocator RowOn(ClinicUser user) =>
        user.Page.GetByTestId("queue-row").Filter(new() { HasText = "Carol Cole" });

    private static ILocator ButtonOf(ILocator row, string name) => row.GetByRole(AriaRole.Button, new() { Name = name });

    private async Task<ClinicUser> OpenAsync(string email, string path)
    {
        var user = await ClinicUser.StaffAsync(browser, app.Host, email);
        await user.GoToAsync(path);
        return user;
    }
}
