using System.Globalization;
using ClinicBlazor.Domain.Input;

namespace ClinicBlazor.Tests.Input;

/// <summary>A time of day as people type it.</summary>
[Trait("Requirement", "S4-07")]
public sealed class WrittenTimeTests
{
    [Theory]
    [InlineData("14:30", "en", 14, 30)]
    [InlineData("14.30", "en", 14, 30)]
    [InlineData("1430", "en", 14, 30)]
    [InlineData("930", "en", 9, 30)]
    [InlineData("9", "en", 9, 0)]
    [InlineData("2:30 pm", "en", 14, 30)]
    [InlineData("2:30PM", "en", 14, 30)]
    [InlineData("2 pm", "en", 14, 0)]
    [InlineData("12 am", "en", 0, 0)]
    [InlineData("2:30\u202fPM", "en-US", 14, 30)]
    [InlineData(" 8:05 ", "es", 8, 5)]
    [InlineData("8h05", "es", 8, 5)]
    [InlineData("14h", "es", 14, 0)]
    public void Read_OfATime_IsThatTime(string text, string culture, int hour, int minute) =>
        Assert.Equal(new TimeOnly(hour, minute), WrittenTime.Read(text, new CultureInfo(culture)));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("25:00")]
    [InlineData("14:60")]
    [InlineData("soon")]
    [InlineData("2026-11-02")]
    [InlineData("12:30:15")]
    public void Read_OfSomethingElse_IsNone(string? text) => Assert.Null(WrittenTime.Read(text, CultureInfo.InvariantCulture));
}
