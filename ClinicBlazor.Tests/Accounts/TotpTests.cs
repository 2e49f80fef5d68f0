using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace ClinicBlazor.Tests.Accounts;

/// <summary>Codes as RFC 6238 makes them, and as other people's programs do.</summary>
[Trait("Requirement", "C-03")]
public sealed class TotpTests
{
    private static readonly byte[] RfcSecret = Encoding.ASCII.GetBytes("12345678901234567890");

    private readonly TestClock clock = new();

    /// <summary>RFC 6238, appendix B, SHA-1: the last six of its eight digits are the six-digit code.</summary>
    [Theory]
    [InlineData(59L, "94287082")]
    [InlineData(1111111109L, "07081804")]
    [InlineData(1111111111L, "14050471")]
    [InlineData(1234567890L, "89005924")]
    [InlineData(2000000000L, "69279037")]
    [InlineData(20000000000L, "65353130")]
    public void ComputeTotp_OnTheVectorsOfTheRfc_Agrees(long seconds, string eightDigits) =>
        Assert.Equal(eightDigits[2..], At(DateTimeOffset.FromUnixTimeSeconds(seconds), RfcSecret).ComputeTotp());

    [Fact]
    public async Task ComputeTotp_BesideOathtool_Agrees()
    {
        for (var i = 0; i < 20; i++)
        {
            var secret = RandomNumberGenerator.GetBytes(20);
            var moment = DateTimeOffset.FromUnixTimeSeconds(RandomNumberGenerator.GetInt32(int.MaxValue));

            Assert.Equal(await OathtoolAsync(secret, moment), At(moment, secret).ComputeTotp());
        }
    }

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void VerifyTotp_CodeOfAStepNearby_IsTakenOneStepEitherSide(int steps, bool accepted)
    {
        var now = clock.GetUtcNow();
        var code = At(now.AddSeconds(steps * Totp.StepSeconds), RfcSecret).ComputeTotp();
        At(now, RfcSecret);

        Assert.Equal(accepted, new Totp(RfcSecret, clock).VerifyTotp(code, out var matched, VerificationWindow.RfcSpecifiedNetworkDelay));
        Assert.Equal(accepted ? Totp.StepOf(now) + steps : 0, matched);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("1234567")]
    [InlineData("abcdef")]
    [InlineData("١٢٣٤٥٦")]
    public void VerifyTotp_NoSixDigits_IsRefused(string code) =>
        Assert.False(new Totp(RfcSecret, clock).VerifyTotp(code, out _, VerificationWindow.RfcSpecifiedNetworkDelay));

    /// <summary>RFC 4648, section 10, without the padding.</summary>
    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Base32_OnTheVectorsOfTheRfc_Agrees(string text, string encoded)
    {
        Assert.Equal(encoded, Base32.Encode(Encoding.ASCII.GetBytes(text)));
        Assert.Equal(text, Encoding.ASCII.GetString(Base32.Decode(encoded)));
    }

    [Fact]
    public void Base32_AnyBytes_ComeBack() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes => Base32.Decode(Base32.Encode(bytes)).SequenceEqual(bytes)).QuickCheckThrowOnFailure();

    [Fact]
    public void Base32_AsPeopleTypeIt_IsTheSameKey() =>
        Assert.Equal(Base32.Decode("MZXW6YTBOI"), Base32.Decode("mzxw 6ytb-oi======"));

    [Theory]
    [InlineData("MZXW1")]
    [InlineData("MZXW!")]
    public void Base32_OtherSigns_AreRefused(string text) => Assert.Throws<FormatException>(() => Base32.Decode(text));

    private static async Task<string> OathtoolAsync(byte[] secret, DateTimeOffset moment)
    {
        var start = new ProcessStartInfo(Tools.Find("oathtool", "oathtool"))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            ArgumentList = { "--totp", "--digits=6", $"--now={moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC", Convert.ToHexString(secret) },
        };
        using var process = Process.Start(start)!;
        var code = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return code.Trim();
    }

    private Totp At(DateTimeOffset moment, byte[] secret)
    {
        clock.Advance(moment - clock.GetUtcNow());
        return new Totp(secret, clock);
    }
}
