using System.Buffers.Text;
using System.Text.Json;
using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace ClinicBlazor.App.Accounts.Passkeys;

/// <summary>
/// Adding a passkey and signing in with one (W3C Web Authentication, section 7). Identity's handler makes the options and
/// verifies the answers; the domain knows the accounts.
/// </summary>
public sealed class PasskeyCeremonies(PasskeyChallenges challenges, SignInService signIn, ILogger<UserManager<PasskeyUser>> log)
{
    // Without attestation an answer has one or two kilobytes.
    private const int LongestAnswer = 16 * 1024;

    // With a verified user the device and its PIN or finger are two factors, and a discoverable credential needs no address
    // typed. The RP id is the host; the handler compares the origin with the request's own.
    private static readonly IOptions<IdentityPasskeyOptions> Rules = Options.Create(new IdentityPasskeyOptions
    {
        UserVerificationRequirement = "required",
        ResidentKeyRequirement = "required",
        AttestationConveyancePreference = "none",
        AuthenticatorTimeout = TimeSpan.FromMinutes(PasskeyChallenges.Minutes),
    });

    /// <summary>What the browser needs to make a passkey, as JSON; the browser gets the challenge to keep.</summary>
    public async Task<string> BeginRegistrationAsync(HttpContext context, Guid accountId, OwnPasskeys own)
    {
        var user = new PasskeyUser($"{accountId}", own.Email, [.. own.Passkeys.Select(passkey => Identity(passkey.Data))]);
        using var manager = Manager(user);
        var options = await Handler(manager)
            .MakeCreationOptionsAsync(new PasskeyUserEntity { Id = user.Id, Name = own.Email, DisplayName = own.DisplayName }, context);
        challenges.Write(context, PasskeyCeremony.Register, options.AttestationState!);
        return options.CreationOptionsJson;
    }

    /// <summary>
    /// The credential that the browser made for this account, and the challenge it answers; null when that does not
    /// hold.
    /// </summary>
    public async Task<(PasskeyChallenge Challenge, PasskeyData Passkey)?> CompleteRegistrationAsync(HttpContext context, Guid accountId,
        string? answer)
    {
        if (challenges.Take(context, PasskeyCeremony.Register) is not { } handed || answer is not { Length: > 0 and <= LongestAnswer })
        {
            return null;
        }

        using var manager = Manager(user: null);
        var result = await Handler(manager).PerformAttestationAsync(
            new PasskeyAttestationContext { HttpContext = context, CredentialJson = answer, AttestationState = handed.State });
        return result.Succeeded && result.UserEntity.Id == $"{accountId}" ? (handed.Challenge, Domain(result.Passkey)) : null;
    }

    /// <summary>What the browser needs to use a passkey, as JSON; the browser gets the challenge to keep.</summary>
    public async Task<string> BeginSignInAsync(HttpContext context)
    {
        using var manager = Manager(user: null);
        var options = await Handler(manager).MakeRequestOptionsAsync(user: null, context);
        challenges.Write(context, PasskeyCeremony.SignIn, options.AssertionState!);
        return options.RequestOptionsJson;
    }

    /// <summary>What the browser's answer leads to.</summary>
    public async Task<SignInAttempt> CompleteSignInAsync(HttpContext context, string? answer)
    {
        if (challenges.Take(context, PasskeyCeremony.SignIn) is not { } handed || answer is not { Length: > 0 and <= LongestAnswer })
        {
            return SignInAttempt.Failed;
        }

        var visitor = Actor.Anonymous(context.ClientInfo());
        var attempt = await signIn.PasskeyAsync(visitor, CredentialId(answer), handed.Challenge,
            (accountId, passkey) => VerifyAsync(context, handed.State, answer, accountId, passkey), context.RequestAborted);
        return attempt.IsSuccess ? attempt.Value : SignInAttempt.Failed;
    }

    private async Task<PasskeyUse?> VerifyAsync(HttpContext context, string state, string answer, Guid accountId, PasskeyData passkey)
    {
        using var manager = Manager(new PasskeyUser($"{accountId}", "", [Identity(passkey)]));
        var result = await Handler(manager)
            .PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = context, CredentialJson = answer, AssertionState = state });
        return result.Succeeded ? new PasskeyUse(result.Passkey.SignCount, result.Passkey.IsBackedUp) : null;
    }

    /// <summary>Which credential an answer says it is of, to look it up; empty when it says nothing that can be read.</summary>
    private static byte[] CredentialId(string answer)
    {
        try
        {
            using var json = JsonDocument.Parse(answer);
            return Base64Url.DecodeFromChars(json.RootElement.GetProperty("id").GetString());
        }
        catch (Exception fault) when (fault is JsonException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            return [];
        }
    }

    private UserManager<PasskeyUser> Manager(PasskeyUser? user) => new(
        new PasskeyUserStore(user), Options.Create(new IdentityOptions()), passwordHasher: null!, userValidators: [],
            passwordValidators: [],
        keyNormalizer: null!, new IdentityErrorDescriber(), services: null!, log);

    private static PasskeyHandler<PasskeyUser> Handler(UserManager<PasskeyUser> manager) => new(manager, Rules);

    private static UserPasskeyInfo Identity(PasskeyData passkey) => new(
        passkey.CredentialId, passkey.PublicKey, createdAt: default, (uint)passkey.SignCount, [.. passkey.Transports],
        passkey.IsUserVerified, passkey.IsBackupEligible, passkey.IsBackedUp, passkey.AttestationObject, passkey.ClientDataJson);

    private static PasskeyData Domain(UserPasskeyInfo passkey) => new(
        passkey.CredentialId, passkey.PublicKey, passkey.SignCount, passkey.Transports ?? [],
        passkey.IsUserVerified, passkey.IsBackupEligible, passkey.IsBackedUp, passkey.AttestationObject, passkey.ClientDataJson);
}
