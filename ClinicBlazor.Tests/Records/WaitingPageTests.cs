using Bunit;
using ClinicBlazor.App.Records;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Tests.Records;

/// <summary>What waits for a doctor.</summary>
public sealed class WaitingPageTests(SqliteClinic clinic) : IClassFixture<SqliteClinic>
{
    [Fact]
    [Trait("Requirement", "S4-01")]
    [Trait("Requirement", "S1-01")]
    public async Task Page_OfADoctor_ListsAssignedPatientsOnly()
    {
        var (doctor, patient) = await PairAsync();
        var stranger = await clinic.People.AddPatientAsync();
        var mine = await clinic.People.AddRecordAsync(patient.PatientId!.Value, patient, "Mine <b>to answer</b>");
        await clinic.People.AddRecordAsync(stranger.PatientId!.Value, stranger, "A heliotrope of a stranger.");
        await using var context = await PageContext.OfStaffAsync(clinic.Host, doctor);

        var page = await OpenAsync(context);

        var row = Assert.Single(page.FindAll("tbody tr"));
        Assert.Equal($"/records/{mine}", row.QuerySelector("a")!.GetAttribute("href"));
        Assert.Contains("Mine <b>to answer</b>", row.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("heliotrope", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_MoreThanFitsOne_GoesOnThroughTheAddress()
    {
        var (doctor, patient) = await PairAsync();
        var ids = new List<string>();
        for (var i = 0; i < 30; i++)
        {
            clinic.Host.Clock.Advance(TimeSpan.FromSeconds(1));
            ids.Add($"/records/{await clinic.People.AddRecordAsync(patient.PatientId!.Value, patient)}");
        }

        await using var context = await PageContext.OfStaffAsync(clinic.Host, doctor);
        var page = await OpenAsync(context);
        var first = Links(page);
        context.GoTo(page.Find(".pager a[href*='after=']").GetAttribute("href")!);
        await page.WaitForAssertionAsync(() => Assert.Equal(5, page.FindAll("tbody tr").Count));

        Assert.Equal(ids, first.Concat(Links(page)));
        Assert.Equal("/records/waiting", page.Find(".pager a").GetAttribute("href"));
    }

    [Fact]
    [Trait("Requirement", "C-01")]
    public async Task Page_OfWhatWaits_SaysHowManyAndHowLongTheLongestFirst()
    {
        var (doctor, patient) = await PairAsync();
        foreach (var pause in new[] { TimeSpan.FromDays(3), TimeSpan.FromHours(5), TimeSpan.FromMinutes(7), TimeSpan.Zero })
        {
            await clinic.People.AddRecordAsync(patient.PatientId!.Value, patient);
            clinic.Host.Clock.Advance(pause);
        }

        await using var context = await PageContext.OfStaffAsync(clinic.Host, await clinic.People.SignInAgainAsync(doctor));
        context.Services.AddSingleton<TimeProvider>(clinic.Host.Clock);
        var page = await OpenAsync(context);

        Assert.Equal(["waits 3 days", "waits 5 h", "waits 7 min", "waits 0 min"],
            page.FindAll("[data-testid=waits]").Select(time => time.TextContent));
        Assert.EndsWith(" · 4 in all", page.Find(".page-sub").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_NothingWaits_SaysSo()
    {
        var (doctor, _) = await PairAsync();
        await using var context = await PageContext.OfStaffAsync(clinic.Host, doctor);

        var page = await OpenAsync(context);

        Assert.Contains("Nothing waits for you", page.Find(".empty").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "S4-03")]
    public async Task Page_RoleTakenBeforeTheNextPage_ShowsNothing()
    {
        var (doctor, patient) = await PairAsync();
        await clinic.People.AddRecordAsync(patient.PatientId!.Value, patient, "A heliotrope.");
        await using var context = await PageContext.OfStaffAsync(clinic.Host, doctor);
        var page = await OpenAsync(context);
        var administrator = await clinic.People.ActorAsync(await clinic.People.AddStaffAsync(Roles.Administrator));

        await clinic.Host.Get<Domain.Accounts.AccountService>().ChangeRolesAsync(administrator, doctor.AccountId, Roles.Reception, default);
        context.GoTo("/records/waiting?after=" + Guid.CreateVersion7());
        await page.WaitForElementAsync("[data-testid=not-found]");

        Assert.DoesNotContain("heliotrope", page.Markup, StringComparison.Ordinal);
    }

    private static List<string?> Links(IRenderedComponent<WaitingPage> page) =>
        [.. page.FindAll("tbody a").Select(link => link.GetAttribute("href"))];

    private static async Task<IRenderedComponent<WaitingPage>> OpenAsync(PageContext context)
    {
        context.GoTo("/records/waiting");
        var page = context.Render<WaitingPage>();
        await page.WaitForElementAsync("h1");
        return page;
    }

    private async Task<(TestPerson Doctor, TestPerson Patient)> PairAsync()
    {
        var doctor = await clinic.People.AddStaffAsync(Roles.Doctor);
        var patient = await clinic.People.AddPatientAsync();
        await clinic.People.AssignAsync(doctor, patient.PatientId!.Value);
        return (doctor, patient);
    }
}
