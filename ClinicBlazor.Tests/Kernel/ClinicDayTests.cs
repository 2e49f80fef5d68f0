using ClinicBlazor.Domain.Kernel;
using Microsoft.Extensions.Time.Testing;

namespace ClinicBlazor.Tests.Kernel;

/// <summary>The clinic's day where its clocks are set forward and back.</summary>
[Trait("Requirement", "S2-08")]
public sealed class ClinicDayTests
{
    [Theory]
    [InlineData("2026-03-08T12:00:00Z", "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z")]
    [InlineData("2026-11-01T12:00:00Z", "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z")]
    [InlineData("2026-07-02T03:59:59Z", "2026-07-01T04:00:00Z", "2026-07-02T04:00:00Z")]
    public void Of_ADay_IsFromMidnightToMidnightWhereTheClinicIs(string now, string start, string end) =>
        Assert.Equal((Moment(start), Moment(end)), ClinicDay.Of(At(now)));

    [Theory]
    [InlineData(8, 2, 30, "2026-03-08T07:30:00Z")]
    [InlineData(8, 1, 59, "2026-03-08T06:59:00Z")]
    [InlineData(9, 2, 30, "2026-03-09T06:30:00Z")]
    public void At_AnHourThatTheClocksLeaveOut_IsAnHourLater(int day, int hour, int minute, string moment) =>
        Assert.Equal(Moment(moment), ClinicDay.At(At("2026-03-01T12:00:00Z"), new DateOnly(2026, 3, day), new TimeOnly(hour, minute)));

    [Theory]
    [InlineData("2026-07-02T03:59:59Z", "2026-07-01")]
    [InlineData("2026-07-02T04:00:00Z", "2026-07-02")]
    public void DateOf_AMoment_IsTheDayWhereTheClinicIs(string moment, string day) =>
        Assert.Equal(DateOnly.ParseExact(day, "yyyy-MM-dd"), ClinicDay.DateOf(At("2026-01-01T12:00:00Z"), Moment(moment)));

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static FakeTimeProvider At(string now)
    {
        var clock = new FakeTimeProvider(Moment(now));
        clock.SetLocalTimeZone(TimeZoneInfo.FindSystemTimeZoneById("America/New_York"));
        return clock;
    }
}
