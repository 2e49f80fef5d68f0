using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Protection;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Tests.Protection;

/// <summary>Where a sealed value stands, and what the registration gives to seal it with.</summary>
[Trait("Requirement", "S4-05")]
public sealed class FieldPlaceTests
{
    private readonly Row row = new(Guid.CreateVersion7(), new RowOwner(Guid.CreateVersion7(), Guid.CreateVersion7()));

    [Fact]
    public void Of_ARow_IsItsTableColumnIdAndOwner()
    {
        var places = new[]
        {
            FieldPlace.Of(row, nameof(Row.Words)), FieldPlace.Of<Row>(row.Id, row.Owner, nameof(Row.Words)),
            FieldPlace.OfRow(row, typeof(Row).GetProperty(nameof(Row.Words))!),
        };

        Assert.All(places,
            place => Assert.Equal(("Row", "Words", row.Id, row.Owner), (place.Table, place.Column, place.RowId, place.Owner)));
    }

    [Theory]
    [InlineData(nameof(Row.Plain))]
    [InlineData("Nothing")]
    [InlineData("")]
    public void Of_AColumnThatHoldsNoSealedText_NamesIt(string column)
    {
        var fault = Assert.Throws<ArgumentException>(() => FieldPlace.Of(row, column));

        Assert.Equal("column", fault.ParamName);
        Assert.StartsWith($"Row has no sealed column {column}.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Clinic_IsNobodysId() => Assert.Equal((Guid.Empty, null), (RowOwner.Clinic.Id, RowOwner.Clinic.Within));

    [Fact]
    public void Broken_NamesThePlaceAndNothingThatStoodThere()
    {
        var cause = new InvalidOperationException();

        var fault = new SealBrokenException(FieldPlace.Of(row, nameof(Row.Words)), cause);

        Assert.Equal($"Row.Words of row {row.Id} does not open.", fault.Message);
        Assert.Same(cause, fault.InnerException);
    }

    [Fact]
    public void Column_OfASealedText_IsItsEnvelope()
    {
        var converter = new SealedTextConverter();

        Assert.Equal(new byte[] { 2, 7 }, converter.ConvertToProvider(new SealedText([2, 7])));
        Assert.Equal(new SealedText([2, 7]), converter.ConvertFromProvider(new byte[] { 2, 7 }));
    }

    [Fact]
    public void Registration_GivesOneRingToAllThatSeal()
    {
        using var services = new ServiceCollection().AddSingleton(TimeProvider.System)
            .Configure<ClinicSettings>(settings => settings.Keys.GraceSeconds = 7).AddProtection().BuildServiceProvider();

        Assert.Equal(TimeSpan.FromSeconds(7), services.GetRequiredService<KeySettings>().Grace);
        Assert.All((Type[])[typeof(KeyRing), typeof(FirstEnvelopes), typeof(FieldProtector), typeof(BlindIndex), typeof(TokenHasher)],
            type => Assert.Same(services.GetRequiredService(type), services.GetRequiredService(type)));
    }

    private sealed record Row(Guid Id, RowOwner Owner) : ISealedRow
    {
        public SealedText Words { get; } = new([]);

        public string Plain { get; } = "";
    }
}
