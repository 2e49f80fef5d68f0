using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MimeKit;

namespace ClinicBlazor.Tests.Support;

/// <summary>A mail that was taken.</summary>
/// <param name="From">Sender of the envelope.</param>
/// <param name="To">Recipient of the envelope, with its parameters.</param>
/// <param name="Encrypted">Whether the connection was, when it came.</param>
/// <param name="SignedIn">What was given to sign in, as user name and password; null for nothing.</param>
/// <param name="Message">The message.</param>
public sealed record TakenMail(string From, string To, bool Encrypted, string? SignedIn, MimeMessage Message);

/// <summary>A small mail server on a free port of this machine (RFC 5321, 3207, 4954, 6531), for as much as a client of it does.</summary>
public sealed class SmtpListener : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new();
    private readonly ConcurrentQueue<TakenMail> taken = new();
    private readonly X509Certificate2 certificate = MakeCertificate();
    private readonly Task accepting;

    public SmtpListener()
    {
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Encrypted from the first byte.</summary>
    public bool TlsOnConnect { get; init; }

    /// <summary>Offers to encrypt a plain connection.</summary>
    public bool OffersStartTls { get; init; }

    /// <summary>Takes addresses in UTF-8.</summary>
    public bool OffersUtf8 { get; init; }

    /// <summary>What is answered to a recipient instead of "250", which may be changed at any time.</summary>
    public string? Refusal { get; set; }

    public IReadOnlyCollection<TakenMail> Taken => taken;

    /// <summary>The hash by which the listener's own certificate is known.</summary>
    public string Thumbprint => certificate.Thumbprint;

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        listener.Stop();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        certificate.Dispose();
        end.Dispose();
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), password: null);
    }

    private async Task AcceptAsync()
    {
        while (!end.IsCancellationRequested)
        {
            using var client = await listener.AcceptTcpClientAsync(end.Token);
            try
            {
                await TalkAsync(client.GetStream());
            }
            catch (Exception fault) when (fault is IOException or System.Security.Authentication.AuthenticationException)
            {
                // The client left, for instance because it does not trust the certificate.
            }
        }
    }

    private async Task TalkAsync(Stream stream)
    {
        if (TlsOnConnect)
        {
            stream = await EncryptAsync(stream);
        }

        var (from, to, signedIn) = ("", "", (string?)null);
        await SayAsync(stream, "220 test");
        while (await ReadLineAsync(stream) is { } line)
        {
            var verb = line.Split(' ', ':')[0].ToUpperInvariant();
            switch (verb)
            {
                case "EHLO":
                    await SayAsync(stream, [.. Offers(stream).SkipLast(1).Select(offer => $"250-{offer}"), $"250 {Offers(stream)[^1]}"]);
                    break;
                case "STARTTLS":
                    await SayAsync(stream, "220 go ahead");
                    stream = await EncryptAsync(stream);
                    break;
                case "AUTH":
                    signedIn = Encoding.UTF8.GetString(Convert.FromBase64String(line.Split(' ')[2])).TrimStart('\0').Replace('\0', ' ');
                    await SayAsync(stream, signedIn.EndsWith("wrong", StringComparison.Ordinal) ? "535 no" : "235 welcome");
                    break;
                case "MAIL":
                    from = line;
                    await SayAsync(stream, "250 ok");
                    break;
                case "RCPT":
                    to = line;
                    await SayAsync(stream, Refusal ?? "250 ok");
                    break;
                case "DATA":
                    await SayAsync(stream, "354 go ahead");
                    taken.Enqueue(new TakenMail(from, to, stream is SslStream, signedIn, await ReadMessageAsync(stream)));
                    await SayAsync(stream, "250 taken");
                    break;
                case "QUIT":
                    await SayAsync(stream, "221 bye");
                    return;
                default:
                    await SayAsync(stream, "250 ok");
                    break;
            }
        }
    }

    private string[] Offers(Stream stream) =>
    [
        "localhost", "8BITMIME", "AUTH PLAIN", .. OffersStartTls && stream is not SslStream ? ["STARTTLS"] : Array.Empty<string>(),
            .. OffersUtf8 ? ["SMTPUTF8"] : Array.Empty<string>(),
    ];

    private async Task<Stream> EncryptAsync(Stream plain)
    {
        var encrypted = new SslStream(plain);
        await encrypted.AuthenticateAsServerAsync(certificate);
        return encrypted;
    }

    private static Task SayAsync(Stream stream, params string[] lines) =>
        stream.WriteAsync(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => $"{line}\r\n")))).AsTask();

    private static async Task<string?> ReadLineAsync(Stream stream)
    {
        var bytes = new List<byte>();
        var one = new byte[1];
        while (await stream.ReadAsync(one) == 1)
        {
            if (one[0] == '\n')
            {
                return Encoding.UTF8.GetString([.. bytes]).TrimEnd('\r');
            }

            bytes.Add(one[0]);
        }

        return null;
    }

    private static async Task<MimeMessage> ReadMessageAsync(Stream stream)
    {
        var text = new StringBuilder();
        while (await ReadLineAsync(stream) is { } line and not ".")
        {
            // RFC 5321, section 4.5.2: a full stop at the start of a line was doubled.
            text.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        }

        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(text.ToString()));
        return await MimeMessage.LoadAsync(bytes);
    }
}
