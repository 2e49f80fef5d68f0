using System.Globalization;
using ClinicBlazor.Domain.Kernel;
using CsCheck;

namespace ClinicBlazor.Tests.Kernel;

/// <summary>Amounts of money: whole cents that add up, and read as the reader writes them.</summary>
[Trait("Requirement", "S2-09")]
public sealed class MoneyTests
{
    [Theory]
    [InlineData(4000L, 1)]
    [InlineData(4000L, 3)]
    [InlineData(4001L, 3)]
    [InlineData(4002L, 3)]
    [InlineData(1L, 12)]
    [InlineData(0L, 5)]
    [InlineData(100_000_000L, 7)]
    public void Split_OfAnAmount_AddsUpToTheCentInPartsThatDifferByOneAtMost(long cents, int parts) => AssertAddsUp(cents, parts);

    [Fact]
    public void Split_OfAnyAmountInAnyParts_AddsUpToTheCent() =>
        Gen.Select(Gen.Long[0, 100_000_000], Gen.Int[1, 400]).Sample((cents, parts) => AssertAddsUp(cents, parts));

    [Theory]
    [InlineData(-4000L, 3)]
    [InlineData(-5L, 3)]
    [InlineData(-1L, 2)]
    public void Split_OfWhatIsOwedBack_AddsUpToTheCentToo(long cents, int parts) => AssertAddsUp(cents, parts);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Split_IntoNoParts_IsRefused(int parts) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Money(4000, "USD").Split(parts));

    [Theory]
    [InlineData(4000L, "USD", "en-US", "$40.00")]
    [InlineData(123_456L, "USD", "en-US", "$1,234.56")]
    [InlineData(5L, "USD", "en-US", "$0.05")]
    [InlineData(4000L, "EUR", "es", "40,00 €")]
    [InlineData(4000L, "USD", "es", "40,00 $")]
    [InlineData(4000L, "EUR", "en-US", "€40.00")]
    [InlineData(-4000L, "USD", "en-US", "-$40.00")]
    [InlineData(-4000L, "EUR", "es", "-40,00 €")]
    public void ToString_InACulture_IsWrittenAsThatWritesItAndNeverInBrackets(long cents, string currency, string culture, string text) =>
        Assert.Equal(text, Plain(new Money(cents, currency).ToString(null, CultureInfo.GetCultureInfo(culture))));

    [Theory]
    [InlineData(4000L, "40.00 USD")]
    [InlineData(-5L, "-0.05 USD")]
    public void ToString_ForLogs_IsTheSameInEveryCulture(long cents, string text) =>
        Assert.Equal(text, new Money(cents, "USD").ToString());

    [Theory]
    [InlineData("USD", true)]
    [InlineData("EUR", true)]
    [InlineData("JPY", false)]
    [InlineData("usd", false)]
    public void Knows_ACurrency_WhoseUnitHasAHundredParts(string currency, bool isKnown) => Assert.Equal(isKnown, Money.Knows(currency));

    private static void AssertAddsUp(long cents, int parts)
    {
        var split = new Money(cents, "USD").Split(parts);

        Assert.Equal(parts, split.Count);
        Assert.Equal(cents, split.Sum(part => part.Cents));
        Assert.InRange(split[0].Cents - split[^1].Cents, 0L, 1L);
        Assert.Equal(split.Select(part => part.Cents).OrderDescending(), split.Select(part => part.Cents));
    }

    private static string Plain(string text) => text.Replace('\u00a0', ' ').Replace('\u202f', ' ');
}
