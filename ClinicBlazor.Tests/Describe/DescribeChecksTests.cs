using Bunit;
using ClinicBlazor.App.Describe;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Describe;

/// <summary>What is wrong with an answer is said beside it, and what was typed stays.</summary>
[Trait("Requirement", "S4-07")]
public sealed class DescribeChecksTests(SqliteClinic clinic) : IClassFixture<SqliteClinic>
{
    [Theory]
    [InlineData("")]
    [InlineData(" \n ")]
    public async Task Continue_NothingWritten_SaysWhatToDoBesideTheField(string text)
    {
        var patient = await clinic.People.AddPatientAsync();
        await using var context = await PageContext.OfPatientAsync(clinic.Host, patient);
        var page = context.Render<DescribePage>();
        await DescribePageTests.AnswerAsync(page, text);

        await page.Find("form").SubmitAsync();

        Assert.Equal("Write what is wrong, in your own words.", page.Find("[data-testid=error-summary] a[href='#symptoms']").TextContent);
        Assert.Equal("Write what is wrong, in your own words.", page.Find("#symptoms-error").TextContent.Trim());
        Assert.Equal("true", page.Find("#symptoms").GetAttribute("aria-invalid"));
        Assert.Contains("symptoms-error", page.Find("#symptoms").GetAttribute("aria-describedby")!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Continue_TooLong_KeepsTheTextAndSaysHowLongItMayBe()
    {
        var patient = await clinic.People.AddPatientAsync();
        await using var context = await PageContext.OfPatientAsync(clinic.Host, patient);
        var page = context.Render<DescribePage>();
        var text = new string('й', 8001);
        await DescribePageTests.AnswerAsync(page, text);

        await page.Find("form").SubmitAsync();

        Assert.Equal("Use at most 8000 characters.", page.Find("#symptoms-error").TextContent.Trim());
        Assert.Equal(text, page.Find("#symptoms").GetAttribute("value"));
    }

    [Theory]
    [InlineData("", "Choose the day, or one of the other answers.")]
    [InlineData("2026-03-09", "This day has not come yet. Choose today or an earlier day.")]
    [InlineData("0202-03-01", "Check the year of this day.")]
    public async Task Continue_DayThatCannotBe_SaysWhatToDo(string day, string message)
    {
        var patient = await clinic.People.AddPatientAsync();
        await using var context = await PageContext.OfPatientAsync(clinic.Host, patient);
        var page = context.Render<DescribePage>();
        await DescribePageTests.AnswerAsync(page, "My back.");
        await DescribePageTests.ContinueAsync(page, "Since when?");
        await page.Find("input[value=KnownDay]").ChangeAsync("KnownDay");
        await page.Find("input[type=date]").InputAsync(day);

        await page.Find("form").SubmitAsync();

        Assert.Equal(message, page.Find("#onset-day-error").TextContent.Trim());
        Assert.Equal("Since when?", page.Find("h1").TextContent);
    }
}
