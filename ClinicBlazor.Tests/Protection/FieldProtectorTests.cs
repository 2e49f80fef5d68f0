using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ClinicBlazor.Domain.Protection;
using FsCheck;
using FsCheck.Fluent;

namespace ClinicBlazor.Tests.Protection;

[Trait("Requirement", "S4-05")]
public sealed class FieldProtectorTests
{
    private static readonly FieldLocation Here = new("Patient", "Ssn", new Guid("0199f2c4-7a10-7001-9c2e-51a0b3c4d501"));

    private readonly TestKeys keys = new();

    private FieldProtector Protector => keys.Protector;

    [Fact]
    public void Seal_AnyText_OpensToTheSame()
    {
        // Any Unicode text: half of a surrogate pair is none, and the input rules let none in.
        var texts = Gen.ArrayOf(Gen.OneOf(Gen.Choose(0, 0xD7FF), Gen.Choose(0xE000, 0x10FFFF))).Select(points => string.Concat(points.Select(char.ConvertFromUtf32)));
        var places = ArbMap.Default.ArbFor<Guid>().Generator;

        Prop.ForAll(texts.Zip(places).ToArbitrary(), pair =>
        {
            var here = Here with { RowId = pair.Item2 };
            return Protector.Open(Protector.Seal(pair.Item1, here), here) == pair.Item1;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Open_AnyBitFlipped_IsRefused()
    {
        var envelope = Protector.Seal("900-12-3401", Here).ToArray();

        for (var bit = 0; bit < envelope.Length * 8; bit++)
        {
            var changed = envelope.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.ThrowsAny<CryptographicException>(() => Protector.Open(new SealedText(changed), Here));
        }
    }

    [Fact]
    public void Open_AnyLengthButTheWhole_IsRefused()
    {
        var envelope = Protector.Seal("900-12-3401", Here).ToArray();

        Assert.All(Enumerable.Range(0, envelope.Length), length =>
            Assert.ThrowsAny<CryptographicException>(() => Protector.Open(new SealedText(envelope[..length]), Here)));
        Assert.ThrowsAny<CryptographicException>(() => Protector.Open(new SealedText([.. envelope, 0]), Here));
    }

    [Fact]
    public void Open_InAnotherRowColumnOrTable_IsRefused()
    {
        var sealedText = Protector.Seal("900-12-3401", Here);
        FieldLocation[] elsewhere =
        [
            Here with { RowId = Guid.CreateVersion7() },
            Here with { Column = "Tin" },
            Here with { Table = "Account" },
            Here with { Table = "Patient|Ssn", Column = "" },
            Here with { Table = "Patien", Column = "t|Ssn" },
        ];

        Assert.All(elsewhere, place => Assert.ThrowsAny<CryptographicException>(() => Protector.Open(sealedText, place)));
        Assert.Equal("900-12-3401", Protector.Open(sealedText, Here));
    }

    [Fact]
    public void Open_ByAnotherClinicsKeys_IsRefused() =>
        Assert.ThrowsAny<CryptographicException>(() => new TestKeys().Protector.Open(Protector.Seal("900-12-3401", Here), Here));

    [Fact]
    public void Seal_Envelope_CarriesTheIdOfTheKeyAndNothingReadable()
    {
        var envelope = Protector.Seal("900-12-3401", Here).ToArray();

        Assert.Equal(keys.Ring.Current(KeyPurpose.Field).Id, BinaryPrimitives.ReadInt32BigEndian(envelope.AsSpan(1)));
        Assert.DoesNotContain("3401", Encoding.Latin1.GetString(envelope), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_AfterANewKeyCameIn_StillReadsTheOldAndSealsWithTheNew()
    {
        var old = Protector.Seal("before", Here);
        var id = keys.Add(KeyPurpose.Field);

        var young = Protector.Seal("after", Here);

        Assert.Equal(id, BinaryPrimitives.ReadInt32BigEndian(young.Envelope[1..]));
        Assert.Equal(("before", "after"), (Protector.Open(old, Here), Protector.Open(young, Here)));
    }

    [Theory]
    [InlineData(KeyPurpose.Audit)]
    [InlineData(KeyPurpose.BlindIndex)]
    [InlineData(KeyPurpose.Token)]
    public void Open_NamingAKeyOfAnotherPurpose_IsRefused(object purpose)
    {
        var envelope = Protector.Seal("900-12-3401", Here).ToArray();
        BinaryPrimitives.WriteInt32BigEndian(envelope.AsSpan(1), keys.Ring.Current((KeyPurpose)purpose).Id);

        Assert.ThrowsAny<CryptographicException>(() => Protector.Open(new SealedText(envelope), Here));
    }

    [Fact]
    public void Seal_TenThousandTimes_NeverRepeatsANonce()
    {
        const int Times = 10_000;

        var nonces = Enumerable.Range(0, Times).Select(_ => Convert.ToHexString(Protector.Seal("the same", Here).Envelope.Slice(5, 12))).ToHashSet();

        Assert.Equal(Times, nonces.Count);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void SealOptional_NothingGiven_StaysNothing(string? text) => Assert.Null(Protector.SealOptional(text, Here));
}
