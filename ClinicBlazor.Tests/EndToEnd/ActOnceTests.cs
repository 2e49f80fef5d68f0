using System.Collections.Concurrent;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Demo;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Domain.Visits;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace ClinicBlazor.Tests.EndToEnd;

/// <summary>
/// Clicks that a real browser sends before it knows what came of the first one: they reach the button as it was drawn.
/// </summary>
[Trait("Requirement", "B-14")]
public sealed class ActOnceTests(BrowserFixture browser, AppFixture app) : IClassFixture<BrowserFixture>, IClassFixture<AppFixture>
{
    [Fact]
    public async Task RegisterAndCheckIn_PressedFiveTimes_AreDoneOnce()
    {
        await using var reception = await OpenAsync("reception@clinic.example");
        var page = reception.Page;
        await reception.GoToAsync("/patients/new");
        await page.GetByLabel("Given names").FillAsync("Ada");
        await page.GetByLabel("Family name").FillAsync("Onlyonce");
        await page.GetByLabel("Birth date").FillAsync("1990-02-03");
        await PressAsync(page, "Register");
        await page.WaitForFunctionAsync("() => /^.patients.[0-9a-f-]{36}$/.test(location.pathname)");
        var patientId = Guid.Parse(page.Url[(page.Url.LastIndexOf('/') + 1)..]);

        await PressAsync(page, "Check in");
        await page.GetByRole(AriaRole.Button, new() { Name = "Finish visit" }).First.WaitForAsync();

        await Assertions.Expect(page.GetByText("This was not done")).ToHaveCountAsync(0);
        await using var db = await app.Host.OpenAsync();
        Assert.Equal(1, await db.Set<Patient>().CountAsync(patient => patient.FamilyName == "Onlyonce"));
        Assert.Equal(1, await db.Set<Visit>().CountAsync(visit => visit.PatientId == patientId));
    }

    [Fact]
    public async Task SaveRecord_PressedFiveTimes_WritesOneRecord()
    {
        await using var adams = await OpenAsync("dr.adams@clinic.example");
        await using var db = await app.Host.OpenAsync();
        var patientId = (await db.Set<Patient>().SingleAsync(patient => patient.FamilyName == "Brook" && patient.GivenName == "Bob")).Id;
        var before = await db.Set<MedicalRecord>().CountAsync(record => record.PatientId == patientId);
        await adams.GoToAsync($"/patients/{patientId}/records/new");
        await adams.Page.GetByLabel("Symptoms").FillAsync("Says that the knee clicks.");

        await PressAsync(adams.Page, "Save record");
        await adams.Page.GetByTestId("record").WaitForAsync();

        Assert.Equal(before + 1, await db.Set<MedicalRecord>().CountAsync(record => record.PatientId == patientId));
    }

    [Fact]
    public async Task SignIn_EachStepPressedFiveTimes_LeadsIn()
    {
        const string Email = "dr.baker@clinic.example";
        await using var baker = await ClinicUser.OpenAsync(browser, app.Host.Address, 1366, 768);
        var page = baker.Page;
        var sent = new ConcurrentQueue<string>();
        page.Request += (_, request) =>
        {
            if (request.Method == "POST")
            {
                sent.Enqueue(new Uri(request.Url).AbsolutePath);
            }
        };
        await baker.GoToAsync("/");
        await page.GetByLabel("E-mail").FillAsync(Email);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(DemoData.Password);
        await KeepPressingAsync(page, "Sign in");
        await page.GetByLabel("Authenticator code").FillAsync(await app.Host.NewCodeAsync(Email));
        await KeepPressingAsync(page, "Verify");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).WaitForAsync();

        Assert.Equal(["/Identity/Account/Login", "/Identity/Account/LoginWith2fa"],
            sent.Where(path => path.StartsWith("/Identity/Account/", StringComparison.Ordinal)));
        await using var db = await app.Host.OpenAsync();
        var accountId = (await db.Set<Account>().SingleAsync(account => account.Email == Email)).Id;
        var steps = await db.Set<AuditEntry>()
            .Where(entry => entry.AccountId == accountId && (entry.Act == AuditAct.SignIn || entry.Act == AuditAct.SecondFactor))
            .OrderBy(entry => entry.Id).ToListAsync();
        Assert.Equal([(AuditAct.SignIn, AuditOutcome.Done), (AuditAct.SecondFactor, AuditOutcome.Done)],
            steps.Select(entry => (entry.Act, entry.Outcome)));
    }

    /// <summary>Presses that come one after another, while what the first one sent is on its way.</summary>
    private static async Task KeepPressingAsync(IPage page, string name) =>
        await page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true })
            .EvaluateAsync("button => { for (let i = 0; i < 5; i++) setTimeout(() => button.click(), i * 15); }");

    private static async Task PressAsync(IPage page, string name)
    {
        var button = page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
        await button.EvaluateAsync("button => { for (let i = 0; i < 5; i++) button.click(); }");
    }

    private async Task<ClinicUser> OpenAsync(string email)
    {
        var user = await ClinicUser.OpenAsync(browser, app.Host.Address, 1366, 768);
        await user.TakeSessionAsync(app.Host, email);
        return user;
    }
}
