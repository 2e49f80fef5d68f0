using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ClinicBlazor.Domain.Accounts;

/// <summary>How many steps before and after the present one are accepted.</summary>
/// <param name="Previous">Steps before.</param>
/// <param name="Future">Steps after.</param>
public sealed record VerificationWindow(int Previous, int Future)
{
    /// <summary>One step either side, as RFC 6238 section 5.2 recommends.</summary>
    public static VerificationWindow RfcSpecifiedNetworkDelay { get; } = new(1, 1);
}

/// <summary>
/// Time-based one-time passwords: RFC 6238 over HOTP (RFC 4226) with HMAC-SHA-1, six digits and 30 seconds, which is
/// what every authenticator app takes.
/// </summary>
public sealed class Totp(byte[] secretKey, TimeProvider time)
{
    /// <summary>Seconds a code is valid.</summary>
    public const int StepSeconds = 30;

    private const int Digits = 6;
    private const int Modulus = 1_000_000;

    /// <summary>The code of the present step.</summary>
    public string ComputeTotp() => Compute(StepOf(time.GetUtcNow()));

    /// <summary>
    /// True when <paramref name="code"/> belongs to a step within the window. <paramref name="timeStepMatched"/> is
    /// that step, which the caller remembers so that it accepts neither it nor an older one again.
    /// </summary>
    public bool VerifyTotp(string code, out long timeStepMatched, VerificationWindow window)
    {
        timeStepMatched = 0;
        var given = Encoding.UTF8.GetBytes(code);
        if (given.Length != Digits)
        {
            return false;
        }

        var now = StepOf(time.GetUtcNow());
        var found = false;
        for (var step = now - window.Previous; step <= now + window.Future; step++)
        {
            // All steps are always compared, so that the time taken does not tell which one was near.
            if (CryptographicOperations.FixedTimeEquals(given, Encoding.UTF8.GetBytes(Compute(step))))
            {
                (found, timeStepMatched) = (true, step);
            }
        }

        return found;
    }

    /// <summary>The number of the 30-second step at a moment.</summary>
    public static long StepOf(DateTimeOffset moment) => moment.ToUnixTimeSeconds() / StepSeconds;

    private string Compute(long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // RFC 6238 and the authenticator apps fix HMAC-SHA-1; as a MAC it is not broken.
        HMACSHA1.HashData(secretKey, counter, hash);
#pragma warning restore CA5350
        var offset = hash[^1] & 0x0f;
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[offset..]) & 0x7fffffff;
        return (number % Modulus).ToString("D6", CultureInfo.InvariantCulture);
    }
}
