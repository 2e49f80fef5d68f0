using ClinicBlazor.Domain.Kernel;

namespace ClinicBlazor.Tests.Kernel;

/// <summary>What was not taken is tried again with growing pauses, and not for ever.</summary>
[Trait("Requirement", "B-13")]
[Trait("Requirement", "S4-10")]
public sealed class RetryPausesTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 5)]
    [InlineData(2, 20)]
    [InlineData(3, 60)]
    [InlineData(4, 240)]
    [InlineData(40, 240)]
    public void Next_AfterEachTry_WaitsLonger(int tries, int minutes) =>
        Assert.Equal(DateTimeOffset.UnixEpoch.AddMinutes(minutes), RetryPauses.Next(DateTimeOffset.UnixEpoch, tries));

    [Fact]
    public void AreOver_AfterThreeDays_IsTrueAndNotBefore()
    {
        var since = DateTimeOffset.UnixEpoch;

        Assert.False(RetryPauses.AreOver(since, since.AddHours(72).AddTicks(-1)));
        Assert.True(RetryPauses.AreOver(since, since.AddHours(72)));
    }
}
