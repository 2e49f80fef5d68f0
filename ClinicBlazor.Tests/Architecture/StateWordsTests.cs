using ClinicBlazor.App.Shared;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Domain.Visits;
using Microsoft.Extensions.Localization;

namespace ClinicBlazor.Tests.Architecture;

/// <summary>One state has one word: it stands in the file of words and in no page.</summary>
[Trait("Requirement", "C-01")]
public sealed class StateWordsTests
{
    // The name of a column, too: when somebody did.
    private static readonly string[] AlsoOtherwise = ["Arrived"];

    // What leads to a question is named by each of the questions.
    private static readonly VisitAct[] HasADialogOfItsOwn = [VisitAct.MarkInError, VisitAct.Give];

    [Fact]
    public void Words_OfTheStatesOfRecordsAndVisits_StandInTheirFilesAlone()
    {
        var words = Records().Concat(Visits()).Select(word => $"\"{word}\"").ToHashSet();

        var elsewhere = PageRulesTests.Sources(".razor", ".cs")
            .Where(file => !file.EndsWith("Words.cs", StringComparison.Ordinal))
            .SelectMany(file => words.Where(File.ReadAllText(file).Contains).Select(word => $"{Path.GetFileName(file)}: {word}"));

        Assert.Empty(elsewhere);
    }

    [Fact]
    public void Words_OfRecords_AreOneForEachStateAndTellThemApart()
    {
        foreach (var audience in Enum.GetValues<Audience>())
        {
            var words = Enum.GetValues<RecordPhase>().Select(phase => RecordWords.Of(phase, audience, new Echo<SharedText>()).Word)
                .ToList();

            Assert.Equal(words.Count, words.Distinct().Count());
        }
    }

    private static IEnumerable<string> Records() =>
        from audience in Enum.GetValues<Audience>()
        from phase in Enum.GetValues<RecordPhase>()
        select RecordWords.Of(phase, audience, new Echo<SharedText>()).Word;

    private static IEnumerable<string> Visits() =>
        Enum.GetValues<VisitStatus>().Select(status => VisitWords.Of(status, new Echo<VisitWordsText>()))
            .Concat(Enum.GetValues<VisitAct>().Except(HasADialogOfItsOwn).Select(act => VisitWords.Of(act, new Echo<VisitWordsText>())))
            .Except(AlsoOtherwise);

    /// <summary>Answers each key with itself.</summary>
    private sealed class Echo<T> : IStringLocalizer<T>
    {
        public LocalizedString this[string name] => new(name, name);

        public LocalizedString this[string name, params object[] arguments] => new(name, name);

        public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => [];
    }
}
