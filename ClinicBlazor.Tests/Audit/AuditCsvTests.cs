using ClinicBlazor.App.Audit;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Security;

namespace ClinicBlazor.Tests.Audit;

/// <summary>The file of an export, field by field.</summary>
[Trait("Requirement", "S4-11")]
public sealed class AuditCsvTests
{
    [Theory]
    [InlineData("=HYPERLINK(\"http://evil\")", "\"'=HYPERLINK(\"\"http://evil\"\")\"")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("O'Neil, Ann", "\"O'Neil, Ann\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("a=b", "a=b")]
    [InlineData("", "")]
    public void Field_OfAnyText_IsNoFormulaAndStaysOneField(string text, string field)
    {
        var line = AuditCsv.Lines([Row(text)]);

        Assert.EndsWith($",{field}\r\n", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Line_OfAnEntry_HasAFieldForEachNameOfTheHead() =>
        Assert.Equal(AuditCsv.Head.Count(sign => sign == ','), AuditCsv.Lines([Row("Chrome")]).Count(sign => sign == ','));

    private static AuditRow Row(string browser) => new(
        Guid.CreateVersion7(), 7, new DateTimeOffset(2026, 11, 2, 9, 0, 0, TimeSpan.Zero), "Ann", "Doctor", AuditAct.RecordRead,
        AuditOutcome.Done, AuditLevel.Information, null, 10231, null, null, null, "127.0.0.1", browser, null);
}
