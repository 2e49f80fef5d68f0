using System.Globalization;

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

    /// <summary>What is wrong with <paramref name="password"/>; empty when nothing is.</summary>
    public static IReadOnlyList<Message> Check(string password, string displayName, string email)
    {
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
        else if (!(password.Any(char.IsUpper) && password.Any(char.IsLower) && password.Any(char.IsDigit) && password.Any(sign => !char.IsLetterOrDigit(sign))))
        {
            findings.Add("Use an upper-case letter, a lower-case letter, a digit and a special character.");
        }

        if (CommonPasswords.Contains(password))
        {
            findings.Add("This password is on the list of those that are tried first.");
        }

        if (OwnWords(displayName, email).Any(word => password.Contains(word, StringComparison.OrdinalIgnoreCase)))
        {
            findings.Add("Leave your name and your e-mail address out of the password.");
        }

        return findings;
    }

    private static IEnumerable<string> OwnWords(string displayName, string email) =>
        displayName.Split([' ', '-', '.', '\''], StringSplitOptions.RemoveEmptyEntries)
            .Concat(email.Split('@')[0].Split('.', '-', '_', '+'))
            .Append(email)
            .Where(word => word.Length >= 4);
}
