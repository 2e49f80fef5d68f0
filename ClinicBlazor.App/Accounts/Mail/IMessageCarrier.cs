using ClinicBlazor.Domain.Accounts.Mail;
using MimeKit;

namespace ClinicBlazor.App.Accounts.Mail;

/// <summary>Takes a finished message to where mails leave from.</summary>
public interface IMessageCarrier
{
    /// <summary>Hands it over. Throws <see cref="MailNotSentException"/> when it was not taken.</summary>
    /// <param name="id">The same for each try.</param>
    /// <param name="message">What is sent.</param>
    /// <param name="ct">Ends it.</param>
    Task CarryAsync(Guid id, MimeMessage message, CancellationToken ct);
}
