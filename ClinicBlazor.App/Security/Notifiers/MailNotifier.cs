using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ClinicBlazor.App.Accounts.Mail;
using ClinicBlazor.App.Hosting;
using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Accounts.Mail;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Security.Alerts;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using MimeKit;

namespace ClinicBlazor.App.Security.Notifiers;

/// <summary>
/// Mails that there is an alert: to the mailbox of the settings, or to each administrator. Mailboxes are read elsewhere than in the
/// clinic, so that nobody's name and no address of a network stands in it: those are on the page that it leads to.
/// </summary>
public sealed class MailNotifier(IMessageCarrier carrier, MessageFrame frame, IOptions<ClinicSettings> settings,
    IConfiguration configuration, IStringLocalizer<SecurityText> text) : IAlertNotifier
{
    /// <inheritdoc />
    public string Name => "mail";

    /// <inheritdoc />
    public async Task TellAsync(AlertNotice notice, CancellationToken ct)
    {
        MailNotSentException? failed = null;
        IReadOnlyList<string> mailboxes =
            AlertTelling.Of(settings.Value.Alerts).MailTo is { } mailbox ? [mailbox] : notice.Administrators;
        foreach (var address in mailboxes)
        {
            try
            {
                await SendAsync(notice, address, ct);
            }
            catch (MailNotSentException fault)
            {
                // The others are told all the same.
                failed = fault;
            }
        }

        if (failed is not null)
        {
            throw new AlertNotToldException(failed.Message, failed);
        }
    }

    private async Task SendAsync(AlertNotice notice, string address, CancellationToken ct)
    {
        // The same for the same alert and mailbox, so that a second try takes the place of the first.
        var id = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{notice.AlertId:N} {address}")).AsSpan(0, 16));
        using var message = ClinicText.In(ClinicText.Default, () => Write(notice, id, address));
        await carrier.CarryAsync(id, message, ct);
    }

    private MimeMessage Write(AlertNotice notice, Guid id, string address)
    {
        var clinic = settings.Value.Name;
        var message = frame.Begin(id, address, text["{0}: {1}", clinic, text[AlertWords.Title(notice.Kind)]]);
        string[] lines =
        [
            text["Alert: {0}", text[AlertWords.Title(notice.Kind)]],
            text["How soon: {0}", text[AlertWords.Of(notice.Severity)]],
            text["Time: {0} UTC", notice.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)],
            text["How often: {0}", notice.Count],
            "",
            text["Who it was about, and what to do, is on the security page of {0}. An administrator acknowledges it there:", clinic],
            $"{PublicUrl.Of(configuration)}{SecurityPage.Path}",
        ];
        message.Body = MessageFrame.Body(string.Join('\n', lines) + "\n");
        return message;
    }
}
