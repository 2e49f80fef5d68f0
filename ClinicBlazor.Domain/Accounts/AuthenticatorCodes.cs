using OtpNet;

namespace ClinicBlazor.Domain.Accounts;

/// <summary>
/// The codes of authenticator apps (RFC 6238: HMAC-SHA-1, six digits, 30 seconds), made and read by Otp.NET. It follows the
/// application's clock and says which step a code was of, so that no code is taken twice.
/// </summary>
internal static class AuthenticatorCodes
{
    /// <summary>Seconds a code is valid.</summary>
    public const int StepSeconds = 30;

    private const int Digits = 6;

    /// <summary>What an authenticator app scans.</summary>
    public static string UriOf(string key, string email, string issuer) => new OtpUri(OtpType.Totp, key, email, issuer).ToString();

    /// <summary>The code of a moment.</summary>
    public static string At(string key, DateTimeOffset moment) => Of(key).ComputeTotp(moment.UtcDateTime);

    /// <summary>The number of the 30-second step at a moment.</summary>
    public static long StepOf(DateTimeOffset moment) => moment.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>
    /// The step that a code is of: the present one, the one before or the one after, as RFC 6238, section 5.2, recommends;
    /// null for any other text.
    /// </summary>
    public static long? StepOf(string key, string code, DateTimeOffset now) =>
        code.Length == Digits && Of(key).VerifyTotp(now.UtcDateTime, code, out var step, VerificationWindow.RfcSpecifiedNetworkDelay)
            ? step : null;

    private static Totp Of(string key) => new(Base32Encoding.ToBytes(key), StepSeconds, OtpHashMode.Sha1, Digits);
}
