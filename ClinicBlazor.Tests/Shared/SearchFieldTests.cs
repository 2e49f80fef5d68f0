using Bunit;
using ClinicBlazor.App.Shared.Fields;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Tests.Patients;
using ClinicBlazor.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Tests.Shared;

/// <summary>The field that takes one of a list of people finds them as every other search does.</summary>
[Trait("Requirement", "C-01")]
public sealed class SearchFieldTests(SqliteClinic clinic) : IClassFixture<SqliteClinic>
{
    private static readonly string[] People =
        ["Siobhán O'Neil", "Pieter van der Quast", "Mary Ann Weatherby", "Una Smith-Jones-Brown", "Otto Other"];

    [Theory]
    [InlineData("oneil", "Siobhán O'Neil")]
    [InlineData("O’Neil", "Siobhán O'Neil")]
    [InlineData("vanderquast", "Pieter van der Quast")]
    [InlineData("maryann", "Mary Ann Weatherby")]
    [InlineData("jones-brown", "Una Smith-Jones-Brown")]
    [InlineData("other, ot", "Otto Other")]
    public async Task Type_ANameAsItIsFoundElsewhere_FindsItsOwner(string typed, string name)
    {
        var reception = await clinic.People.AddStaffAsync(Roles.Reception);
        await using var context = await PageContext.OfStaffAsync(clinic.Host, reception);
        var timers = new HeldTimers(clinic.Host.Clock);
        context.Services.AddSingleton<TimeProvider>(timers);
        var field = context.Render<SearchField<string>>(parameters => parameters.Add(box => box.Id, "who").Add(box => box.Label, "Who")
            .Add(box => box.Items, People).Add(box => box.TextOf, person => person));

        await field.Find("#who").InputAsync(typed);
        timers.RunOff();

        await context.Lists.WaitForAssertionAsync(() =>
            Assert.Equal(name, Assert.Single(context.Lists.FindAll("[role=option]")).QuerySelector(".opt > span")!.TextContent));
        await field.Find("#who").KeyUpAsync("Enter");
        Assert.Equal(name, field.Find("#who").GetAttribute("value"));
    }
}
