using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Protection;
using ClinicBlazor.Domain.Records;
using CsCheck;

namespace ClinicBlazor.Tests.Protection;

[Trait("Requirement", "S4-05")]
public sealed class FieldProtectorTests
{
    private static readonly Guid Row = new("0199f2c4-7a10-7001-9c2e-51a0b3c4d501");
    private static readonly FieldPlace Here = FieldPlace.Of<Patient>(Row, new(Row), nameof(Patient.Ssn));

    private readonly TestKeys keys = new();

    private FieldProtector Protector => keys.Protector;

    [Fact]
    public void Seal_AnyText_OpensToTheSame()
    {
        // Any Unicode text: half of a surrogate pair is none, and the input rules let none in.
        var texts = Gen.OneOf(Gen.Int[0, 0xD7FF], Gen.Int[0xE000, 0x10FFFF])
            .Array[0, 200].Select(points => string.Concat(points.Select(char.ConvertFromUtf32)));

        texts.Select(Gen.Guid).Sample((text, rowId) =>
        {
            var here = FieldPlace.Of<Patient>(rowId, new(rowId), nameof(Patient.Ssn));
            return Protector.Open(Protector.Seal(text, here), here) == text;
        });
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
    public void Open_InAnotherRowColumnTableOrOfAnotherOwner_IsRefused()
    {
        var (record, patient) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var here = FieldPlace.Of<Diagnosis>(Row, Diagnosis.OwnerOf(patient, record), nameof(Diagnosis.Text));
        var sealedText = Protector.Seal("Sinusitis.", here);
        FieldPlace[] elsewhere =
        [
            FieldPlace.Of<Diagnosis>(Guid.CreateVersion7(), Diagnosis.OwnerOf(patient, record), nameof(Diagnosis.Text)),
            FieldPlace.Of<Diagnosis>(Row, Diagnosis.OwnerOf(patient, record), nameof(Diagnosis.Code)),
            FieldPlace.Of<Diagnosis>(Row, Diagnosis.OwnerOf(Guid.CreateVersion7(), record), nameof(Diagnosis.Text)),
            FieldPlace.Of<Diagnosis>(Row, Diagnosis.OwnerOf(patient, Guid.CreateVersion7()), nameof(Diagnosis.Text)),
            FieldPlace.Of<Diagnosis>(Row, Diagnosis.OwnerOf(record, patient), nameof(Diagnosis.Text)),
            FieldPlace.Of<Diagnosis>(Row, new(patient), nameof(Diagnosis.Text)),
            FieldPlace.Of<MedicalRecord>(Row, Diagnosis.OwnerOf(patient, record), nameof(MedicalRecord.Symptoms)),
        ];

        Assert.All(elsewhere,
            place => Assert.Equal(place, Assert.Throws<SealBrokenException>(() => Protector.Open(sealedText, place)).Place));
        Assert.Equal("Sinusitis.", Protector.Open(sealedText, here));
    }

    [Fact]
    public void Place_OfAColumnThatIsNotSealed_IsRefused() =>
        Assert.Throws<ArgumentException>(() => FieldPlace.Of<Patient>(Row, new(Row), nameof(Patient.Phone)));

    [Fact]
    public void Open_EnvelopeOfTheFirstVersion_IsRefusedEvenWithItsKey()
    {
        var id = keys.Add(KeyPurpose.Field);
        var stored = Envelope.Seal(Envelope.First, id, RandomNumberGenerator.GetBytes(32), "900-12-3401", $"Patient|Ssn|{Row:D}");

        Assert.Throws<SealBrokenException>(() => Protector.Open(new SealedText(stored), Here));
    }

    [Fact]
    public void Ring_OnceOwnersAreBound_ReadsNoKeyOfTheFirstKind()
    {
        var id = keys.Add(KeyPurpose.Field);

        Assert.Null(keys.Ring.FindOrDefault(KeyPurpose.Field, id));
    }

    [Fact]
    public void Open_ByAnotherClinicsKeys_IsRefused() =>
        Assert.ThrowsAny<CryptographicException>(() => new TestKeys().Protector.Open(Protector.Seal("900-12-3401", Here), Here));

    [Fact]
    public void Seal_Envelope_CarriesTheIdOfTheKeyAndNothingReadable()
    {
        var envelope = Protector.Seal("900-12-3401", Here).ToArray();

        Assert.Equal(keys.Ring.Current(KeyPurpose.OwnedField).Id, BinaryPrimitives.ReadInt32BigEndian(envelope.AsSpan(1)));
        Assert.DoesNotContain("3401", Encoding.Latin1.GetString(envelope), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_AfterANewKeyCameIn_StillReadsTheOldAndSealsWithTheNew()
    {
        var old = Protector.Seal("before", Here);
        var id = keys.Add(KeyPurpose.OwnedField);

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

        var nonces = Enumerable.Range(0, Times).Select(_ => Convert.ToHexString(Protector.Seal("the same", Here).Envelope.Slice(5, 12)))
            .ToHashSet();

        Assert.Equal(Times, nonces.Count);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void SealOptional_NothingGiven_StaysNothing(string? text) => Assert.Null(Protector.SealOptional(text, Here));
}
