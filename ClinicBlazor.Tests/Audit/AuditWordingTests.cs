using System.Globalization;
using System.Resources;
using ClinicBlazor.App.Audit;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Audit.Anchors;

namespace ClinicBlazor.Tests.Audit;

/// <summary>Everything that the trail can hold has words of its own, in both languages.</summary>
public sealed class AuditWordingTests
{
    private static readonly ResourceManager Spanish = new(typeof(AuditText));

    public static TheoryData<string> Words =>
    [
        .. Enum.GetValues<AuditAct>().Select(AuditWording.Of),
        .. Enum.GetValues<AuditOutcome>().Select(AuditWording.Of),
        .. Enum.GetValues<AuditLevel>().Select(AuditWording.Of),
        .. Enum.GetValues<AuditBreakKind>().Select(AuditWording.Of),
        .. Enum.GetValues<AuditDetail>().Select(AuditWording.Of),
        .. Enum.GetValues<AnchorFindingKind>().Select(kind => AnchorWording.Of(new AnchorFinding(kind))),
    ];

    [Theory]
    [MemberData(nameof(Words))]
    public void Of_EachValue_HasASpanishText(string words) =>
        Assert.False(string.IsNullOrWhiteSpace(Spanish.GetString(words, CultureInfo.GetCultureInfo("es"))), words);

    [Fact]
    public void Of_TwoActs_AreNeverCalledTheSame()
    {
        var words = Enum.GetValues<AuditAct>().Select(AuditWording.Of).ToList();

        Assert.Equal(words.Count, words.Distinct().Count());
        Assert.Equal(words.Count, words.Select(word => Spanish.GetString(word, CultureInfo.GetCultureInfo("es"))).Distinct().Count());
    }

    [Fact]
    [Trait("Requirement", "B-12")]
    public void Of_ATamperedValue_SaysSoInsteadOfFailing()
    {
        Assert.Equal("unreadable", AuditWording.Of((AuditAct)(-1)));
        Assert.Equal("unreadable", AuditWording.Of((AuditOutcome)(-1)));
        Assert.Equal("unreadable", AuditWording.Of((AuditLevel)(-1)));
        Assert.Equal("unreadable", AuditWording.Of((AuditDetail)(-1)));
    }
}
