using System.Security.Cryptography;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Protection;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Protection;

/// <summary>Which key is used when: every instance must have read a new one before a value is made with it.</summary>
[Trait("Requirement", "S4-05")]
public sealed class KeyRingTests
{
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    private readonly TestClock clock = new();

    private readonly MasterKey master = MasterKey.FromBase64(MasterKey.Generate());

    private readonly KeyRing ring;

    public KeyRingTests() => ring = new KeyRing(clock, new KeySettings(Grace));

    [Fact]
    public void Ring_BeforeItsKeysAreLoaded_SaysSoAndGivesNone()
    {
        Assert.False(ring.IsLoaded);
        Assert.Throws<InvalidOperationException>(() => ring.Current(KeyPurpose.Token));

        ring.Load(master, [Key(1, KeyPurpose.Token)]);

        Assert.True(ring.IsLoaded);
        Assert.Same(master, ring.Master);
        Assert.Equal(master.AnchorKey, ring.AnchorKey);
    }

    [Fact]
    public void Current_OfANewKey_IsItOnceTheTimeOfGraceIsOver()
    {
        ring.Load(master, [Key(2, KeyPurpose.Token), Key(1, KeyPurpose.Token, minutesAgo: 10)]);

        Assert.Equal(1, ring.Current(KeyPurpose.Token).Id);

        clock.Advance(Grace - TimeSpan.FromTicks(1));
        Assert.Equal(1, ring.Current(KeyPurpose.Token).Id);

        clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(2, ring.Current(KeyPurpose.Token).Id);
    }

    [Fact]
    public void Current_OfALoneNewKey_IsItAtOnce()
    {
        ring.Load(master, [Key(1, KeyPurpose.Audit, minutesAgo: 10), Key(2, KeyPurpose.Token), Key(3, KeyPurpose.Token)]);

        Assert.Equal(2, ring.Current(KeyPurpose.Token).Id);
    }

    [Fact]
    public void Current_OfAPurposeWithoutAKey_Throws()
    {
        ring.Load(master, [Key(1, KeyPurpose.Audit)]);

        Assert.Throws<CryptographicException>(() => ring.Current(KeyPurpose.Token));
    }

    [Fact]
    public void Find_AsksForBothIdAndPurpose()
    {
        ring.Load(master, [Key(1, KeyPurpose.Audit), Key(2, KeyPurpose.Token)]);

        Assert.Equal(ring.Current(KeyPurpose.Token).Secret, ring.Find(KeyPurpose.Token, 2));
        Assert.Throws<CryptographicException>(() => ring.Find(KeyPurpose.Token, 1));
        Assert.Throws<CryptographicException>(() => ring.Find(KeyPurpose.Token, 3));
        Assert.Null(ring.FindOrDefault(KeyPurpose.Token, 1));
        Assert.Null(ring.FindOrDefault(KeyPurpose.Audit, 2));
    }

    [Fact]
    public void All_OfAPurpose_BeginsWithTheCurrentKey()
    {
        ring.Load(master, [Key(1, KeyPurpose.BlindIndex, minutesAgo: 30), Key(2, KeyPurpose.BlindIndex, minutesAgo: 20),
            Key(3, KeyPurpose.BlindIndex), Key(4, KeyPurpose.Token)]);

        Assert.Equal(new[] { 2, 1, 3 }.Select(id => ring.Find(KeyPurpose.BlindIndex, id)), ring.All(KeyPurpose.BlindIndex));
        Assert.Equal(3, new BlindIndex(ring).AllOf("Ssn", "900123401").Count);
    }

    [Fact]
    public void Load_DuringAnUpgrade_ReadsTheFirstKeysAndSealsWithTheNewOne()
    {
        ring.Load(master, [Key(1, KeyPurpose.Field), Key(2, KeyPurpose.OwnedFieldInUpgrade)]);

        Assert.NotNull(ring.FindOrDefault(KeyPurpose.Field, 1));
        Assert.Equal(2, ring.Current(KeyPurpose.OwnedField).Id);
        Assert.Null(ring.FindOrDefault(KeyPurpose.OwnedFieldInUpgrade, 2));
    }

    [Fact]
    public void Load_OnceTheUpgradeIsDone_ForgetsTheFirstKeysAndThoseOfTheUpgrade()
    {
        ring.Load(master, [Key(1, KeyPurpose.Field), Key(2, KeyPurpose.OwnedFieldInUpgrade), Key(3, KeyPurpose.OwnedField)]);

        Assert.Null(ring.FindOrDefault(KeyPurpose.Field, 1));
        Assert.Null(ring.FindOrDefault(KeyPurpose.OwnedField, 2));
        Assert.Equal(3, ring.Current(KeyPurpose.OwnedField).Id);
    }

    [Fact]
    public void Reload_TakesWhatIsStoredNowUnderTheSameMasterKey()
    {
        var (old, young) = (Key(1, KeyPurpose.Token, minutesAgo: 10), Key(2, KeyPurpose.Token));
        ring.Load(master, [old]);
        Assert.True(ring.Holds([old]));
        Assert.False(ring.Holds([old, young]));

        ring.Reload([young]);

        Assert.False(ring.Holds([old]));
        Assert.True(ring.Holds([young]));
        Assert.Null(ring.FindOrDefault(KeyPurpose.Token, 1));
    }

    [Fact]
    public void IsCurrent_IsTrueForThePresentVersionUnderThePresentKey()
    {
        var place = FieldPlace.Of<Patient>(Guid.Empty, new RowOwner(Guid.Empty), nameof(Patient.Ssn));
        var protector = new FieldProtector(ring);
        ring.Load(master, [Key(1, KeyPurpose.OwnedField, minutesAgo: 10)]);
        var old = protector.Seal("900-12-3401", place);
        Assert.True(protector.IsCurrent(old));
        Assert.False(protector.IsCurrent(new SealedText([Envelope.First, .. old.ToArray()[1..]])));

        ring.Reload([Key(1, KeyPurpose.OwnedField, minutesAgo: 10), Key(2, KeyPurpose.OwnedField, minutesAgo: 5)]);

        Assert.False(protector.IsCurrent(old));
        Assert.True(protector.IsCurrent(protector.Seal("900-12-3401", place)));
    }

    [Fact]
    public void Optional_Values_AreSealedAndOpenedWhereTheyAreThere()
    {
        var place = FieldPlace.Of<Patient>(Guid.Empty, new RowOwner(Guid.Empty), nameof(Patient.Ssn));
        var protector = new FieldProtector(ring);
        ring.Load(master, [Key(1, KeyPurpose.OwnedField)]);

        Assert.Null(protector.OpenOptional(null, place));
        Assert.Equal("900-12-3401", protector.OpenOptional(protector.SealOptional("900-12-3401", place), place));
    }

    [Fact]
    public void Rotation_FinishedASecondTime_KeepsItsEnd()
    {
        var rotation = new KeyRotation { Id = Guid.CreateVersion7(), StartedAt = clock.GetUtcNow() };
        Assert.Null(rotation.FinishedAt);

        rotation.Finish(clock.GetUtcNow().AddHours(1));
        rotation.Finish(clock.GetUtcNow().AddHours(2));

        Assert.Equal(clock.GetUtcNow().AddHours(1), rotation.FinishedAt);
    }

    private WrappedKey Key(int id, KeyPurpose purpose, int minutesAgo = 0) =>
        new(id, purpose, clock.GetUtcNow().AddMinutes(-minutesAgo), master.Wrap(RandomNumberGenerator.GetBytes(32), id, purpose));
}
