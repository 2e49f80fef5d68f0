namespace ClinicBlazor.Domain.Accounts.Mail;

/// <summary>What a mail about an account is for.</summary>
public enum AccountMailKind
{
    /// <summary>You were invited: choose a password.</summary>
    Invitation,

    /// <summary>Somebody asked for an account with this address. Becomes another kind when it is sent.</summary>
    Registration,

    /// <summary>You asked for an account, and you have one.</summary>
    AlreadyRegistered,

    /// <summary>Choose a new password.</summary>
    PasswordReset,

    /// <summary>The password was changed.</summary>
    PasswordChanged,

    /// <summary>A second factor was enrolled.</summary>
    SecondFactorEnrolled,

    /// <summary>The second factor was switched off by the owner.</summary>
    SecondFactorDisabled,

    /// <summary>An administrator took the second factor and the passkeys away.</summary>
    SecondFactorReset,

    /// <summary>The recovery codes were made anew.</summary>
    RecoveryCodesRenewed,

    /// <summary>There is a new way into your account: a passkey.</summary>
    PasskeyAdded,

    /// <summary>A passkey no longer opens your account.</summary>
    PasskeyRemoved,

    /// <summary>The roles were changed.</summary>
    RolesChanged,

    /// <summary>Roles that reach charts or the administration were given by one administrator alone.</summary>
    RolesWait,

    /// <summary>An account waits to read the chart of one of your patients.</summary>
    ChartLinkWaits,

    /// <summary>An account waits to read your own chart. Goes to the address on file.</summary>
    ChartLinkAsked,

    /// <summary>The account was switched off.</summary>
    AccountDeactivated,

    /// <summary>The account was switched on again.</summary>
    AccountReactivated,

    /// <summary>Your session was used from another place and was ended.</summary>
    SessionMoved,

    /// <summary>Your sessions were ended for safety.</summary>
    SessionsEnded,
}

/// <summary>A mail to the owner of an address.</summary>
/// <param name="Id">Names this mail, however often it is tried.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Email">To whom.</param>
/// <param name="DisplayName">Name in the greeting; null until the address is confirmed, since a stranger may have typed it.</param>
/// <param name="Token">Secret of the link; null where there is no link.</param>
/// <param name="Language">Of which language the mail is, as a culture's name.</param>
public sealed record AccountMail(Guid Id, AccountMailKind Kind, string Email, string? DisplayName, string? Token, string Language);

/// <summary>Hands mails about accounts to whatever delivers them. The web application writes the links and the words.</summary>
public interface IAccountMailer
{
    /// <summary>Hands over one mail. Throws <see cref="MailNotSentException"/> when it was not taken; it is then tried again.</summary>
    Task SendAsync(AccountMail mail, CancellationToken ct);
}

/// <summary>A mail was not taken.</summary>
/// <param name="reason">Why, without anything personal: it is logged.</param>
/// <param name="cause">What lies beneath.</param>
public sealed class MailNotSentException(string reason, Exception? cause = null) : Exception(reason, cause);
