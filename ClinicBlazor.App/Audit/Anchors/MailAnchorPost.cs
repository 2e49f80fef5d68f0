using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ClinicBlazor.App.Accounts.Mail;
using ClinicBlazor.Domain.Accounts.Mail;
using ClinicBlazor.Domain.Audit.Anchors;
using ClinicBlazor.Domain.Kernel;
using Microsoft.Extensions.Options;
using MimeKit;

namespace ClinicBlazor.App.Audit.Anchors;

/// <summary>Mails anchors to a mailbox that somebody else keeps.</summary>
public sealed class MailAnchorPost(IMessageCarrier carrier, IOptions<ClinicSettings> settings, MessageFrame frame) : IAnchorPost
{
    /// <inheritdoc />
    public async Task SendAsync(AuditAnchor anchor, string line, CancellationToken ct)
    {
        // The same for the same anchor, so that a second try takes the place of the first.
        var id = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(line)).AsSpan(0, 16));
        using var message = frame.Begin(id, settings.Value.Anchors.MailTo!, string.Create(CultureInfo.InvariantCulture,
            $"{settings.Value.Name}: audit trail at entry {anchor.Sequence}, {anchor.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC"));

        // Not encoded: the line must be found in the mail as it is.
        message.Body = new TextPart("plain")
        {
            Text = $"{line}\r\n\r\nKeep this mail. Saved as a file, it is what verify-audit compares the trail with: verify-audit <file>\r\n",
            ContentTransferEncoding = ContentEncoding.SevenBit,
        };
        try
        {
            await carrier.CarryAsync(id, message, ct);
        }
        catch (MailNotSentException fault)
        {
            throw new AnchorNotSentException(fault.Message, fault);
        }
    }
}
