using ClinicBlazor.Domain.Kernel;
using Microsoft.Extensions.Options;
using MimeKit;

namespace ClinicBlazor.App.Accounts.Mail;

/// <summary>What every mail of the clinic has beside its words.</summary>
public sealed class MessageFrame(IOptions<ClinicSettings> settings, IConfiguration configuration)
{
    /// <summary>A message from the clinic, without a body.</summary>
    /// <param name="id">The same however often it is tried, so that a mailbox may know a mail that comes twice.</param>
    /// <param name="to">To whom.</param>
    /// <param name="subject">Its subject.</param>
    public MimeMessage Begin(Guid id, string to, string subject)
    {
        var message = new MimeMessage { Subject = subject, MessageId = $"{id:N}@clinic.invalid" };
        message.From.Add(new MailboxAddress(settings.Value.Name, configuration["Clinic:MailFrom"] ?? "clinic@localhost.localdomain"));
        message.To.Add(new MailboxAddress(null, to));
        return message;
    }

    /// <summary>A text that people read.</summary>
    public static TextPart Body(string text) => new("plain")
    {
        Text = text.ReplaceLineEndings("\r\n"),
        ContentTransferEncoding = ContentEncoding.QuotedPrintable,
    };
}
