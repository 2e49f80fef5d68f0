using System.Security.Cryptography;
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
}
