using System.Text.RegularExpressions;
using ClinicBlazor.Domain.Documents;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Tests.Documents.Content;
using ClinicBlazor.Tests.Documents.Http;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ClinicBlazor.Tests.EndToEnd;

/// <summary>A photo from the patient's description to the doctor, who saves it and marks it as entered in error.</summary>
[Trait("Requirement", "S4-06")]
public sealed partial class DocumentTests(BrowserFixture browser, AppFixture app) : IClassFixture<BrowserFixture>, IClassFixture<AppFixture>
{
    private const string Canary = "zzcanary-fennel";

    [Fact]
    public async Task Photo_AddedToADescription_ReachesTheDoctorAndIsMarkedAsEnteredInError()
    {
        await using var alice = await ClinicUser.PatientAsync(browser, app.Host, "alice@patient.example");
        var path = await DescribeWithAPhotoAsync(alice);
        await Expect(alice.Page.GetByRole(AriaRole.Link, new() { Name = "Download knee.jpg" })).ToBeVisibleAsync();
        await alice.AssertAccessibleAsync();

        await using var adams = await ClinicUser.StaffAsync(browser, app.Host, "dr.adams@clinic.example");
        var page = adams.Page;
        await adams.GoToAsync(path);
        var row = page.Locator(".doc");
        Assert.InRange(await WidthAsync(row.Locator("img")), 1, 640);
        var download = await page.RunAndWaitForDownloadAsync(
            () => page.GetByRole(AriaRole.Link, new() { Name = "Download knee.jpg" }).ClickAsync());
        Assert.Equal("knee.jpg", download.SuggestedFilename);
        await using (var saved = await download.CreateReadStreamAsync())
        {
            var picture = new MemoryStream();
            await saved.CopyToAsync(picture);
            Assert.Equal(0xFF, picture.ToArray()[0]);
        }

        await adams.AssertAccessibleAsync();
        await row.GetByRole(AriaRole.Button).ClickAsync();
        await page.GetByLabel("Reason").FillAsync("Not this patient’s knee.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Mark as entered in error" }).ClickAsync();
        await Expect(row).ToHaveCountAsync(0);

        // The patient's open page hears of it.
        await Expect(alice.Page.Locator(".doc")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Upload_OnASlowLine_ShowsHowFarItIsAndCanBeCancelled()
    {
        await using var nurse = await ClinicUser.OpenAsync(browser, app.Host.Address, 1366, 768);
        await nurse.TakeSessionAsync(app.Host, "nurse@clinic.example");
        var page = nurse.Page;
        await nurse.GoToAsync($"/patients/{await app.Host.PatientOfAsync("bob@patient.example")}/documents");
        await page.GetByTestId("document-upload").WaitForAsync();
        var network = await page.Context.NewCDPSessionAsync(page);
        await SetUploadAsync(network, 256 * 1024);
        await page.Locator("input[type=file]").SetInputFilesAsync(
            [File("slow.pdf", Sending.NewPdf(2 * 1024 * 1024)), File("next.txt", "After meals."u8.ToArray()),
                File("large.pdf", new byte[(16 * 1024 * 1024) + 1])]);

        var slow = page.Locator(".upload-file", new() { HasText = "slow.pdf" });
        await Expect(slow.Locator("[data-share]")).ToHaveTextAsync(Share());
        await Expect(page.Locator(".upload-file", new() { HasText = "next.txt" })).ToContainTextAsync("Waiting for its turn");
        await Expect(page.Locator(".upload-file", new() { HasText = "large.pdf" })).ToContainTextAsync("larger than 16 MB");
        await Expect(page.Locator(".upload [role=status]")).ToContainTextAsync("slow.pdf");
        await nurse.AssertAccessibleAsync();
        await slow.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator(".doc", new() { HasText = "next.txt" })).ToBeVisibleAsync();
        await Expect(page.Locator(".doc", new() { HasText = "slow.pdf" })).ToHaveCountAsync(0);
        await Expect(page.Locator("input[type=file]")).ToBeFocusedAsync();
        Assert.Equal(0, app.Host.BytesOnTheirWay());
    }

    [Fact]
    public async Task Send_WhileAPhotoIsOnASlowLine_WaitsAndTakesItAlong()
    {
        await using var bob = await ClinicUser.PatientAsync(browser, app.Host, "bob@patient.example");
        var page = bob.Page;
        await OpenReviewAsync(bob, "My elbow.");
        await page.GetByTestId("document-upload").WaitForAsync();
        var network = await page.Context.NewCDPSessionAsync(page);
        await SetUploadAsync(network, 32 * 1024);
        await page.GetByLabel("Add a photo or document").SetInputFilesAsync(File("elbow.pdf", Sending.NewPdf(1024 * 1024)));

        var send = page.GetByRole(AriaRole.Button, new() { Name = "Send to the clinic" });
        await Expect(send).ToBeDisabledAsync();
        await Expect(page.Locator("#send-waits")).ToContainTextAsync("still on its way");
        await bob.AssertAccessibleAsync();
        await SetUploadAsync(network, -1);

        await Expect(page.Locator(".doc", new() { HasText = "elbow.pdf" })).ToBeVisibleAsync();
        await Expect(page.Locator("#send-waits")).ToHaveCountAsync(0);
        await send.ClickAsync();
        await page.GetByTestId("sent").WaitForAsync();
        var patientId = await app.Host.PatientOfAsync("bob@patient.example");
        await using var db = await app.Host.OpenAsync();
        var newest = await db.Set<MedicalRecord>().Where(row => row.PatientId == patientId).OrderByDescending(row => row.Id).FirstAsync();
        Assert.Equal(1, await db.Set<Document>().CountAsync(row => row.RecordId == newest.Id));
    }

    private static Task SetUploadAsync(ICDPSession network, int bytesPerSecond) => network.SendAsync("Network.emulateNetworkConditions",
        new() { ["offline"] = false, ["latency"] = 0, ["downloadThroughput"] = -1, ["uploadThroughput"] = bytesPerSecond });

    private static async Task<int> WidthAsync(ILocator picture)
    {
        await picture.ScrollIntoViewIfNeededAsync();
        await picture.EvaluateAsync("picture => picture.decode()");
        return await picture.EvaluateAsync<int>("picture => picture.naturalWidth");
    }

    private static FilePayload File(string name, byte[] content) =>
        new() { Name = name, MimeType = "application/octet-stream", Buffer = content };

    /// <summary>Alice describes a problem by keyboard, adds a photo before she sends it, and opens the record.</summary>
    private static async Task<string> DescribeWithAPhotoAsync(ClinicUser alice)
    {
        var page = alice.Page;

        // Listened to from the start: who begins to listen with the press may be too late for the browser's own choice.
        var opened = new TaskCompletionSource<IFileChooser>(TaskCreationOptions.RunContinuationsAsynchronously);
        page.FileChooser += (_, choice) => opened.TrySetResult(choice);
        await OpenReviewAsync(alice, $"My knee, {Canary}.");

        // The input is a real one: Tab reaches it, and Enter opens the browser's own choice.
        var input = page.GetByLabel("Add a photo or document");
        await input.FocusAsync();
        await Assertions.Expect(input).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        var chooser = await opened.Task.WaitAsync(TimeSpan.FromMinutes(1));
        await chooser.SetFilesAsync(File("knee.jpg", MadePictures.Jpeg(640, 480)));
        await page.Locator(".doc", new() { HasText = "knee.jpg" }).WaitForAsync();
        await alice.AssertAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Send to the clinic" }).PressAsync("Enter");
        await page.GetByTestId("sent").WaitForAsync();
        await alice.GoToAsync("/records");
        await page.Locator("main a[href*='/records/']", new() { HasText = Canary }).First.ClickAsync();
        await page.GetByTestId("record").WaitForAsync();
        return new Uri(page.Url).AbsolutePath;
    }

    /// <summary>A patient describes a problem by keyboard, up to the last screen before it is sent.</summary>
    private static async Task OpenReviewAsync(ClinicUser user, string problem)
    {
        var page = user.Page;
        await user.GoToAsync("/records/new");
        await page.GetByLabel("What is the problem?").FillAsync(problem);
        string[] titles = ["Since when?", "How strong is it?", "What makes it better or worse?", "Check your answers"];
        foreach (var title in titles)
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).PressAsync("Enter");

            // Once the heading has the focus, nothing takes it from what the patient goes to next.
            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = title })).ToBeFocusedAsync();
        }
    }

    [GeneratedRegex(@"^\d+ %$", RegexOptions.None, 1000)]
    private static partial Regex Share();
}
