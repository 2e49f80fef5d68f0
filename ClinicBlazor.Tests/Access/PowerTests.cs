using ClinicBlazor.Domain.Access;

namespace ClinicBlazor.Tests.Access;

/// <summary>Which changes of roles a second person confirms, and which end what was assigned.</summary>
[Trait("Requirement", "S0-01")]
[Trait("Requirement", "S4-01")]
public sealed class PowerTests
{
    [Theory]
    [InlineData(Roles.None, Roles.Doctor, true)]
    [InlineData(Roles.None, Roles.Nurse, true)]
    [InlineData(Roles.None, Roles.Administrator, true)]
    [InlineData(Roles.None, Roles.Patient, true)]
    [InlineData(Roles.Nurse, Roles.Doctor, true)]
    [InlineData(Roles.Reception, Roles.Reception | Roles.Nurse, true)]
    [InlineData(Roles.Doctor, Roles.Doctor | Roles.Administrator, true)]
    [InlineData(Roles.None, Roles.Reception, false)]
    [InlineData(Roles.Doctor, Roles.Nurse, false)]
    [InlineData(Roles.Doctor, Roles.Doctor, false)]
    [InlineData(Roles.Doctor, Roles.None, false)]
    [InlineData(Roles.Administrator, Roles.Nurse, true)]
    public void IsAdded_WhenChartsOrTheAdministrationOpenFurther(Roles before, Roles after, bool expected) =>
        Assert.Equal(expected, Power.IsAdded(before, after));

    [Theory]
    [InlineData(Roles.Doctor, Roles.None, Roles.Reception, true)]
    [InlineData(Roles.Nurse, Roles.None, Roles.Reception, true)]
    [InlineData(Roles.Doctor | Roles.Administrator, Roles.Nurse, Roles.Nurse | Roles.Reception, true)]
    [InlineData(Roles.Administrator, Roles.None, Roles.Reception, false)]
    [InlineData(Roles.Reception, Roles.None, Roles.Reception, false)]
    [InlineData(Roles.Doctor, Roles.None, Roles.Doctor, false)]
    [InlineData(Roles.Doctor, Roles.Reception, Roles.Reception, false)]
    [InlineData(Roles.Doctor, Roles.Reception, Roles.Reception | Roles.Doctor, false)]
    [InlineData(Roles.Doctor, Roles.Reception, Roles.None, false)]
    public void IsAssigningAdded_WhenWhoGivesCouldBePutOnACareTeamByIt(Roles giver, Roles before, Roles after, bool expected) =>
        Assert.Equal(expected, Power.IsAssigningAdded(giver, before, after));

    [Theory]
    [InlineData(Roles.Doctor, Roles.None, true)]
    [InlineData(Roles.Doctor, Roles.Nurse, true)]
    [InlineData(Roles.Nurse, Roles.Administrator, true)]
    [InlineData(Roles.Nurse, Roles.Reception, true)]
    [InlineData(Roles.Doctor | Roles.Nurse, Roles.Doctor, false)]
    [InlineData(Roles.Nurse, Roles.Doctor, false)]
    [InlineData(Roles.Reception, Roles.None, false)]
    [InlineData(Roles.Doctor | Roles.Reception, Roles.Doctor, false)]
    public void IsChartLost_WhenLessOfTheChartsIsReached(Roles before, Roles after, bool expected) =>
        Assert.Equal(expected, Power.IsChartLost(before, after));

    [Fact]
    public void Each_NamesTheSingleRolesOfASet()
    {
        Assert.Equal([Roles.Doctor, Roles.Reception], (Roles.Reception | Roles.Doctor).Each());
        Assert.Equal(RolesExtensions.All, (Roles.Staff | Roles.Patient).Each());
        Assert.Empty(Roles.None.Each());
    }

    [Fact]
    public void Sets_OfRoles_HoldWhoTheyAreNamedAfter()
    {
        Assert.Equal([Roles.Doctor, Roles.Nurse, Roles.Reception, Roles.Administrator], Roles.Staff.Each());
        Assert.Equal([Roles.Doctor, Roles.Nurse], Roles.Clinical.Each());
        Assert.Equal([Roles.Doctor, Roles.Nurse, Roles.Administrator], Roles.CareTeamEligible.Each());
    }

    [Fact]
    public void HasAny_IsTrueForACommonRoleOnly()
    {
        Assert.True(Roles.Staff.HasAny(Roles.Patient | Roles.Nurse));
        Assert.False(Roles.Staff.HasAny(Roles.Patient));
        Assert.False(Roles.Staff.HasAny(Roles.None));
    }
}
