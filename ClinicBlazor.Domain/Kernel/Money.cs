using System.Globalization;

namespace ClinicBlazor.Domain.Kernel;

/// <summary>An amount of money, in whole cents of one currency (ISO 4217): sums are exact.</summary>
/// <param name="Cents">Hundredths of the currency's unit; negative for what is owed back.</param>
/// <param name="Currency">Its code of three letters.</param>
public readonly record struct Money(long Cents, string Currency) : IFormattable
{
    /// <summary>Currencies whose unit has a hundred parts, with their signs.</summary>
    private static readonly Dictionary<string, string> Signs = new(StringComparer.Ordinal)
    {
        ["USD"] = "$", ["EUR"] = "€", ["GBP"] = "£", ["CAD"] = "CA$", ["AUD"] = "A$", ["NZD"] = "NZ$", ["MXN"] = "MX$", ["CHF"] = "CHF",
        ["SEK"] = "SEK", ["NOK"] = "NOK", ["DKK"] = "DKK", ["PLN"] = "PLN", ["INR"] = "₹", ["ZAR"] = "R",
    };

    /// <summary>How a currency is written beside an amount: by its sign, or by its code. Its code for one that is not known.</summary>
    public static string SignOf(string currency) => Signs.GetValueOrDefault(currency, currency);

    /// <summary>True for a currency that the clinic can count in.</summary>
    public static bool Knows(string currency) => Signs.ContainsKey(currency);

    /// <summary>
    /// The amount in <paramref name="parts"/> that differ by one cent at most, the larger ones first, and add up to it. Throws
    /// <see cref="ArgumentOutOfRangeException"/> for less than one part.
    /// </summary>
    public IReadOnlyList<Money> Split(int parts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(parts, 1);
        var (each, rest) = Math.DivRem(Cents, parts);
        (each, rest) = rest < 0 ? (each - 1, rest + parts) : (each, rest);
        var currency = Currency;
        return [.. Enumerable.Range(0, parts).Select(i => new Money(i < rest ? each + 1 : each, currency))];
    }

    /// <summary>The amount for readers of logs and files, for instance <c>40.00 USD</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Cents / 100m:0.00} {Currency}");

    /// <summary>The amount as the culture writes it, for instance <c>$40.00</c> or <c>40,00 €</c>; a format is not used.</summary>
    public string ToString(string? format, IFormatProvider? formatProvider)
    {
        var numbers = (NumberFormatInfo)NumberFormatInfo.GetInstance(formatProvider).Clone();
        (numbers.CurrencySymbol, numbers.CurrencyDecimalDigits) = (SignOf(Currency), 2);

        // A minus sign, not brackets: not every culture knows these.
        numbers.CurrencyNegativePattern = numbers.CurrencyPositivePattern is 0 or 2 ? 1 : 8;
        return (Cents / 100m).ToString("C", numbers);
    }
}
