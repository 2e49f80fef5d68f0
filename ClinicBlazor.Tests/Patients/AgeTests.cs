using System.Globalization;
using ClinicBlazor.Domain.Patients;

namespace ClinicBlazor.Tests.Patients;

/// <summary>Ages as they are said.</summary>
public sealed class AgeTests
{
    [Theory]
    [InlineData("2026-11-28", 0, AgeUnit.Days)]
    [InlineData("2026-11-15", 13, AgeUnit.Days)]
    [InlineData("2026-11-14", 2, AgeUnit.Weeks)]
    [InlineData("2026-08-29", 13, AgeUnit.Weeks)]
    [InlineData("2026-08-28", 3, AgeUnit.Months)]
    [InlineData("2024-11-29", 23, AgeUnit.Months)]
    [InlineData("2024-11-28", 2, AgeUnit.Years)]
    [InlineData("1968-11-29", 57, AgeUnit.Years)]
    public void On_ADay_IsCountedInWhatFitsTheAge(string born, int count, AgeUnit unit) =>
        Assert.Equal(new Age(count, unit), Age.On(DateOnly.Parse(born, CultureInfo.InvariantCulture), new DateOnly(2026, 11, 28)));
}
