using ClinicBlazor.Domain.Documents;

namespace ClinicBlazor.Tests.Documents;

/// <summary>A file name of any kind is kept as text, without what misleads its reader.</summary>
[Trait("Requirement", "S4-06")]
public sealed class FileNamesTests
{
    [Theory]
    [InlineData("Letter.pdf", "Letter.pdf")]
    [InlineData("  Letter of 3 March.pdf ", "Letter of 3 March.pdf")]
    [InlineData("Röntgen 胸部 🦴 نتيجة.png", "Röntgen 胸部 🦴 نتيجة.png")]
    [InlineData("Ro\u0308ntgen.png", "Röntgen.png")]
    [InlineData("family \U0001F469\u200D\U0001F466.jpg", "family \U0001F469\u200D\U0001F466.jpg")]
    [InlineData("<b>'; DROP TABLE--.txt", "<b>'; DROP TABLE--.txt")]
    [InlineData("../../../etc/passwd", "passwd")]
    [InlineData("..\\..\\windows\\win.ini", "win.ini")]
    [InlineData("/etc/cron.d/job.txt", "job.txt")]
    [InlineData("C:\\Users\\pat\\scan.pdf", "scan.pdf")]
    [InlineData("scan.pdf/", "")]
    [InlineData("..", "")]
    [InlineData(".", "")]
    [InlineData("", "")]
    [InlineData(null, "")]
    [InlineData("two\r\nlines\t.txt", "twolines.txt")]
    [InlineData("nul\0l.txt", "null.txt")]
    [InlineData("invoice\u202Efdp.exe", "invoicefdp.exe")]
    [InlineData("\u2066a\u2069\u200F\u061C.txt", "a.txt")]
    public void Clean_OfEachName_IsTheTextThatIsKept(string? sent, string kept) => Assert.Equal(kept, FileNames.Clean(sent));

    [Fact]
    public void Clean_OfHalfASurrogatePair_CanBeStored() => Assert.Equal("half \uFFFD pair.txt", FileNames.Clean("half \uD800 pair.txt"));
}
