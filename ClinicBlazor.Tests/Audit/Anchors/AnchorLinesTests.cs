using System.Globalization;
using ClinicBlazor.Domain.Audit.Anchors;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Tests.Protection;
using ClinicBlazor.Tests.Support;
using Microsoft.Extensions.Options;

namespace ClinicBlazor.Tests.Audit.Anchors;

/// <summary>The file of anchors by itself: what is read out of its lines, and how it lies on the disk.</summary>
[Trait("Requirement", "B-12")]
public sealed class AnchorLinesTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 3, 2, 9, 0, 0, 123, 456, TimeSpan.Zero);

    private readonly TestFolder folder = new();
    private readonly TestKeys keys = new();
    private readonly AnchorFile file;

    public AnchorLinesTests() => file = new AnchorFile(
        Options.Create(new ClinicSettings { DataDirectory = Path.Combine(folder.Path, "new") }), keys.Ring);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Read_WithoutAFile_IsNothing()
    {
        Assert.False(file.Exists);
        Assert.Null(file.Read());
        Assert.Null(file.ReadKnown());
        file.PutAside(At);
        Assert.False(file.Exists);
    }

    [Fact]
    public void Append_ToNothing_MakesAFileThatItsOwnerAloneReads()
    {
        var anchor = file.Append(AnchorReason.Begin, 0, AuditAnchor.Nothing, At);

        Assert.Equal(new AuditAnchor(1, AnchorReason.Begin, 0, AuditAnchor.Nothing, At), anchor);
        Assert.Equal($"{anchor.Line(keys.Ring.AnchorKey)}\n", File.ReadAllText(file.Path));
        Assert.True(file.Exists);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file.Path));
        }
    }

    [Fact]
    public void Append_BehindATornLine_BeginsALineOfItsOwn()
    {
        var first = file.Append(AnchorReason.Begin, 0, AuditAnchor.Nothing, At);
        File.AppendAllText(file.Path, "audit-anch");

        var second = file.Append(AnchorReason.Hour, 7, new string('b', 64), At);

        Assert.Equal($"{first.Line(keys.Ring.AnchorKey)}\naudit-anch\n{second.Line(keys.Ring.AnchorKey)}\n", File.ReadAllText(file.Path));
        Assert.Equal(2, second.Number);
    }

    [Fact]
    public void Read_OfALineEach_TellsGenuineForgedAndTornOnesApart()
    {
        var genuine = new AuditAnchor(5, AnchorReason.Stop, 9, new string('c', 64), At);
        var line = genuine.Line(keys.Ring.AnchorKey);
        Directory.CreateDirectory(Path.GetDirectoryName(file.Path)!);
        string[] written =
        [
            $"{line}\r", line.Replace(" 5 ", " 6 ", StringComparison.Ordinal), "", "torn", line[..^1], genuine.Line(new byte[32]), line,
        ];
        File.WriteAllText(file.Path, string.Join('\n', written));

        var lines = file.Read()!;

        Assert.Equal([genuine, genuine], lines.Anchors);
        Assert.Equal([2, 6], lines.Forged);
        Assert.Equal((2, true), (lines.Torn, lines.IsReadable));
        Assert.Equal(6, file.Append(AnchorReason.Hour, 9, AuditAnchor.Nothing, At).Number);
    }

    [Fact]
    public void PutAside_KeepsTheFileUnderItsDayAndTime()
    {
        file.Append(AnchorReason.Begin, 0, AuditAnchor.Nothing, At);
        var text = File.ReadAllText(file.Path);

        file.PutAside(At.ToOffset(TimeSpan.FromHours(2)));

        Assert.False(file.Exists);
        Assert.Equal(text, File.ReadAllText($"{file.Path}.20260302-090000-123456"));
    }

    [Fact]
    public void Read_OfAFolder_IsUnreadableAndSomethingThatExists()
    {
        Directory.CreateDirectory(file.Path);

        Assert.True(file.Exists);
        Assert.Equal((false, 0), (file.Read()!.IsReadable, file.Read()!.Torn));
        Assert.False(file.ReadKnown()!.IsReadable);
    }

    [Fact]
    public void ReadKnown_OfAFileAsLongButYounger_ReadsItAnew()
    {
        file.Append(AnchorReason.Begin, 0, AuditAnchor.Nothing, At);
        var known = file.ReadKnown();
        var text = File.ReadAllText(file.Path);
        File.WriteAllText(file.Path, text.Replace("audit-anchor 1 1", "audit-anchor 1 2", StringComparison.Ordinal));
        File.SetLastWriteTimeUtc(file.Path, DateTime.UtcNow.AddMinutes(1));

        var anew = file.ReadKnown();

        Assert.Single(known!.Anchors);
        Assert.Empty(anew!.Anchors);
        Assert.Equal([1], anew.Forged);
    }

    [Theory]
    [InlineData("audit-anchor 1 1 Begin 0 - ", "audit-anchor 2 1 Begin 0 - ")]
    [InlineData(" Begin ", " Other ")]
    [InlineData(" 1 Begin", " -1 Begin")]
    public void Read_OfALineInAnotherForm_IsNoAnchor(string part, string other)
    {
        var line = new AuditAnchor(1, AnchorReason.Begin, 0, AuditAnchor.Nothing, At).Line(keys.Ring.AnchorKey);

        Assert.Null(AuditAnchor.Read(line.Replace(part, other, StringComparison.Ordinal), keys.Ring.AnchorKey, out var complete));
        Assert.False(complete);
    }

    [Fact]
    public void Line_OnAMachineOfAnotherCulture_IsTheSame()
    {
        var anchor = new AuditAnchor(1_234, AnchorReason.Hour, 5_678, AuditAnchor.Nothing, At);
        var line = anchor.Line(keys.Ring.AnchorKey);
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("ar-SA");

            Assert.Equal(line, anchor.Line(keys.Ring.AnchorKey));
            Assert.Equal(anchor, AuditAnchor.Read(line, keys.Ring.AnchorKey, out _));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
