using ClinicBlazor.Tests.Support;
using Microsoft.Playwright;

namespace ClinicBlazor.Tests.EndToEnd;

/// <summary>The main job in a real browser: a patient describes, a doctor diagnoses, nobody else sees.</summary>
public sealed class MainJobTests(BrowserFixture browser, AppFixture app) : IClassFixture<BrowserFixture>, IClassFixture<AppFixture>
{
    private const string Canary = "zzcanary-thyme";
    private const string Script = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">";

    [Fact]
    [Trait("Requirement", "C-01")]
    [Trait("Requirement", "C-02")]
    [Trait("Requirement", "C-03")]
    [Trait("Requirement", "S0-02")]
    [Trait("Requirement", "S0-04")]
    [Trait("Requirement", "S4-01")]
    public async Task Record_FromDescriptionToDiagnosis_IsSeenByNobodyElse()
    {
        var words = $"My {Canary} hurts when I laugh & cough. {Script}";
        await using var alice = await ClinicUser.PatientAsync(browser, app.Host, "alice@patient.example");
        var path = await alice.SendProblemAsync(words, alice.AssertAccessibleAsync);

        await DiagnoseAsync(path, words);

        await alice.GoToAsync(path);
        await Assertions.Expect(alice.Page.GetByTestId("record-diagnosis")).ToContainTextAsync("Strained intercostal muscle");
        await Assertions.Expect(alice.Page.GetByTestId("record-symptoms")).ToHaveTextAsync(words);
        Assert.NotEqual("owned", await alice.Page.TitleAsync());
        await alice.AssertAccessibleAsync();

        await using var bob = await ClinicUser.PatientAsync(browser, app.Host, "bob@patient.example");
        await AssertHiddenAsync(bob, path);
        foreach (var email in (string[])["dr.baker@clinic.example", "reception@clinic.example", "admin@clinic.example"])
        {
            await using var other = await ClinicUser.StaffAsync(browser, app.Host, email);
            await AssertHiddenAsync(other, path);
        }
    }

    private async Task DiagnoseAsync(string path, string words)
    {
        await using var adams = await ClinicUser.StaffAsync(browser, app.Host, "dr.adams@clinic.example");
        var page = adams.Page;
        foreach (var list in (string[])["/records", "/records/waiting"])
        {
            Assert.Equal(200, await adams.GoToAsync(list));
            await page.GetByText(Canary).First.WaitForAsync();
            await adams.AssertAccessibleAsync();
        }

        Assert.Equal(200, await adams.GoToAsync(path));
        await Assertions.Expect(page.GetByTestId("record-symptoms")).ToHaveTextAsync(words);
        await Assertions.Expect(page.GetByTestId("patient-banner")).ToContainTextAsync("Alice Archer");
        await page.GetByLabel("Diagnosis", new() { Exact = true }).FillAsync("Strained intercostal muscle, left.");
        await page.GetByLabel("ICD-10 code").FillAsync("S29");
        await page.GetByLabel("Confirmed").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save diagnosis" }).ClickAsync();
        await Assertions.Expect(page.GetByTestId("saved-indicator").First).ToContainTextAsync("Saved");
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByTestId("record-diagnosis")).ToBeVisibleAsync();
        await adams.AssertAccessibleAsync();
        Assert.NotEqual("owned", await page.TitleAsync());
    }

    /// <summary>A record that is not this person's looks like one that was never written.</summary>
    private static async Task AssertHiddenAsync(ClinicUser user, string path)
    {
        var page = user.Page;
        Assert.Equal(404, await user.GoToAsync(path));
        await page.GetByTestId("not-found").WaitForAsync();
        var hidden = await page.GetByTestId("not-found").InnerTextAsync();
        Assert.Equal(404, await user.GoToAsync("/records/" + Guid.CreateVersion7()));
        await page.GetByTestId("not-found").WaitForAsync();
        Assert.Equal(hidden, await page.GetByTestId("not-found").InnerTextAsync());
        await user.AssertAccessibleAsync();

        // Once more inside the circuit, where no request is made and the component alone decides.
        await user.GoToAsync("/");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).WaitForAsync();
        await page.EvaluateAsync("path => Blazor.navigateTo(path)", path);
        await page.GetByTestId("not-found").WaitForAsync();
        Assert.Equal(hidden, await page.GetByTestId("not-found").InnerTextAsync());
        Assert.False(await user.HasSeenAsync(Canary), "A word of a foreign record reached the browser.");
        Assert.Equal(0, await page.GetByTestId("record").CountAsync());
    }
}
