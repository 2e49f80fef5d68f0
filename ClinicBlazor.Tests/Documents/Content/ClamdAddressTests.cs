using System.Net;
using System.Net.Sockets;
using ClinicBlazor.Domain.Kernel;

namespace ClinicBlazor.Tests.Documents.Content;

/// <summary>Where the virus scanner listens is on this machine, and said in one of two ways.</summary>
[Trait("Requirement", "S4-06")]
public sealed class ClamdAddressTests
{
    [Theory]
    [InlineData("tcp://127.0.0.1:3310", "127.0.0.1", 3310)]
    [InlineData("tcp://[::1]:3310/", "::1", 3310)]
    [InlineData("tcp://localhost:3311", "localhost", 3311)]
    public void Read_OfAPort_IsThatOfThisMachine(string text, string host, int port) =>
        Assert.Equal(new DnsEndPoint(host, port), ClamdAddress.Read(text));

    [Fact]
    public void Read_OfAPath_IsASocket() =>
        Assert.Equal(new UnixDomainSocketEndPoint("/run/clamav/clamd.ctl"), ClamdAddress.Read("/run/clamav/clamd.ctl"));

    [Theory]
    [InlineData("tcp://10.0.0.5:3310")]
    [InlineData("tcp://scanner.example:3310")]
    [InlineData("tcp://127.0.0.1")]
    [InlineData("tcp://127.0.0.1:3310/path")]
    [InlineData("127.0.0.1:3310")]
    [InlineData("http://127.0.0.1:3310")]
    [InlineData("clamd.ctl")]
    [InlineData("/run/0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345")]
    public void Check_OfAnythingElse_NamesTheSetting(string text)
    {
        Assert.Null(ClamdAddress.Read(text));
        Assert.StartsWith("Clinic:Documents:Clamd ", Assert.Single(ProblemsWith(text)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    [InlineData("/run/clamav/clamd.ctl")]
    [InlineData("tcp://127.0.0.1:3310")]
    public void Check_OfAPlaceOnThisMachineOrNone_FindsNothing(string? text) => Assert.Empty(ProblemsWith(text));

    private static IReadOnlyList<string> ProblemsWith(string? text) =>
        SettingsRules.Check(new ClinicSettings { Documents = new DocumentSettings { Clamd = text } });
}
