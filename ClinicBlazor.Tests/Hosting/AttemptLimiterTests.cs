using System.Net;
using System.Threading.RateLimiting;
using ClinicBlazor.App.Hosting;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Hosting;

/// <summary>How attempts are counted, minute and hour at once.</summary>
[Trait("Requirement", "S2-02")]
public sealed class AttemptLimiterTests
{
    private readonly TestClock clock = new();

    [Fact]
    public void Attempts_InTheSameHour_AreRefusedFromTheLimitOnUntilTheOldestIsAnHourAgo()
    {
        using var limiter = new AttemptLimiter(2, 5, clock);
        for (var minute = 0; minute < 5; minute++)
        {
            Assert.Null(Wait(limiter));
            clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(TimeSpan.FromMinutes(55), Wait(limiter));
        clock.Advance(TimeSpan.FromMinutes(55) - TimeSpan.FromTicks(1));
        Assert.Equal(TimeSpan.FromTicks(1), Wait(limiter));
        clock.Advance(TimeSpan.FromTicks(1));
        Assert.Null(Wait(limiter));
    }

    [Fact]
    public void Attempts_AcrossTheEndOfAMinute_AreNoMoreThanInAnyMinute()
    {
        using var limiter = new AttemptLimiter(2, 100, clock);
        Assert.Null(Wait(limiter));
        clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Null(Wait(limiter));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(Wait(limiter));

        Assert.Equal(TimeSpan.FromSeconds(59), Wait(limiter));
    }

    [Fact]
    public void Refusals_OfTheHour_UseNothingOfTheMinuteUp()
    {
        using var limiter = new AttemptLimiter(2, 2, clock);
        Assert.Null(Wait(limiter));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(Wait(limiter));
        clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(2));
        for (var i = 0; i < 10; i++)
        {
            Assert.NotNull(Wait(limiter));
        }

        clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Null(Wait(limiter));
        Assert.Null(Wait(limiter));
        Assert.NotNull(Wait(limiter));
    }

    [Fact]
    public void Refusals_OfTheMinute_UseNothingOfTheHourUp()
    {
        using var limiter = new AttemptLimiter(1, 2, clock);
        Assert.Null(Wait(limiter));
        for (var i = 0; i < 10; i++)
        {
            Assert.NotNull(Wait(limiter));
        }

        clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Null(Wait(limiter));
    }

    [Fact]
    public async Task Attempts_ManyAtOnce_AreLetThroughAsOftenAsTheLimitSays()
    {
        await using var limiter = new AttemptLimiter(5, 20, clock);

        var waits = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => Wait(limiter))));

        Assert.Equal(5, waits.Count(wait => wait is null));
    }

    [Fact]
    public void IdleDuration_WhileAnythingIsRemembered_KeepsTheLimiter()
    {
        using var limiter = new AttemptLimiter(5, 20, clock);
        Wait(limiter);
        clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Null(limiter.IdleDuration);

        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(TimeSpan.Zero, limiter.IdleDuration);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(TimeSpan.FromMinutes(1), limiter.IdleDuration);
    }

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("::ffff:198.51.100.7", "198.51.100.7", true)]
    [InlineData("198.51.100.7", "198.51.100.8", false)]
    [InlineData("::ffff:198.51.100.7", "::ffff:198.51.100.8", false)]
    public void NetworkOf_TwoAddresses_IsOneWithinANetworkOfSixtyFourBits(string one, string other, bool same) =>
        Assert.Equal(same, NetworkAddress.NetworkOf(IPAddress.Parse(one)) == NetworkAddress.NetworkOf(IPAddress.Parse(other)));

    /// <summary>Tries once; null when let through, else how long to wait.</summary>
    private static TimeSpan? Wait(AttemptLimiter limiter)
    {
        using var lease = limiter.AttemptAcquire();
        Assert.Equal(lease.IsAcquired, !lease.TryGetMetadata(MetadataName.RetryAfter, out var wait));
        return lease.IsAcquired ? null : wait;
    }
}
