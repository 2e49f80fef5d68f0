using Microsoft.AspNetCore.Identity;

namespace ClinicBlazor.Domain.Accounts;

/// <summary>
/// The clinic's rules for passwords, asked by Identity. Its own validator knows letters of the English alphabet only, and
/// neither the list nor the owner's name.
/// </summary>
internal sealed class PasswordValidator : IPasswordValidator<Account>
{
    public Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account user, string? password)
    {
        var findings = PasswordRules.Check(password ?? "", user.DisplayName, user.Email!);
        return Task.FromResult(findings.Count == 0
            ? IdentityResult.Success
            : IdentityResult.Failed([.. findings.Select(finding => new PasswordFinding(finding))]));
    }
}

/// <summary>What is wrong with a password, as a sentence that can be translated.</summary>
internal sealed class PasswordFinding : IdentityError
{
    /// <summary>A finding.</summary>
    public PasswordFinding(Message message) => (Message, Code, Description) = (message, nameof(PasswordFinding), message.Text);

    /// <summary>The sentence.</summary>
    public Message Message { get; }
}
