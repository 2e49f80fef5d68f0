using System.Globalization;
using ClinicBlazor.Domain.Input;

namespace ClinicBlazor.Tests.Input;

/// <summary>Digits, phones, SSNs and days as people type and paste them.</summary>
[Trait("Requirement", "S4-07")]
public sealed class PastedTests
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");
    private static readonly CultureInfo Spanish = CultureInfo.GetCultureInfo("es");

    [Theory]
    [InlineData("900\u00a012\u00a03401", "900 12 3401")]
    [InlineData("900\u202f12\u20093401", "900 12 3401")]
    [InlineData("900\u201312\u20113401", "900-12-3401")]
    [InlineData("\u200e900\u221212-3401\u202c", "900-12-3401")]
    [InlineData("٩٠٠-١٢-٣٤٠١", "900-12-3401")]
    [InlineData("９００１２３４０１", "900123401")]
    public void Plain_PastedSigns_AreThePlainOnes(string text, string plain) => Assert.Equal(plain, Pasted.Plain(text));

    [Theory]
    [InlineData("900-12-3401", "900123401")]
    [InlineData("900 12 3401", "900123401")]
    [InlineData("900\u201112\u20113401", "900123401")]
    [InlineData("123456789", "123456789")]
    [InlineData("000-12-3456", null)]
    [InlineData("666-12-3456", null)]
    [InlineData("900-00-3456", null)]
    [InlineData("900-12-0000", null)]
    [InlineData("000-00-0000", null)]
    [InlineData("600 123 456", null)]
    [InlineData("+900123401", null)]
    [InlineData("(900) 12-3401", null)]
    [InlineData("90012340", null)]
    public void Ssn_ByItsShape_IsOneOrNot(string text, string? ssn) => Assert.Equal(ssn, SocialSecurityNumber.Read(text));

    [Theory]
    [InlineData("(555) 010-0142", "US", "+15550100142")]
    [InlineData("+1 555 010 0142", "US", "+15550100142")]
    [InlineData("1-555-010-0142", "US", "+15550100142")]
    [InlineData("555\u00a0010\u20110142", "US", "+15550100142")]
    [InlineData("+34 600 123 456", "US", "+34600123456")]
    [InlineData("600 123 456", "ES", "+34600123456")]
    [InlineData("020 7946 0018", "GB", "+442079460018")]
    [InlineData("12", "US", null)]
    [InlineData("call me", "US", null)]
    public void Phone_HoweverWritten_HasOneForm(string text, string region, string? normal) =>
        Assert.Equal(normal, Phones.Normal(text, region));

    [Theory]
    [InlineData("1968-07-02")]
    [InlineData("2 Jul 1968")]
    [InlineData("2 July 1968")]
    [InlineData("Jul 2, 1968")]
    [InlineData("July 2nd, 1968")]
    [InlineData("2 jul 1968")]
    [InlineData("02.07.1968")]
    [InlineData("Tuesday, July 2, 1968")]
    [InlineData("1968\u20110\u200e7-02")]
    public void Date_InEnglish_IsReadInEachForm(string text) => Assert.Equal(new DateOnly(1968, 7, 2), WrittenDate.Read(text, English).Day);

    [Theory]
    [InlineData("July 12th, 1968", 12)]
    [InlineData("22nd of July 1968", 22)]
    [InlineData("the 31st July 1968", 31)]
    public void Date_WithAnOrdinalOfTwoDigits_IsRead(string text, int day) =>
        Assert.Equal(new DateOnly(1968, 7, day), WrittenDate.Read(text, English).Day);

    [Theory]
    [InlineData("02/07/1968")]
    [InlineData("2/7/1968")]
    [InlineData("2 jul 1968")]
    [InlineData("2 de julio de 1968")]
    [InlineData("martes, 2 de julio de 1968")]
    [InlineData("Jul 2, 1968")]
    public void Date_InSpanish_IsReadInEachForm(string text) => Assert.Equal(new DateOnly(1968, 7, 2), WrittenDate.Read(text, Spanish).Day);

    [Theory]
    [InlineData("07/02/1968")]
    [InlineData("7-2-1968")]
    public void Date_ThatCouldBeTwoDays_IsAskedAbout(string text) =>
        Assert.Equal(new WrittenDate(null, CouldBeTwo: true), WrittenDate.Read(text, English));

    [Theory]
    [InlineData("07/22/1968", "1968-07-22")]
    [InlineData("22/07/1968", "1968-07-22")]
    [InlineData("07/07/1968", "1968-07-07")]
    public void Date_ThatCanBeOneDayOnly_IsRead(string text, string day) =>
        Assert.Equal(DateOnly.Parse(day, CultureInfo.InvariantCulture), WrittenDate.Read(text, English).Day);

    [Theory]
    [InlineData("")]
    [InlineData("1968")]
    [InlineData("31 Feb 1968")]
    [InlineData("2 Jul 68")]
    [InlineData("brook b")]
    [InlineData("10232")]
    [InlineData("900 12 3401")]
    [InlineData("Julia 2 1968 Brook")]
    public void Date_ThatIsNone_IsNotRead(string text) => Assert.Equal(default, WrittenDate.Read(text, English));
}
