using System.Security.Cryptography;
using System.Text;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Protection;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Protection;

[Trait("Requirement", "S4-05")]
public sealed class MasterKeyTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task RunAsync_WithAnotherMasterKey_RefusesToStart(DatabaseKind kind)
    {
        await using var host = await DomainHost.StartAsync(kind);
        var before = await new Intruder(host).QueryAsync("SELECT * FROM \"DataKeys\" ORDER BY \"Id\"");

        await Assert.ThrowsAnyAsync<CryptographicException>(
            () => host.Get<DatabaseStartup>().RunAsync(MasterKey.FromBase64(MasterKey.Generate()), CancellationToken.None));

        Assert.Equal(before, await new Intruder(host).QueryAsync("SELECT * FROM \"DataKeys\" ORDER BY \"Id\""));
    }

    [Fact]
    public async Task RunAsync_ASecondTime_KeepsTheKeys()
    {
        await using var host = await DomainHost.StartAsync(DatabaseKind.Sqlite);
        var before = await new Intruder(host).QueryAsync("SELECT * FROM \"DataKeys\" ORDER BY \"Id\"");

        await host.Get<DatabaseStartup>().RunAsync(host.MasterKey, CancellationToken.None);

        Assert.Equal(before, await new Intruder(host).QueryAsync("SELECT * FROM \"DataKeys\" ORDER BY \"Id\""));
        Assert.Equal(TestKeys.Made.Count, before.Count);
    }

    [Theory]
    [Trait("Requirement", "S2-06")]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("not base64 at all, but as long as a key is..")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("AQIDBAUGAQIDBAUGAQIDBAUGAQIDBAUGAQIDBAUGAQI=")]
    [InlineData("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")]
    [InlineData("//79/Pv6+fj39vX08/Lx8O/u7ezr6uno5+bl5OPi4eA=")]
    [InlineData("MDEyMzQ1Njc4OWFiY2RlZg==")]
    [InlineData("MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJjZGVm")]
    public void FromBase64_ShortLongOrRepetitive_IsRefused(string text) => Assert.Throws<FormatException>(() => MasterKey.FromBase64(text));

    public static TheoryData<byte[]> Obvious => new(
        Spread([1, 2, 3, 4, 5, 6, 200]),
        [.. Random16, .. Random16],
        [.. Enumerable.Range(200, 32).Select(value => (byte)value)],
        [.. Enumerable.Range(0, 32).Select(value => (byte)(value * 11))],
        Encoding.ASCII.GetBytes("A quiet sea ~ of 32 characters ~"));

    public static TheoryData<byte[]> Good => new(
        Spread([1, 2, 3, 4, 5, 6, 200, 201]),
        [.. Random16, .. Random16.Reverse()],
        [.. Enumerable.Range(200, 31).Select(value => (byte)value), 7],
        [.. Encoding.ASCII.GetBytes("A quiet sea ~ of 31 characters "), 0x7F],
        [.. Encoding.ASCII.GetBytes("A quiet sea ~ of 31 characters "), 0x1F]);

    private static byte[] Random16 => [0x9b, 0x02, 0xf1, 0x53, 0x7c, 0xe8, 0x21, 0xd4, 0x60, 0xab, 0x17, 0x99, 0x3e, 0xc5, 0x08, 0x72];

    [Theory]
    [MemberData(nameof(Obvious))]
    [Trait("Requirement", "S2-06")]
    public void FromBase64_ThatRepeatsCountsOrSpells_IsRefusedWithTheWayToMakeOne(byte[] key) =>
        Assert.Contains("openssl rand", Assert.Throws<FormatException>(() => MasterKey.FromBase64(Convert.ToBase64String(key))).Message,
            StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Good))]
    public void FromBase64_ThatIsOnlyNearlySo_IsTaken(byte[] key) =>
        Assert.NotNull(MasterKey.FromBase64($" {Convert.ToBase64String(key)}\n"));

    [Theory]
    [Trait("Requirement", "S2-06")]
    [InlineData(31)]
    [InlineData(33)]
    public void FromBase64_OfAByteTooFewOrTooMany_IsRefused(int length) =>
        Assert.Contains("32 bytes", Assert.Throws<FormatException>(
            () => MasterKey.FromBase64(Convert.ToBase64String(RandomNumberGenerator.GetBytes(length)))).Message, StringComparison.Ordinal);

    [Fact]
    public void FromBase64_WithASpaceInside_IsRefused() =>
        Assert.Contains("44 characters", Assert.Throws<FormatException>(
            () => MasterKey.FromBase64(MasterKey.Generate().Insert(20, " "))).Message, StringComparison.Ordinal);

    [Fact]
    public void Unwrap_ForAnotherIdOrPurpose_IsRefused()
    {
        var master = MasterKey.FromBase64(MasterKey.Generate());
        var wrapped = master.Wrap(RandomNumberGenerator.GetBytes(32), 7, KeyPurpose.Field);

        Assert.ThrowsAny<CryptographicException>(() => master.Unwrap(wrapped, 8, KeyPurpose.Field));
        Assert.ThrowsAny<CryptographicException>(() => master.Unwrap(wrapped, 7, KeyPurpose.Audit));
        Assert.Equal(32, master.Unwrap(wrapped, 7, KeyPurpose.Field).Length);
    }

    [Fact]
    public void Generate_Twice_IsNeverTheSameAndAlwaysGood()
    {
        var (one, other) = (MasterKey.Generate(), MasterKey.Generate());

        Assert.NotEqual(one, other);
        Assert.NotNull(MasterKey.FromBase64(one));
    }

    /// <summary>A key of just these bytes, in no order that repeats or counts.</summary>
    private static byte[] Spread(byte[] values) =>
        [.. Enumerable.Range(0, 32).Select(i => values[(i + (i / values.Length * 3)) % values.Length])];
}
