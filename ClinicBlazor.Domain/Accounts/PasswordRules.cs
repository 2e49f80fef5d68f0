using System.Globalization;
using ClinicBlazor.Domain.Input;

namespace ClinicBlazor.Domain.Accounts;

/// <summary>
/// What a password must be: at least 12 characters with upper, lower, digit and special, not common, and not made of
/// the person's own name or address. Anything from 64 characters up to <see cref="MaximumLength"/> and any Unicode is
/// allowed.
/// </summary>
public static class PasswordRules
{
    /// <summary>Fewest characters, counted as a reader counts them.</summary>
    public const int MinimumLength = 12;

    /// <summary>Most UTF-16 units; more would only cost hashing time.</summary>
    public const int MaximumLength = 256;

    // Ann and Bob are names; a name of two letters is one only where it stands by itself.
    private const int ShortestWordWithin = 3;

    /// <summary>What is wrong with <paramref name="password"/>; empty when nothing is.</summary>
    public static IReadOnlyList<Message> Check(string password, string displayName, string email)
    {
        password = Normal.Form(password);
        var findings = new List<Message>();
        if (new StringInfo(password).LengthInTextElements < MinimumLength)
        {
            findings.Add(new Message("Use at least {0} characters.", MinimumLength));
        }

        if (password.Length > MaximumLength)
        {
            findings.Add(new Message("Use at most {0} characters.", MaximumLength));
        }

        if (password.All(char.IsDigit))
        {
            findings.Add("Digits alone are too easy to guess.");
        }
        else if (
            !(password.Any(char.IsUpper) && password.Any(char.IsLower) && password.Any(char.IsDigit)
            && password.Any(sign => !char.IsLetterOrDigit(sign))))
        {
            findings.Add("Use an upper-case letter, a lower-case letter, a digit and a special character.");
        }

        if (CommonPasswords.Contains(password))
        {
            findings.Add("This password is on the list of those that are tried first.");
        }

        if (HoldsOwnWord(Folding.Fold(password), displayName, email))
        {
            findings.Add("Leave your name and your e-mail address out of the password.");
        }

        return findings;
    }

    private static bool HoldsOwnWord(string password, string displayName, string email) =>
        password.Contains(Folding.Fold(email), StringComparison.Ordinal)
        || Folding.Words(displayName).Concat(Folding.Words(email.Split('@')[0])).Any(word => word.Length >= ShortestWordWithin
            ? password.Contains(word, StringComparison.Ordinal)
            : word.Length == 2 && !word.All(char.IsAsciiDigit) && Folding.Words(password).Contains(word, StringComparer.Ordinal));
}
