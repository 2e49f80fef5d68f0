using System.Globalization;
using System.Text.RegularExpressions;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Accounts.Mail;
using ClinicBlazor.Domain.Demo;
using ClinicBlazor.Domain.Protection;

namespace ClinicBlazor.Tests.Support;

/// <summary>People of a running application beyond the demo ones, for tests that change an account.</summary>
internal static partial class AppPeople
{
    // Hashing is meant to be slow; one hash serves all who share the password.
    private static readonly Lazy<string> PasswordHash =
        new(() => TestPasswords.Cheap.HashPassword(new Account(Guid.Empty, "test@clinic.example", "", Roles.None), DemoData.Password));

    private static int counter;

    /// <summary>
    /// An account with the demo password; with the demo authenticator where <paramref name="enrolled"/>. Answers with
    /// its address.
    /// </summary>
    public static async Task<string> AddPersonAsync(this AppHost app, Roles roles, bool enrolled = false)
    {
        var (id, number) = (Guid.CreateVersion7(), Interlocked.Increment(ref counter));
        var account = new Account(id, $"person{number}@test.example", $"Robin Tester{number}", roles);
        account.SetPassword(PasswordHash.Value);
        account.ConfirmEmail();
        if (enrolled)
        {
            account.BeginEnrolment(app.Get<FieldProtector>()
                .Seal(DemoData.AuthenticatorKey, FieldPlace.Of(account, nameof(Account.AuthenticatorKey))), app.Clock.GetUtcNow());
            account.CompleteEnrolment(step: 0);
        }

        await using var db = await app.OpenAsync();
        db.Set<Account>().Add(account);
        await db.SaveChangesAsync();
        return account.Email!;
    }

    /// <summary>The mails to an address, as they lie there for a mail server to take; the oldest first.</summary>
    public static async Task<IReadOnlyList<string>> ReadMailAsync(this AppHost app, string email)
    {
        await app.Get<MailSender>().SendDueAsync(CancellationToken.None);
        var folder = new DirectoryInfo(Path.Combine(app.DataDirectory, "outgoing-mail"));
        var mails = new List<string>();
        foreach (var file in folder.Exists ? folder.GetFiles("*.eml").OrderBy(file => file.LastWriteTimeUtc) : Enumerable.Empty<FileInfo>())
        {
            var text = await File.ReadAllTextAsync(file.FullName);
            if (text.Contains($"To: {email}", StringComparison.OrdinalIgnoreCase))
            {
                mails.Add(QuotedPrintable().Replace(text, Decode));
            }
        }

        return mails;
    }

    /// <summary>The path of the link in the last mail to an address.</summary>
    public static async Task<string> ReadLinkAsync(this AppHost app, string email) =>
        Link().Match((await app.ReadMailAsync(email))[^1]).Value;

    private static string Decode(Match sign) => sign.Groups["code"].Value is { Length: 2 } code
        ? ((char)int.Parse(code, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString()
        : "";

    // RFC 2045, section 6.7
    [GeneratedRegex(@"=(\r?\n|(?<code>[0-9A-F]{2}))", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex QuotedPrintable();

    [GeneratedRegex(@"/Identity/Account/ResetPassword\?code=[\w-]+", RegexOptions.NonBacktracking)]
    private static partial Regex Link();
}
