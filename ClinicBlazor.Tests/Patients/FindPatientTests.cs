using Bunit;
using ClinicBlazor.App.Patients;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Tests.Support;
using MudBlazor;

namespace ClinicBlazor.Tests.Patients;

/// <summary>The palette that finds a patient from any staff page.</summary>
public sealed class FindPatientTests(SqliteClinic clinic) : IClassFixture<SqliteClinic>
{
    [Fact]
    [Trait("Requirement", "S1-01")]
    [Trait("Requirement", "S4-01")]
    public async Task Search_OfADoctor_FindsAssignedPatientsAndOpensTheChosen()
    {
        var doctor = await clinic.People.AddStaffAsync(Roles.Doctor);
        await clinic.People.AddChartAsync("Fara", "Findable");
        var first = await clinic.People.AddChartAsync("Mina", "Findable");
        var second = await clinic.People.AddChartAsync("Nina", "Findable");
        await clinic.People.AssignAsync(doctor, first);
        await clinic.People.AssignAsync(doctor, second);
        await using var context = await PageContext.OfStaffAsync(clinic.Host, doctor);
        var (palette, finding) = await OpenAsync(context);

        await palette.Find("#find-text").InputAsync("find");

        Assert.Equal(["Mina Findable", "Nina Findable"], Names(palette));
        await palette.Find("#find-text").KeyDownAsync("ArrowDown");
        Assert.Equal("Nina Findable", palette.Find("[aria-selected=true] b").TextContent);
        await palette.Find("#find-text").KeyDownAsync("Enter");
        await finding;
        Assert.Equal($"/patients/{second}", context.Address);
        Assert.DoesNotContain("Findable", palette.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Enter_WhileALaterTextIsSearched_OpensNothing()
    {
        var reception = await clinic.People.AddStaffAsync(Roles.Reception);
        await clinic.People.AddChartAsync("Olga", "Olderhit");
        await using var context = await PageContext.OfStaffAsync(clinic.Host, reception);
        var (palette, _) = await OpenAsync(context);
        await palette.Find("#find-text").InputAsync("older");

        var typing = palette.Find("#find-text").InputAsync("olderx");
        await palette.Find("#find-text").KeyDownAsync("Enter");
        await typing;

        Assert.Equal("/", context.Address);
        Assert.Empty(Names(palette));
    }

    [Fact]
    [Trait("Requirement", "S1-02")]
    public async Task Search_BySsn_FindsTheOneAndLeavesNothingBehind()
    {
        var reception = await clinic.People.AddStaffAsync(Roles.Reception);
        await clinic.People.AddChartAsync("Sina", "Palette", "900627711");
        await using var context = await PageContext.OfStaffAsync(clinic.Host, reception);
        var (palette, finding) = await OpenAsync(context);

        await palette.Find("#find-text").InputAsync("900-62-7711");

        Assert.Equal(["Sina Palette"], Names(palette));
        await palette.Find(".mud-overlay").ClickAsync();
        await finding;
        Assert.DoesNotContain("7711", palette.Markup, StringComparison.Ordinal);
        Assert.Empty(context.Visited);
    }

    [Fact]
    [Trait("Requirement", "B-10")]
    public async Task Search_OneSignOfAScriptInWhichItIsAName_FindsAndOneLetterDoesNot()
    {
        var reception = await clinic.People.AddStaffAsync(Roles.Reception);
        await clinic.People.AddChartAsync("\u5c0f\u660e", "\u738b");
        await using var context = await PageContext.OfStaffAsync(clinic.Host, reception);
        var (palette, _) = await OpenAsync(context);

        await palette.Find("#find-text").InputAsync("f");
        Assert.Empty(Names(palette));
        await palette.Find("#find-text").InputAsync("\u738b");

        Assert.Equal(["\u5c0f\u660e \u738b"], Names(palette));
    }

    [Theory]
    [InlineData("Eightfold", 8, "8 patients", false)]
    [InlineData("Manyfold", 9, "8 patients, more follow", true)]
    [Trait("Requirement", "B-10")]
    public async Task Search_AsManyAsAreShownOrMore_SaysWhich(string family, int count, string announced, bool more)
    {
        var reception = await clinic.People.AddStaffAsync(Roles.Reception);
        for (var i = 0; i < count; i++)
        {
            await clinic.People.AddChartAsync("Nina", family);
        }

        await using var context = await PageContext.OfStaffAsync(clinic.Host, reception);
        var (palette, _) = await OpenAsync(context);

        await palette.Find("#find-text").InputAsync(family);

        Assert.Equal(8, Names(palette).Count());
        Assert.Equal(announced, palette.Find("[role=status]").TextContent);
        Assert.Equal(more, palette.FindAll("p.group-t").Any(line => line.TextContent.Contains("type on", StringComparison.Ordinal)));
    }

    private static async Task<(IRenderedComponent<MudDialogProvider> Palette, Task Finding)> OpenAsync(PageContext context)
    {
        var finding = context.Render<FindPatient>().Find("button").ClickAsync();
        await context.Dialogs.WaitForElementAsync("#find-text");
        return (context.Dialogs, finding);
    }

    private static IEnumerable<string> Names(IRenderedComponent<MudDialogProvider> palette) =>
        palette.FindAll("[role=option] b").Select(name => name.TextContent);
}
