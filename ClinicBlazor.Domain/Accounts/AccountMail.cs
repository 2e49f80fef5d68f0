namespace ClinicBlazor.Domain.Accounts;

/// <summary>What a mail about an account is for.</summary>
public enum AccountMailKind
{
    /// <summary>You were invited, or asked for an account: choose a password.</summary>
    Invitation,

    /// <summary>You asked for an account, and you have one.</summary>
    AlreadyRegistered,

    /// <summary>Choose a new password.</summary>
    PasswordReset,

    /// <summary>Your session was used from another place and was ended.</summary>
    SessionMoved,

    /// <summary>There is a new way into your account: a passkey.</summary>
    PasskeyAdded,

    /// <summary>A passkey no longer opens your account.</summary>
    PasskeyRemoved,
}

/// <summary>A mail to the owner of an address.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Email">To whom.</param>
/// <param name="DisplayName">Name in the greeting.</param>
/// <param name="Token">Secret of the link; null where there is no link.</param>
public sealed record AccountMail(AccountMailKind Kind, string Email, string DisplayName, string? Token);

/// <summary>Sends mails about accounts. The web application writes the links and the words.</summary>
public interface IAccountMailer
{
    /// <summary>Sends one mail. A mail that cannot be sent is logged, not thrown: what asked for it is already done.</summary>
    Task SendAsync(AccountMail mail, CancellationToken ct);
}
