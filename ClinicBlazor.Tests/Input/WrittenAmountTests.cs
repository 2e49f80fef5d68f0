using System.Globalization;
using ClinicBlazor.Domain.Input;

namespace ClinicBlazor.Tests.Input;

/// <summary>An amount of money as people type it.</summary>
[Trait("Requirement", "S2-09")]
public sealed class WrittenAmountTests
{
    [Theory]
    [InlineData("40", "en", 4000L)]
    [InlineData("40", "es", 4000L)]
    [InlineData("40.00", "en", 4000L)]
    [InlineData("40.00", "es", 4000L)]
    [InlineData("40,00", "en", 4000L)]
    [InlineData("40,00", "es", 4000L)]
    [InlineData(" 40 ", "en", 4000L)]
    [InlineData("0.5", "en", 50L)]
    [InlineData("0,05", "es", 5L)]
    [InlineData("0", "en", 0L)]
    [InlineData("999999999", "en", 99_999_999_900L)]
    public void Read_OfAnAmount_IsItsCents(string text, string culture, long cents) => Assert.Equal(cents, Read(text, culture));

    [Theory]
    [InlineData("1,234.50", "en", 123_450L)]
    [InlineData("1,234.50", "es", 123_450L)]
    [InlineData("1.234,50", "en", 123_450L)]
    [InlineData("1.234,50", "es", 123_450L)]
    [InlineData("1,234", "en", 123_400L)]
    [InlineData("1.234", "es", 123_400L)]
    [InlineData("1,234,567", "en", 123_456_700L)]
    [InlineData("1 234", "en", 123_400L)]
    [InlineData("1'234.50", "en", 123_450L)]
    public void Read_OfAnAmountInGroups_IsItsCents(string text, string culture, long cents) => Assert.Equal(cents, Read(text, culture));

    [Theory]
    [InlineData("$40", "USD", 4000L)]
    [InlineData("$ 40.50", "USD", 4050L)]
    [InlineData("40 $", "USD", 4000L)]
    [InlineData("USD 40", "USD", 4000L)]
    [InlineData("40usd", "USD", 4000L)]
    [InlineData("40 EUR", "EUR", 4000L)]
    [InlineData("40,00 €", "EUR", 4000L)]
    [InlineData("€1.234,50", "EUR", 123_450L)]
    [InlineData("CA$40", "CAD", 4000L)]
    [InlineData("CHF 1'234.50", "CHF", 123_450L)]
    [InlineData("R 40", "ZAR", 4000L)]
    public void Read_WithTheSignOrCodeOfTheCurrency_IsItsCents(string text, string currency, long cents) =>
        Assert.Equal(cents, Read(text, "es", currency));

    [Theory]
    [InlineData("40 €", "USD")]
    [InlineData("EUR 40", "USD")]
    [InlineData("CA$40", "USD")]
    [InlineData("$40", "EUR")]
    [InlineData("$40", "CAD")]
    [InlineData("CA$40", "AUD")]
    [InlineData("40 EUR", "ZAR")]
    [InlineData("$40", "XXX")]
    public void Read_WithTheSignOrCodeOfAnotherCurrency_IsNone(string text, string currency) =>
        Assert.Null(Read(text, "en", currency));

    [Theory]
    [InlineData("$40$")]
    [InlineData("$40 USD")]
    [InlineData("USD $40")]
    [InlineData("USD USD 40")]
    [InlineData("4$0")]
    [InlineData("$")]
    [InlineData("USD")]
    [InlineData("$-5")]
    [InlineData("-$5")]
    public void Read_WithTheCurrencyOnBothSidesOrInTheMiddle_IsNone(string text) => Assert.Null(Read(text, "en"));

    [Theory]
    [InlineData("40,00\u00a0€", 4000L)]
    [InlineData("\u00a040", 4000L)]
    [InlineData("1\u00a0234,50", 123_450L)]
    [InlineData("1\u202f234,50\u00a0€", 123_450L)]
    [InlineData("４０", 4000L)]
    [InlineData("\u200e40", 4000L)]
    public void Read_OfWhatAPageBringsWithIt_IsItsCents(string text, long cents) => Assert.Equal(cents, Read(text, "es", "EUR"));

    [Theory]
    [InlineData("1.234", "en")]
    [InlineData("1,234", "es")]
    [InlineData("1.234.567", "en")]
    public void Read_OfWhatMayMeanAThousandOrOne_IsNone(string text, string culture) => Assert.Null(Read(text, culture));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("abc")]
    [InlineData("-5")]
    [InlineData("\u22125")]
    [InlineData("(5)")]
    [InlineData("1.2.3")]
    [InlineData("1,23,456")]
    [InlineData("1,234.567")]
    [InlineData("1,234,50")]
    [InlineData("40.")]
    [InlineData(".50")]
    [InlineData("4 0")]
    [InlineData("1e3")]
    [InlineData("40 dollars")]
    [InlineData("1234567890")]
    [InlineData("12345678901")]
    public void Read_OfSomethingElse_IsNone(string? text)
    {
        Assert.Null(Read(text, "en"));
        Assert.Null(Read(text, "es"));
    }

    private static long? Read(string? text, string culture, string currency = "USD") =>
        WrittenAmount.Read(text, new CultureInfo(culture), currency);
}
