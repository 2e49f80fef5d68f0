using ClinicBlazor.Domain.Accounts.Mail;
using ClinicBlazor.Domain.Kernel;
using Microsoft.Extensions.Options;
using MimeKit;

namespace ClinicBlazor.App.Accounts.Mail;

/// <summary>Writes mails as files into <c>outgoing-mail/</c> of the data directory, for a mail server to pick up.</summary>
public sealed class PickupFolderMailer(IOptions<ClinicSettings> settings, AccountMailComposer composer) : IAccountMailer, IMessageCarrier
{
    /// <inheritdoc />
    public async Task SendAsync(AccountMail mail, CancellationToken ct)
    {
        using var message = composer.Compose(mail);
        await CarryAsync(mail.Id, message, ct);
    }

    /// <inheritdoc />
    public async Task CarryAsync(Guid id, MimeMessage message, CancellationToken ct)
    {
        try
        {
            var folder = Directory.CreateDirectory(Path.Combine(settings.Value.DataDirectory, "outgoing-mail"));

            // Under its name only once it is whole and on the disk. A second try takes the place of the first.
            var unfinished = Path.Combine(folder.FullName, $".{id:N}.part");
            await using (var file = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                await message.WriteToAsync(MailFormat.For(message), file, ct);
                file.Flush(flushToDisk: true);
            }

            File.Move(unfinished, Path.Combine(folder.FullName, $"{id:N}.eml"), overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new MailNotSentException($"the file could not be written ({fault.GetType().Name})", fault);
        }
    }
}

/// <summary>How a message is written down.</summary>
internal static class MailFormat
{
    /// <summary>RFC 5322 where that suffices; RFC 6532 (headers in UTF-8) for an address that ASCII cannot spell.</summary>
    public static FormatOptions For(MimeMessage message)
    {
        var format = FormatOptions.Default.Clone();
        format.International = NeedsUtf8(message);
        format.NewLineFormat = NewLineFormat.Dos;
        return format;
    }

    /// <summary>True when the part before the at sign of an address is not ASCII; what follows it has an ASCII form (RFC 5891).</summary>
    public static bool NeedsUtf8(MimeMessage message) =>
        message.To.Mailboxes.Concat(message.From.Mailboxes).Any(mailbox => !System.Text.Ascii.IsValid(mailbox.LocalPart));
}
