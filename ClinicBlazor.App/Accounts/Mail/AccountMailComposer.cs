using ClinicBlazor.App.Hosting;
using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Accounts.Grants;
using ClinicBlazor.Domain.Accounts.Mail;
using ClinicBlazor.Domain.Kernel;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using MimeKit;

namespace ClinicBlazor.App.Accounts.Mail;

/// <summary>
/// Writes mails about accounts. Nothing that somebody typed stands in one but the clinic's own name and the name of an
/// owner whose address is confirmed.
/// </summary>
public sealed class AccountMailComposer(IOptions<ClinicSettings> settings, IConfiguration configuration,
    IStringLocalizer<AccountMailText> text, MessageFrame frame)
{
    /// <summary>The mail, in its language.</summary>
    public MimeMessage Compose(AccountMail mail) => ClinicText.In(mail.Language, () => Write(mail));

    private MimeMessage Write(AccountMail mail)
    {
        var clinic = settings.Value.Name;
        var (subject, said, next) = Words(mail, clinic, PublicUrl.Of(configuration));
        var greeting = mail.DisplayName is { } name ? text["Hello {0},", name] : text["Hello,"];
        var message = frame.Begin(mail.Id, mail.Email, subject);
        message.Body = MessageFrame.Body($"{greeting}\n\n{said}{(next is null ? "" : $"\n\n{next}")}\n");
        return message;
    }

    private (string Subject, string Said, string? Next) Words(AccountMail mail, string clinic, string site)
    {
        var link = $"{site}/Identity/Account/ResetPassword?code={mail.Token}";
        var changed = text["Your account at {0} was changed", clinic];
        var notYou = text["If it was not you, or you do not know why, tell an administrator of the clinic at once."];
        return mail.Kind switch
        {
            AccountMailKind.Invitation => (
                text["Your account at {0}", clinic],
                text["choose a password for your account at {0}:\n{1}", clinic, link],
                text["The link works once and for {0} hours. If you did not expect this mail, do nothing.", AccountTokens.InvitationHours]),
            AccountMailKind.AlreadyRegistered => (
                text["Your account at {0}", clinic],
                text["somebody asked for an account at {0} with this address. You have one already.", clinic],
                text["If you forgot the password, ask for a new one at:\n{0}", $"{site}/Identity/Account/ForgotPassword"]),
            AccountMailKind.PasswordReset => (
                text["A new password for {0}", clinic],
                text["choose a new password for your account at {0}:\n{1}", clinic, link],
                text["The link works once and for {0} minutes. If you did not ask for it, do nothing.", AccountTokens.ResetMinutes]),
            AccountMailKind.SessionMoved => (
                text["You were signed out at {0}", clinic],
                text["somebody used your sign-in at {0} from another network or another browser, so we ended it.", clinic],
                text["If that was you, sign in again. If not, change your password at:\n{0}",
                    $"{site}/Identity/Account/Manage/ChangePassword"]),
            AccountMailKind.SessionsEnded => (
                text["You were signed out at {0}", clinic],
                text["you were signed out at {0}: everywhere by an administrator, or in one browser after too many wrong proofs there.",
                    clinic], notYou),
            AccountMailKind.PasswordChanged => (changed, text["the password of your account at {0} was changed.", clinic], notYou),
            AccountMailKind.SecondFactorEnrolled => (
                changed, text["an authenticator was enrolled for your account at {0}: its codes are asked for from now on.", clinic],
                    notYou),
            AccountMailKind.SecondFactorDisabled => (
                changed, text["the second factor of your account at {0} was switched off: the password alone opens it.", clinic], notYou),
            AccountMailKind.SecondFactorReset => (
                changed,
                text["an administrator took the second factor and the passkeys of your account at {0} away. Enrol an authenticator at your next sign-in.", clinic],
                notYou),
            AccountMailKind.RecoveryCodesRenewed => (
                changed, text["new recovery codes were made for your account at {0}: the old ones no longer work.", clinic], notYou),
            AccountMailKind.PasskeyAdded =>
                (changed, text["a passkey was added to your account at {0}: you can sign in with it.", clinic], notYou),
            AccountMailKind.PasskeyRemoved =>
                (changed, text["a passkey was removed from your account at {0}: it no longer opens it.", clinic], notYou),
            AccountMailKind.RolesChanged => (changed, text["your roles at {0} were changed.", clinic], notYou),
            AccountMailKind.RolesWait => (
                text["Somebody at {0} was given power", clinic],
                text["an administrator of {0} has given somebody roles that open patients' charts or the administration, and nobody else is there who could confirm them. They take effect in {1} hours.", clinic, PowerNotices.HoursToObject],
                text["Ask the administrator what it is for. If it is not right, have it withdrawn before."]),
            AccountMailKind.ChartLinkWaits => (
                text["An account at {0} waits to read a chart", clinic],
                text["somebody at {0} has asked that an account may read the chart of one of your patients as their own. It takes effect in {1} hours unless somebody of the care team confirms it before.", clinic, PowerNotices.HoursToObject],
                text["Open the patient's page at {0} to see who asked, to confirm it or to take it back.", site]),
            AccountMailKind.ChartLinkAsked => (
                text["An account at {0} waits to read your chart", clinic],
                text["somebody at {0} has seen an identity document and asked that an account may read your chart as your own. It takes effect within {1} hours.", clinic, PowerNotices.HoursToObject],
                text["If that was not you, call the clinic at once."]),
            AccountMailKind.AccountDeactivated =>
                (changed, text["your account at {0} was switched off: nobody can sign in with it.", clinic], notYou),
            AccountMailKind.AccountReactivated => (changed, text["your account at {0} was switched on again.", clinic], notYou),
            AccountMailKind.Registration =>
                throw new ArgumentException("A registration is an invitation by the time it is sent, or no mail.", nameof(mail)),
        };
    }
}
