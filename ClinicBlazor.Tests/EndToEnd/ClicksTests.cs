using ClinicBlazor.Domain.Access;
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

/// <summary>How few clicks the work of the day takes, and that a first sign-in leaves no trace of a fault.</summary>
[Trait("Requirement", "C-01")]
public sealed class ClicksTests(BrowserFixture browser, AppFixture app) : IClassFixture<BrowserFixture>, IClassFixture<AppFixture>
{
    [Fact]
    [Trait("Requirement", "B-04")]
    public async Task Record_FromTheListToSignedAndTheNext_TakesFourClicksTwoTextsAndAPassword()
    {
        await using var adams = await OpenAsync("dr.adams@clinic.example");
        var page = adams.Page;
        var clicks = 0;
        await adams.GoToAsync("/records/waiting");
        app.Host.Clock.Advance(TimeSpan.FromMinutes(6));

        await ClickAsync(page.Locator("tbody tr").Filter(new() { HasText = "No diagnosis yet" }).Locator("a").First);
        await page.GetByLabel("Diagnosis", new() { Exact = true }).FillAsync("Tension headache.");
        var recordId = Guid.Parse(page.Url[(page.Url.LastIndexOf('/') + 1)..]);
        await page.GetByLabel("ICD-10 code").FocusAsync();
        await page.Keyboard.TypeAsync("G44.2");
        await page.Locator(".search-list [role=option]").First.WaitForAsync();
        await page.Keyboard.PressAsync("Enter");
        await ClickAsync(page.GetByLabel("Confirmed"));
        await ClickAsync(page.GetByRole(AriaRole.Button, new() { Name = "Sign record" }));
        await ClickAsync(page.GetByRole(AriaRole.Button, new() { Name = "Sign and next" }));
        await page.GetByLabel("Password or authenticator code").FillAsync(DemoData.Password);
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page).Not.ToHaveURLAsync(new Uri(app.Host.Address, $"/records/{recordId}").ToString());
        await page.GetByTestId("record").WaitForAsync();
        Assert.Equal(4, clicks);
        await using var db = await app.Host.OpenAsync();
        Assert.Equal(1, await db.Set<Signature>().CountAsync(signature => signature.RecordId == recordId));

        Task ClickAsync(ILocator target)
        {
            clicks++;
            return target.ClickAsync();
        }
    }

    [Fact]
    [Trait("Requirement", "B-10")]
    public async Task Patient_RegisteredWithADoctorAndCheckedIn_TakesOneFormAndThreeClicks()
    {
        await using var reception = await OpenAsync("reception@clinic.example");
        var page = reception.Page;
        var clicks = 0;
        await reception.GoToAsync("/patients");

        await ClickAsync(page.GetByRole(AriaRole.Link, new() { Name = "Register patient" }));
        await page.GetByLabel("Given names").FillAsync("Ida");
        await page.GetByLabel("Family name").FillAsync("Fewclicks");
        await page.GetByLabel("Birth date").FillAsync("1990-02-03");
        await page.Locator("#doctor").FocusAsync();
        await page.Keyboard.TypeAsync("bak");
        await Assertions.Expect(page.GetByRole(AriaRole.Option)).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Enter");
        await ClickAsync(page.Locator("#check-in"));
        await ClickAsync(page.GetByRole(AriaRole.Button, new() { Name = "Register and check in" }));

        await page.GetByTestId("patient-banner").WaitForAsync();
        Assert.Equal(3, clicks);
        await using var db = await app.Host.OpenAsync();
        var patientId = (await db.Set<Patient>().SingleAsync(patient => patient.FamilyName == "Fewclicks")).Id;
        var baker = (await db.Set<Account>().SingleAsync(account => account.Email == "dr.baker@clinic.example")).Id;
        Assert.Equal([(VisitStatus.Arrived, (Guid?)baker)],
            await db.Set<Visit>().Where(visit => visit.PatientId == patientId)
                .Select(visit => ValueTuple.Create(visit.Status, visit.DoctorId)).ToListAsync());

        Task ClickAsync(ILocator target)
        {
            clicks++;
            return target.ClickAsync();
        }
    }

    [Fact]
    [Trait("Requirement", "S2-13")]
    [Trait("Requirement", "C-03")]
    public async Task FirstAdministrator_FromSigningInThroughTheEnrolmentToTheFirstPage_IsDeniedNothing()
    {
        var email = await app.Host.AddPersonAsync(Roles.Administrator);
        await using var chief = await ClinicUser.OpenAsync(browser, app.Host.Address, 1366, 768);
        await chief.SignInAsync(email);
        var key = (await chief.Page.GetByTestId("authenticator-key").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal);
        await chief.Page.GetByLabel("Authenticator code").FillAsync(AuthenticatorCodes.At(key, app.Host.Clock.GetUtcNow()));
        await chief.Page.GetByRole(AriaRole.Button, new() { Name = "Verify" }).ClickAsync();
        await chief.Page.Locator(".recovery code").First.WaitForAsync();
        await chief.Page.Locator("main a.btn").ClickAsync();
        await chief.Page.Locator("main h1").WaitForAsync();
        await chief.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).WaitForAsync();

        await using var db = await app.Host.OpenAsync();
        var id = (await db.Set<Account>().SingleAsync(account => account.Email == email)).Id;
        var entries = await db.Set<AuditEntry>().Where(entry => entry.AccountId == id).ToListAsync();
        Assert.Contains(entries, entry => entry.Act == AuditAct.SignIn && entry.Outcome == AuditOutcome.Done);
        Assert.DoesNotContain(entries, entry => entry.Outcome == AuditOutcome.Denied);
    }

    private async Task<ClinicUser> OpenAsync(string email)
    {
        var user = await ClinicUser.OpenAsync(browser, app.Host.Address, 1366, 768);
        await user.TakeSessionAsync(app.Host, email);
        return user;
    }
}
