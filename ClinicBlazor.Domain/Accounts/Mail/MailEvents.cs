namespace ClinicBlazor.Domain.Accounts.Mail;

/// <summary>Tells pages of this instance that a mail was sent, or was not.</summary>
public sealed class MailEvents
{
    /// <summary>Raised after each try with the account that the mail was about; subscribers must be quick.</summary>
    public event Action<Guid>? Tried;

    internal void Publish(Guid accountId) => Tried?.Invoke(accountId);
}
