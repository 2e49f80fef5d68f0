using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Tests.Support;
using OtpNet;

namespace ClinicBlazor.Tests.Accounts;

/// <summary>Codes as RFC 6238 makes them, and as other people's programs do.</summary>
[Trait("Requirement", "C-03")]
public sealed class AuthenticatorCodesTests
{
    // The RFC's "12345678901234567890" in base32.
    private const string RfcKey = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 10, TimeSpan.Zero);

    /// <summary>RFC 6238, appendix B, SHA-1: the last six of its eight digits are the six-digit code.</summary>
    [Theory]
    [InlineData(59L, "94287082")]
    [InlineData(1111111109L, "07081804")]
    [InlineData(1111111111L, "14050471")]
    [InlineData(1234567890L, "89005924")]
    [InlineData(2000000000L, "69279037")]
    [InlineData(20000000000L, "65353130")]
    public void At_OnTheVectorsOfTheRfc_Agrees(long seconds, string eightDigits) =>
        Assert.Equal(eightDigits[2..], AuthenticatorCodes.At(RfcKey, DateTimeOffset.FromUnixTimeSeconds(seconds)));

    [Fact]
    public async Task At_BesideOathtool_Agrees()
    {
        for (var i = 0; i < 20; i++)
        {
            var key = Base32Encoding.ToString(RandomNumberGenerator.GetBytes(20));
            var moment = DateTimeOffset.FromUnixTimeSeconds(RandomNumberGenerator.GetInt32(int.MaxValue));

            Assert.Equal(await OathtoolAsync(key, moment), AuthenticatorCodes.At(key, moment));
        }
    }

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void StepOf_CodeOfAStepNearby_IsTakenOneStepEitherSide(int steps, bool accepted)
    {
        var code = AuthenticatorCodes.At(RfcKey, Now.AddSeconds(steps * AuthenticatorCodes.StepSeconds));

        Assert.Equal(accepted ? AuthenticatorCodes.StepOf(Now) + steps : null, AuthenticatorCodes.StepOf(RfcKey, code, Now));
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("1234567")]
    [InlineData("abcdef")]
    [InlineData("١٢٣٤٥٦")]
    public void StepOf_NoSixDigits_IsRefused(string code) =>
        Assert.Null(AuthenticatorCodes.StepOf(RfcKey, code, Now));

    private static async Task<string> OathtoolAsync(string key, DateTimeOffset moment)
    {
        var start = new ProcessStartInfo(Tools.Find("oathtool", "oathtool"))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            ArgumentList = { "--totp", "--base32", "--digits=6",
                $"--now={moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC", key },
        };
        using var process = Process.Start(start)!;
        var code = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return code.Trim();
    }
}
