using System.Net.Security;
using System.Net.Sockets;
using ClinicBlazor.App.Hosting;
using ClinicBlazor.Domain.Accounts.Mail;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace ClinicBlazor.App.Accounts.Mail;

/// <summary>Hands mails to a mail server (SMTP, RFC 5321), one connection each: a clinic sends few.</summary>
public sealed class SmtpMailer(MailSettings settings, AccountMailComposer composer) : IAccountMailer, IMessageCarrier
{
    // Shorter than the first pause of the queue, which holds the try for this instance.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Whom to trust besides the authorities that this machine knows; for tests.</summary>
    internal RemoteCertificateValidationCallback? Trust { get; init; }

    /// <inheritdoc />
    public async Task SendAsync(AccountMail mail, CancellationToken ct)
    {
        using var message = composer.Compose(mail);
        await CarryAsync(mail.Id, message, ct);
    }

    /// <inheritdoc />
    public async Task CarryAsync(Guid id, MimeMessage message, CancellationToken ct)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct);
        end.CancelAfter(2 * Patience);
        try
        {
            using var client = new SmtpClient { Timeout = (int)Patience.TotalMilliseconds, ServerCertificateValidationCallback = Trust };

            // A list of revoked certificates that cannot be reached must not stop the mails.
            client.CheckCertificateRevocation = false;
            await client.ConnectAsync(settings.Host!, settings.Port, Security, end.Token);
            await SignInAsync(client, end.Token);
            await SubmitAsync(client, message, end.Token);
            await client.DisconnectAsync(quit: true, end.Token);
        }
        catch (Exception fault) when (Reason(fault, ct) is { } reason)
        {
            throw new MailNotSentException(reason, fault);
        }
    }

    private SecureSocketOptions Security => settings.Security switch
    {
        MailSecurity.StartTls => SecureSocketOptions.StartTls,
        MailSecurity.SslOnConnect => SecureSocketOptions.SslOnConnect,
        MailSecurity.None => SecureSocketOptions.None,
    };

    private async Task SignInAsync(SmtpClient client, CancellationToken ct)
    {
        if (settings is { UserName: { } name, PasswordFile: { } file })
        {
            await client.AuthenticateAsync(name, (await File.ReadAllTextAsync(file, ct)).TrimEnd('\r', '\n'), ct);
        }
    }

    private static async Task SubmitAsync(SmtpClient client, MimeMessage message, CancellationToken ct)
    {
        if (MailFormat.NeedsUtf8(message) && !client.Capabilities.HasFlag(SmtpCapabilities.UTF8))
        {
            throw new MailNotSentException("the address is not ASCII, and the mail server does not offer SMTPUTF8 (RFC 6531)");
        }

        await client.SendAsync(MailFormat.For(message), message, ct);
    }

    // A server's own words may quote the address, so they are left out.
    private static string? Reason(Exception fault, CancellationToken ct) => fault switch
    {
        SmtpCommandException refused => $"the mail server refused it with {(int)refused.StatusCode} ({refused.ErrorCode})",
        MailKit.Security.AuthenticationException => "the mail server did not accept the user name and password",
        SslHandshakeException => "the mail server's certificate is not trusted, or does not fit its name",
        NotSupportedException => "the mail server does not offer what Clinic:Mail:Security asks for, or no way to sign in",
        OperationCanceledException => ct.IsCancellationRequested ? null : "the mail server took too long",
        ProtocolException or SocketException or IOException or UnauthorizedAccessException or TimeoutException =>
            $"the mail server cannot be reached ({fault.GetType().Name})",
        _ => null,
    };
}
