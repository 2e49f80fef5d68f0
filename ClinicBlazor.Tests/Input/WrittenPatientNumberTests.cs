using ClinicBlazor.Domain.Input;

namespace ClinicBlazor.Tests.Input;

/// <summary>The number of a patient as pages write it, and as it is pasted from them.</summary>
[Trait("Requirement", "S4-07")]
public sealed class WrittenPatientNumberTests
{
    [Theory]
    [InlineData("No. 10231")]
    [InlineData("no 10231")]
    [InlineData("N.º 10231")]
    [InlineData("Nº10231")]
    [InlineData("№ 10231")]
    [InlineData("#10231")]
    [InlineData("Patient no. 10231")]
    [InlineData("N.º de paciente 10231")]
    [InlineData("núm. 10231")]
    [InlineData("No.\u00a010231")]
    [InlineData("\u200eNo. 10231\u202c ")]
    public void Read_ANumberThatSaysThatItIsOne_IsIt(string text)
    {
        Assert.Equal(10231, WrittenPatientNumber.Read(text));
        Assert.Equal(10231, WrittenPatientNumber.ReadMarked(text));
    }

    [Theory]
    [InlineData("10231")]
    [InlineData(" 10231 ")]
    [InlineData("10231\u00a0")]
    [InlineData("\u200e10231")]
    [InlineData("１０２３１")]
    public void Read_DigitsAlone_AreANumberThatDoesNotSayWhatItIs(string text)
    {
        Assert.Equal(10231, WrittenPatientNumber.Read(text));
        Assert.Null(WrittenPatientNumber.ReadMarked(text));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("No.")]
    [InlineData("Noah 7")]
    [InlineData("10231x")]
    [InlineData("10 231")]
    [InlineData("-10231")]
    [InlineData("9999999999")]
    public void Read_AnythingElse_IsNone(string? text) => Assert.Null(WrittenPatientNumber.Read(text));
}
