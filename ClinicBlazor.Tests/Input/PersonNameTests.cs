using ClinicBlazor.Domain.Input;

namespace ClinicBlazor.Tests.Input;

/// <summary>What a person's name may be made of, and by which words it is found.</summary>
[Trait("Requirement", "S4-07")]
public sealed class PersonNameTests
{
    [Theory]
    [InlineData("O'Neil")]
    [InlineData("O’Brien-Ñandú")]
    [InlineData("van der Quast")]
    [InlineData("J.R.R. Tolkien")]
    [InlineData("Martin Luther King Jr.")]
    [InlineData("राहुल")]
    [InlineData("محمد")]
    [InlineData("山田")]
    [InlineData("Łukasz")]
    [InlineData("Gal·la")]
    [InlineData("علی\u200cرضا")]
    [InlineData("क\u094d\u200dष")]
    [InlineData("ശ്രീ\u200cജ")]
    [InlineData("")]
    public void ProblemOf_NameOfAnyScript_IsNone(string name) => Assert.Null(PersonName.ProblemOf(name));

    [Theory]
    [InlineData("\u200b")]
    [InlineData("Ann\u202e")]
    [InlineData("A\u200dB")]
    [InlineData("Ann\u2066Lee")]
    [InlineData("Ann\u200cLee")]
    [InlineData("\u200cعلی")]
    [InlineData("علی\u200c")]
    [InlineData("علی\u200c رضا")]
    [InlineData("علی\u200c\u200cرضا")]
    [InlineData("علی\u200cReza")]
    [InlineData("علی\u200cराहुल")]
    [InlineData("علی\u200bرضا")]
    [InlineData("王\u200d明")]
    [InlineData("evil.example")]
    [InlineData("Buy at t.co")]
    [InlineData("www.evil.example/now")]
    [InlineData("https://evil.example")]
    [InlineData("a@b")]
    [InlineData("<b>Ann</b>")]
    [InlineData("Ann 555 0100")]
    [InlineData("'-.")]
    [InlineData("Ann🎉")]
    public void ProblemOf_AddressInvisibleOrOtherSigns_IsSaid(string name) => Assert.NotNull(PersonName.ProblemOf(name));

    [Theory]
    [InlineData("O'Neil", "neil o oneil")]
    [InlineData("van der Quast", "der derquast quast van vander vanderquast")]
    [InlineData("Zorrilla-Quintana", "quintana zorrilla zorrillaquintana")]
    [InlineData("Mary  Ann", "ann mary maryann")]
    [InlineData("Łukasz Groß", "gross lukasz lukaszgross")]
    [InlineData("Ørsted Đorđe İnanç Işık", "dorde dordeinanc dordeinancisik inanc inancisik isik orsted orsteddorde orsteddordeinancisik")]
    [InlineData("Smith-O'Brien", "brien o obrien smith smithobrien")]
    [InlineData("Smith-Jones-Brown", "brown jones jonesbrown smith smithjonesbrown")]
    [InlineData("علی\u200cرضا", "علیرضا")]
    [InlineData("राहुल", "राहुल")]
    public void Of_AName_HoldsEachWordFoldedBothJoinedAndSplit(string name, string words) =>
        Assert.Equal(words, string.Join(' ', NameWords.Of(name)));

    [Fact]
    public void Key_OfANameWithAJoiner_IsThatOfTheNameWithoutIt() =>
        Assert.Equal(Folding.Key("علیرضا"), Folding.Key("علی\u200cرضا"));

    [Theory]
    [InlineData("Smith", "Smyth")]
    [InlineData("Jonathan", "Jonathon")]
    [InlineData("Katherine", "Catherine")]
    [InlineData("Philip", "Filip")]
    [InlineData("Schmidt", "Smit")]
    [InlineData("Knox", "Nox")]
    [InlineData("Müller", "Muler")]
    public void Sounds_OfNamesThatSoundAlike_AreTheSame(string one, string other) => Assert.Equal(NameSounds.Of(one), NameSounds.Of(other));

    [Theory]
    [InlineData("Smith", "Baker")]
    [InlineData("Anna", "Boris")]
    public void Sounds_OfOtherNames_Differ(string one, string other) => Assert.NotEqual(NameSounds.Of(one), NameSounds.Of(other));
}
