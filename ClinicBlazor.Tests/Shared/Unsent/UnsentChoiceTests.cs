using ClinicBlazor.App.Shared.Unsent;
using ClinicBlazor.Domain.Kernel;

namespace ClinicBlazor.Tests.Shared.Unsent;

/// <summary>Which of two texts stands when one of them was typed without a connection.</summary>
[Trait("Requirement", "B-06")]
public sealed class UnsentChoiceTests
{
    private static readonly DateTimeOffset Before = DateTimeOffset.UnixEpoch;
    private static readonly DateTimeOffset Since = DateTimeOffset.UnixEpoch.AddSeconds(1);

    [Fact]
    public void Of_NothingKeptYet_KeepsIt() => Assert.Equal(new DraftText("Mine."), UnsentChoice.Of(null, "Mine.", over: null));

    [Fact]
    public void Of_AVersionThatHasEnded_BringsNothingBack() => Assert.Null(UnsentChoice.Of(null, "Mine.", Before));

    [Fact]
    public void Of_TheVersionThatItsPageHad_GoesOverIt() =>
        Assert.Equal(new DraftText("Mine."), UnsentChoice.Of(new SavedDraft("Theirs.", Before), "Mine.", Before));

    [Theory]
    [InlineData("Theirs.", "Mine.")]
    [InlineData("Mine. And theirs.", "Mine.")]
    [InlineData("""{"Text":"Theirs.","Code":"G43.1"}""", """{"Text":"Theirs. Mine.","Code":"G44.2"}""")]
    [InlineData("""{"Severity":1}""", """{"Severity":10}""")]
    [InlineData("""{"CheckIn":true}""", """{"CheckIn":false}""")]
    [InlineData("""{"Command":"a","Text":"x"}""", """{"Command":"b","Text":"x, y"}""")]
    public void Of_ALaterVersion_KeepsBoth(string theirs, string mine)
    {
        Assert.Equal(new DraftText(theirs, mine), UnsentChoice.Of(new SavedDraft(theirs, Since), mine, Before));
        Assert.Equal(new DraftText(theirs, mine), UnsentChoice.Of(new SavedDraft(theirs, Since), mine, over: null));
    }

    [Theory]
    [InlineData("Begun", "Begun and ended.")]
    [InlineData("", "Mine.")]
    [InlineData("""{"Text":"Begun","Code":null,"Certainty":null}""", """{"Text":"Begun and ended.","Code":"G43.1","Certainty":2}""")]
    [InlineData("""{"CheckIn":false,"Sex":1}""", """{"CheckIn":true,"Sex":1}""")]
    public void Of_ALaterVersionThatItHoldsAsAWhole_GoesOverIt(string theirs, string mine) =>
        Assert.Equal(new DraftText(mine), UnsentChoice.Of(new SavedDraft(theirs, Since), mine, Before));

    [Fact]
    public void Of_APageThatShowsOneOfTwo_KeepsTheOther() =>
        Assert.Equal(new DraftText("Theirs.", "Mine, and more."),
            UnsentChoice.Of(new SavedDraft("Theirs.", Before, "Mine."), "Mine, and more.", Before));

    [Fact]
    public void Of_AThirdText_ReplacesNeitherOfTwo() =>
        Assert.Null(UnsentChoice.Of(new SavedDraft("First.", Since, "Second."), "Third.", Before));
}
