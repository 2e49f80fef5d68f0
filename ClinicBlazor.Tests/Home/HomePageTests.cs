using Bunit;
using ClinicBlazor.App.Home;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ClinicBlazor.Tests.Home;

/// <summary>The start page of each role.</summary>
public sealed class HomePageTests(SqliteClinic clinic) : IClassFixture<SqliteClinic>
{
    [Fact]
    [Trait("Requirement", "C-01")]
    public async Task Open_Patient_ShowsAtMostSixCards()
    {
        var patient = await clinic.People.AddPatientAsync();
        await using var context = await PageContext.OfPatientAsync(clinic.Host, patient);

        var page = context.Render<HomePage>();

        await page.WaitForElementAsync(".cards");
        Assert.Equal(
            [("Describe a new problem", "/records/new"), ("My records", "/records"), ("My documents", "/my/documents"),
                ("Who looked at my record", "/account/access-history"), ("My account", "/account")],
            page.FindAll(".card a").Select(link => (link.TextContent, link.GetAttribute("href")!)));
        Assert.Empty(page.FindAll(".chip"));
    }

    [Fact]
    [Trait("Requirement", "B-06")]
    public async Task Open_AnsweredRecordAndADraft_SaysSoOnTheCards()
    {
        var patient = await clinic.People.AddPatientAsync();
        var doctor = await clinic.People.AddStaffAsync(Roles.Doctor);
        await clinic.People.AddRecordAsync(patient.PatientId!.Value, doctor, "A cold.", diagnosis: "Common cold.");
        await clinic.People.AddRecordAsync(patient.PatientId.Value, patient, "A cough.");
        await clinic.Host.Get<DraftService>().SaveAsync(await clinic.People.ActorAsync(patient), patient.PatientId.Value,
            DraftService.NewRecordForm, "{}", CancellationToken.None);
        await using var context = await PageContext.OfPatientAsync(clinic.Host, patient);

        var page = context.Render<HomePage>();

        await page.WaitForElementAsync(".cards");
        Assert.Equal(["Begun, not sent yet", "Answered: 1"], page.FindAll(".chip").Select(chip => chip.TextContent));
    }

    [Theory]
    [InlineData(0, "Good morning")]
    [InlineData(11, "Good morning")]
    [InlineData(12, "Good afternoon")]
    [InlineData(17, "Good afternoon")]
    [InlineData(18, "Good evening")]
    public async Task Open_AtAnHour_GreetsByTheClinicsTime(int hour, string greeting)
    {
        var patient = await clinic.People.AddPatientAsync();
        await using var context = await PageContext.OfPatientAsync(clinic.Host, patient);
        var ahead = TimeZoneInfo.CreateCustomTimeZone("Clinic", TimeSpan.FromHours(11), "Clinic", "Clinic");
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, hour, 30, 0, ahead.BaseUtcOffset));
        clock.SetLocalTimeZone(ahead);
        context.Services.AddSingleton<TimeProvider>(clock);

        var page = context.Render<HomePage>();

        await page.WaitForAssertionAsync(() => Assert.Equal($"{greeting}, Person", page.Find("h1").TextContent));
        Assert.Equal($"{new DateOnly(2026, 3, 2):D}", page.Find(".meta").TextContent);
    }

    [Fact]
    [Trait("Requirement", "S0-05")]
    public async Task Open_AccountNotLinkedYet_ExplainsAndShowsNoWayToAChart()
    {
        var person = await clinic.People.AddUnlinkedAsync();
        await using var context = await PageContext.OfPatientAsync(clinic.Host, person);

        var page = context.Render<HomePage>();

        Assert.Contains("show an identity document at the front desk",
            (await page.WaitForElementAsync("[data-testid=not-linked]")).TextContent, StringComparison.Ordinal);
        Assert.Equal(["/account"], page.FindAll("a").Select(link => link.GetAttribute("href")));
    }

    [Theory]
    [InlineData(Roles.Doctor, "/patients")]
    [InlineData(Roles.Nurse, "/patients")]
    [InlineData(Roles.Reception, "/patients")]
    [InlineData(Roles.Administrator, "/admin/accounts")]
    [InlineData(Roles.Doctor | Roles.Administrator, "/patients")]
    [Trait("Requirement", "S0-01")]
    public async Task Open_Staff_LeadsToTheirFirstPage(Roles roles, string address)
    {
        var person = await clinic.People.AddStaffAsync(roles);
        await using var context = await PageContext.OfStaffAsync(clinic.Host, person);

        var page = context.Render<HomePage>();

        await page.WaitForAssertionAsync(() => Assert.Equal(address, context.Address));
        Assert.Empty(page.FindAll("a"));
    }
}
