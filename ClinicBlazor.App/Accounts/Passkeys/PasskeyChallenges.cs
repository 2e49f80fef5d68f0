using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Accounts;
using Microsoft.AspNetCore.DataProtection;

namespace ClinicBlazor.App.Accounts.Passkeys;

/// <summary>What a challenge is for; one for the one purpose is of no use for the other.</summary>
public enum PasskeyCeremony
{
    /// <summary>Add a passkey.</summary>
    Register,

    /// <summary>Sign in with one.</summary>
    SignIn,
}

/// <summary>What was handed out to this browser.</summary>
/// <param name="Challenge">The challenge, by which the domain takes it once.</param>
/// <param name="State">What Identity's passkey handler wants back.</param>
public sealed record HandedOut(PasskeyChallenge Challenge, string State);

/// <summary>
/// Binds a challenge to the browser that asked for it: sealed, in a cookie that goes with the first answer. That a copy of
/// the cookie brings no second answer is kept by the domain, which takes each challenge once.
/// </summary>
public sealed class PasskeyChallenges(IDataProtectionProvider protection, TimeProvider time)
{
    /// <summary>How long a challenge may be answered, in minutes; as long as the browser waits for the authenticator.</summary>
    public const int Minutes = 5;

    private static readonly ClinicCookie Cookie = new("clinic-passkey", SameSiteMode.Strict, TimeSpan.FromMinutes(Minutes));

    /// <summary>Gives the browser a challenge to keep; an earlier one is forgotten.</summary>
    public void Write(HttpContext context, PasskeyCeremony ceremony, string state)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow().UtcTicks} {state}");
        Cookie.Write(context, Protector(ceremony).Protect(text));
    }

    /// <summary>
    /// Takes the browser's challenge away from it; null when there is none, or one that is too old or for something
    /// else.
    /// </summary>
    public HandedOut? Take(HttpContext context, PasskeyCeremony ceremony)
    {
        if (Cookie.Read(context) is not { Length: > 0 } sealedText)
        {
            return null;
        }

        Cookie.Delete(context);
        return Open(sealedText, ceremony) is { } handed && handed.Challenge.At > time.GetUtcNow().AddMinutes(-Minutes) ? handed : null;
    }

    private HandedOut? Open(string sealedText, PasskeyCeremony ceremony)
    {
        try
        {
            var text = Protector(ceremony).Unprotect(sealedText);
            var end = text.IndexOf(' ', StringComparison.Ordinal);
            var ticks = long.Parse(text.AsSpan(0, end), NumberStyles.None, CultureInfo.InvariantCulture);
            return new HandedOut(new PasskeyChallenge(SHA256.HashData(Encoding.UTF8.GetBytes(text)),
                new DateTimeOffset(ticks, TimeSpan.Zero)), text[(end + 1)..]);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private IDataProtector Protector(PasskeyCeremony ceremony) => protection.CreateProtector("passkey challenge", ceremony.ToString());
}
