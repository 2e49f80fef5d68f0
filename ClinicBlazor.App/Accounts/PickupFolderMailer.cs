using System.Net.Mail;
using ClinicBlazor.App.Hosting;
using ClinicBlazor.Domain;
using ClinicBlazor.Domain.Accounts;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace ClinicBlazor.App.Accounts;

/// <summary>Writes mails as files into <c>outgoing-mail/</c> of the data directory, for a mail server to pick up.</summary>
public sealed partial class PickupFolderMailer(IOptions<ClinicSettings> settings, IConfiguration configuration, IStringLocalizer<AccountMailText> text, ILogger<PickupFolderMailer> log) : IAccountMailer
{
    /// <inheritdoc />
    public async Task SendAsync(AccountMail mail, CancellationToken ct)
    {
        try
        {
            var folder = Directory.CreateDirectory(Path.Combine(settings.Value.DataDirectory, "outgoing-mail"));
            using var message = Compose(mail);
            using var client = new SmtpClient { DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory, PickupDirectoryLocation = folder.FullName };
            await client.SendMailAsync(message, ct);
        }
        catch (Exception fault) when (fault is IOException or SmtpException or UnauthorizedAccessException)
        {
            LogNotSent(mail.Kind, fault.GetType().Name);
        }
    }

    private MailMessage Compose(AccountMail mail)
    {
        var clinic = settings.Value.Name;
        var site = PublicUrl.Of(configuration);
        var link = $"{site}/Identity/Account/ResetPassword?code={mail.Token}";
        var (subject, body) = mail.Kind switch
        {
            AccountMailKind.Invitation => (
                text["Your account at {0}", clinic],
                text["Hello {0},\n\nchoose a password for your account at {1}:\n{2}\n\nThe link works once and for {3} hours. If you did not expect this mail, do nothing.", mail.DisplayName, clinic, link, AccountTokens.InvitationHours]),
            AccountMailKind.AlreadyRegistered => (
                text["Your account at {0}", clinic],
                text["Hello {0},\n\nsomebody asked for an account at {1} with this address. You have one already. If you forgot the password, ask for a new one at:\n{2}", mail.DisplayName, clinic, $"{site}/Identity/Account/ForgotPassword"]),
            AccountMailKind.PasswordReset => (
                text["A new password for {0}", clinic],
                text["Hello {0},\n\nchoose a new password for your account at {1}:\n{2}\n\nThe link works once and for {3} minutes. If you did not ask for it, do nothing.", mail.DisplayName, clinic, link, AccountTokens.ResetMinutes]),
            AccountMailKind.SessionMoved => (
                text["You were signed out at {0}", clinic],
                text["Hello {0},\n\nsomebody used your sign-in at {1} from another network or another browser, so we ended it. If that was you, sign in again. If not, change your password at:\n{2}", mail.DisplayName, clinic, $"{site}/Identity/Account/Manage/ChangePassword"]),
            AccountMailKind.PasskeyAdded => (
                text["A passkey was added to your account at {0}", clinic],
                text["Hello {0},\n\na passkey was added to your account at {1}: you can sign in with it. If it was not you, tell an administrator of the clinic at once.", mail.DisplayName, clinic]),
            AccountMailKind.PasskeyRemoved => (
                text["A passkey was removed from your account at {0}", clinic],
                text["Hello {0},\n\na passkey was removed from your account at {1}: it no longer opens it. If it was not you, tell an administrator of the clinic at once.", mail.DisplayName, clinic]),
        };
        var from = configuration["Clinic:MailFrom"] ?? "clinic@localhost.localdomain";

        // RFC 5322, section 2.3: lines of a mail end in CR and LF.
        var lines = body.Value.ReplaceLineEndings("\r\n");
        return new MailMessage(new MailAddress(from, clinic), new MailAddress(mail.Email)) { Subject = subject.Value, Body = lines };
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A mail of kind {Kind} could not be written ({Fault})")]
    private partial void LogNotSent(AccountMailKind kind, string fault);
}

/// <summary>Names the resource files with the words of the mails; English is the key.</summary>
public sealed class AccountMailText
{
}
