using ClinicBlazor.Domain.Records;

namespace ClinicBlazor.Tests.Records;

/// <summary>The shipped code list and its search.</summary>
public sealed class Icd10CatalogTests
{
    private static readonly Icd10Catalog Catalog = new();

    [Fact]
    public void Catalog_Shipped_HoldsTheThreeCharacterCategories() => Assert.True(Catalog.Count >= 2000);

    [Theory]
    [InlineData("G43.1", "G43.1")]
    [InlineData("g43", "G43.0")]
    [InlineData("migraine aura", "G43.1")]
    [InlineData("high blood pressure", "I10")]
    [InlineData("common cold", "J06.9")]
    [InlineData("twisted ankle", "S93.4")]
    public void Search_CodeTitleOrSynonym_Finds(string text, string code) =>
        Assert.Contains(Catalog.Search(text), match => match.Code.Code == code);

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("zzzz qqqq")]
    [InlineData("(((")]
    public void Search_Nonsense_FindsNothing(string text) => Assert.Empty(Catalog.Search(text));

    [Fact]
    public void Search_ManyMatches_StopsAtTheLimit() => Assert.Equal(5, Catalog.Search("a", limit: 5).Count);
}
