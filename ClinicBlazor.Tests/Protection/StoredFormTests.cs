using System.Security.Cryptography;
using System.Text;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Protection;
using ClinicBlazor.Domain.Records;

namespace ClinicBlazor.Tests.Protection;

/// <summary>
/// What lies in databases that exist, worked out here once more by hand: a program that reads or writes it otherwise
/// would open nothing of an older one.
/// </summary>
[Trait("Requirement", "S4-05")]
public sealed class StoredFormTests
{
    private static readonly byte[] Secret = [.. Enumerable.Range(0, 32).Select(i => (byte)(i * 37 % 251))];

    private static readonly byte[] Nonce = [.. Enumerable.Range(1, 12).Select(i => (byte)i)];

    private static readonly Guid Row = new("0199f2c4-7a10-7001-9c2e-51a0b3c4d501");

    private static readonly Guid Patient = new("0199f2c4-7a10-7001-9c2e-51a0b3c4d502");

    private static readonly Guid Within = new("0199f2c4-7a10-7001-9c2e-51a0b3c4d503");

    private readonly MasterKey master = MasterKey.FromBase64(Convert.ToBase64String(Secret));

    [Fact]
    public void MasterKey_WrapsDataKeysAsItAlwaysDid()
    {
        var key = RandomNumberGenerator.GetBytes(32);
        var byHand = Seal(Derived("ClinicBlazor key encryption 1"), key, Encoding.UTF8.GetBytes("data key|7|Audit"));

        Assert.Equal(key, master.Unwrap(byHand, 7, KeyPurpose.Audit));

        var wrapped = master.Wrap(key, 7, KeyPurpose.Audit);
        Assert.Equal(12 + 16 + 32, wrapped.Length);
        Assert.Equal(key, Open(Derived("ClinicBlazor key encryption 1"), wrapped, Encoding.UTF8.GetBytes("data key|7|Audit")));
    }

    [Fact]
    public void MasterKey_WrappingTwice_TakesAnotherNonce() =>
        Assert.NotEqual(master.Wrap(Secret, 7, KeyPurpose.Audit)[..12], master.Wrap(Secret, 7, KeyPurpose.Audit)[..12]);

    [Fact]
    [Trait("Requirement", "B-12")]
    public void MasterKey_SignsAnchorsAsItAlwaysDid() => Assert.Equal(Derived("ClinicBlazor audit anchors 1"), master.AnchorKey);

    [Theory]
    [InlineData("")]
    [InlineData("900-12-3401")]
    [InlineData("Ünïcode ✓")]
    public void Envelope_IsVersionKeyNonceTagAndText(string text)
    {
        byte[] head = [2, 1, 2, 3, 4];
        byte[] context = [.. head, .. "Patient|Ssn|here"u8];
        byte[] byHand = [.. head, .. Seal(Secret, Encoding.UTF8.GetBytes(text), context)];

        Assert.Equal(text, Envelope.Open(byHand, Secret, "Patient|Ssn|here"));
        Assert.Equal(((byte?)2, 0x01020304), (Envelope.VersionOf(byHand), Envelope.KeyIdOf(byHand)));

        var envelope = Envelope.Seal(Envelope.Present, 0x01020304, Secret, text, "Patient|Ssn|here");
        Assert.Equal(head, envelope[..5]);
        Assert.Equal(text, Encoding.UTF8.GetString(Open(Secret, envelope[5..], context)));
    }

    [Fact]
    public void VersionOf_KnowsBothVersionsAndNothingElse()
    {
        Assert.Equal((byte?)1, Envelope.VersionOf([1, .. new byte[32]]));
        Assert.Equal((byte?)2, Envelope.VersionOf([2, .. new byte[32]]));
        Assert.Null(Envelope.VersionOf([0, .. new byte[32]]));
        Assert.Null(Envelope.VersionOf([3, .. new byte[32]]));
        Assert.Null(Envelope.VersionOf([2, .. new byte[31]]));
        Assert.Null(Envelope.VersionOf([]));
    }

    [Fact]
    public void Field_IsBoundToTableColumnRowOwnerAndWhatItIsPartOf()
    {
        var ring = Ring((3, KeyPurpose.OwnedField));
        var whole = FieldPlace.Of<Diagnosis>(Row, new RowOwner(Patient, Within), nameof(Diagnosis.Text));
        var alone = FieldPlace.Of<Patient>(Row, new RowOwner(Row), nameof(Domain.Patients.Patient.Ssn));

        Assert.Equal("Sinusitis.", new FieldProtector(ring).Open(ByHand($"Diagnosis|Text|{Row:D}|{Patient:D}|{Within:D}"), whole));
        Assert.Equal("Sinusitis.", new FieldProtector(ring).Open(ByHand($"Patient|Ssn|{Row:D}|{Row:D}|"), alone));

        SealedText ByHand(string place) => new(Envelope.Seal(Envelope.Present, 3, Secret, "Sinusitis.", place));
    }

    [Theory]
    [InlineData(Envelope.Present, true)]
    [InlineData(Envelope.First, false)]
    [InlineData((byte)3, false)]
    public void Field_ThatSaysItIsOfAnotherVersion_IsRefusedUnderItsOwnKeyAndPlaceToo(byte version, bool opens)
    {
        var protector = new FieldProtector(Ring((3, KeyPurpose.OwnedField)));
        var place = FieldPlace.Of<Patient>(Row, new RowOwner(Row), nameof(Domain.Patients.Patient.Ssn));
        var stored = new SealedText(Envelope.Seal(version, 3, Secret, "900-12-3401", $"Patient|Ssn|{Row:D}|{Row:D}|"));

        Assert.Equal(opens ? null : typeof(SealBrokenException), Record.Exception(() => protector.Open(stored, place))?.GetType());
    }

    [Fact]
    public void Field_OfTheFirstVersion_IsBoundToTableColumnAndRow()
    {
        var first = new FirstEnvelopes(Ring((3, KeyPurpose.Field)));
        var place = FieldPlace.Of<Patient>(Row, new RowOwner(Row), nameof(Domain.Patients.Patient.Ssn));
        var stored = Envelope.Seal(Envelope.First, 3, Secret, "900-12-3401", $"Patient|Ssn|{Row:D}");

        Assert.Equal("900-12-3401", first.Open(new SealedText(stored), place));

        stored[^1] ^= 1;
        Assert.Equal(place, Assert.Throws<SealBrokenException>(() => first.Open(new SealedText(stored), place)).Place);
    }

    [Fact]
    public void Token_IsKeptAsAHashBoundToItsPurpose() =>
        Assert.Equal(HMACSHA256.HashData(Secret, "Session|token"u8),
            new TokenHasher(Ring((3, KeyPurpose.Token))).Hash("Session", "token"));

    [Fact]
    public void NewToken_IsOf256RandomBits()
    {
        var tokens = Enumerable.Range(0, 10).Select(_ => TokenHasher.NewToken()).ToList();

        Assert.Equal(10, tokens.Distinct().Count());
        Assert.All(tokens, token => Assert.Matches("^[A-Za-z0-9_-]{43}$", token));
    }

    [Fact]
    public void BlindIndex_IsAHashBoundToItsColumn()
    {
        var index = new BlindIndex(Ring((3, KeyPurpose.BlindIndex)));
        var expected = HMACSHA256.HashData(Secret, "Ssn|900123401"u8);

        Assert.Equal(expected, index.Of("Ssn", "900123401"));
        Assert.Equal([expected], index.AllOf("Ssn", "900123401"));
        Assert.All((string?[])[null, ""], absent => Assert.Null(index.Of("Ssn", absent)));
    }

    private KeyRing Ring(params (int Id, KeyPurpose Purpose)[] keys)
    {
        var ring = new KeyRing(TimeProvider.System, new KeySettings(TimeSpan.Zero));
        ring.Load(master, [.. keys.Select(key =>
            new WrappedKey(key.Id, key.Purpose, DateTimeOffset.UnixEpoch, master.Wrap(Secret, key.Id, key.Purpose)))]);
        return ring;
    }

    private static byte[] Derived(string info) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Secret, 32, salt: [], Encoding.ASCII.GetBytes(info));

    private static byte[] Seal(byte[] key, byte[] plain, byte[] context)
    {
        var (text, tag) = (new byte[plain.Length], new byte[16]);
        using var aes = new AesGcm(key, 16);
        aes.Encrypt(Nonce, plain, text, tag, context);
        return [.. Nonce, .. tag, .. text];
    }

    private static byte[] Open(byte[] key, byte[] sealedBytes, byte[] context)
    {
        var plain = new byte[sealedBytes.Length - 28];
        using var aes = new AesGcm(key, 16);
        aes.Decrypt(sealedBytes.AsSpan(0, 12), sealedBytes.AsSpan(28), sealedBytes.AsSpan(12, 16), plain, context);
        return plain;
    }
}
