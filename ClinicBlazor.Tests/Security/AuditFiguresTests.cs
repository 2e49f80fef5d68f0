using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Security;

namespace ClinicBlazor.Tests.Security;

/// <summary>What was signed for is read back as it was written.</summary>
[Trait("Requirement", "S4-11")]
public sealed class AuditFiguresTests
{
    private static readonly Dictionary<AuditFigure, long> Largest =
        Enum.GetValues<AuditFigure>().ToDictionary(figure => figure, figure => long.MaxValue - (long)figure);

    public static TheoryData<AuditFigure> Figures => [.. Enum.GetValues<AuditFigure>()];

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Read_OfWhatWasWritten_IsTheSame(bool verified, bool held)
    {
        var figures = new AuditFigures(Largest, verified ? new DateTimeOffset(2026, 3, 2, 9, 0, 0, 123, TimeSpan.Zero) : null, held);

        var read = AuditFigures.Read(figures.Write());

        Assert.Equal(figures.Counts, read.Counts);
        Assert.Equal((figures.VerifiedAt, figures.Held), (read.VerifiedAt, read.Held));
        Assert.True(figures.Write().Length <= AuditFigures.Longest);
    }

    [Fact]
    public void Read_OfSomethingElse_HasNoFigures() =>
        Assert.Empty(AuditFigures.Read("Entries=many;;People;=;Verified=99999999999999999999").Counts);

    [Theory]
    [MemberData(nameof(Figures))]
    public void FilterOf_EachFigureButPeople_NamesWhatItCounts(AuditFigure figure) =>
        Assert.Equal(figure == AuditFigure.People, ReviewDetails.FilterOf(figure) is null);

    [Fact]
    public void Kinds_EveryAct_IsOfOne() =>
        Assert.All(Enum.GetValues<AuditAct>(), act => Assert.True(Enum.IsDefined(AuditKinds.Of(act))));
}
