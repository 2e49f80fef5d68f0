using ClinicBlazor.Domain.Input;

namespace ClinicBlazor.Tests.Input;

/// <summary>One line of what people type and paste.</summary>
[Trait("Requirement", "S4-07")]
public sealed class CleanLineTests
{
    [Theory]
    [InlineData("Mary\u00a0Ann")]
    [InlineData("Mary\u202fAnn")]
    [InlineData("Mary\u2009Ann")]
    [InlineData("Mary\u3000Ann")]
    [InlineData("Mary\tAnn")]
    [InlineData("Mary\u2028Ann")]
    [InlineData("Mary \r\n Ann")]
    [InlineData("\u00a0Mary Ann\u00a0")]
    public void CleanLine_BlanksThatNobodyTypes_AreTheOneThatIsTyped(string text)
    {
        Assert.Equal("Mary Ann", InputRules.CleanLine(text));
        Assert.Null(PersonName.ProblemOf(InputRules.CleanLine(text)));
    }
}
