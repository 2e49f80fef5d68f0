using System.Globalization;
using System.Net.Security;
using System.Text;
using ClinicBlazor.App.Accounts.Mail;
using ClinicBlazor.App.Hosting;
using ClinicBlazor.Domain.Accounts.Mail;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using MimeKit;

namespace ClinicBlazor.Tests.Accounts.Mail;

/// <summary>How mails leave: into a folder, or to a real mail server over real sockets.</summary>
[Trait("Requirement", "B-13")]
public sealed class MailerTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task SendAsync_OverStartTls_SignsInAndHandsTheMailOverEncrypted()
    {
        await using var server = new SmtpListener { OffersStartTls = true };

        await MailerTo(server, MailSecurity.StartTls, signsIn: true).SendAsync(NewMail(), CancellationToken.None);

        var taken = Assert.Single(server.Taken);
        Assert.Equal((true, "clinic a secret", "MAIL FROM:<clinic@clinic.example>", "RCPT TO:<sam@test.example>"),
            (taken.Encrypted, taken.SignedIn, taken.From.Split(' ')[0] + " " + taken.From.Split(' ')[1], taken.To));
        Assert.Contains("/Identity/Account/ResetPassword?code=secret-of-the-link", taken.Message.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_OverTlsFromTheFirstByte_HandsTheMailOver()
    {
        await using var server = new SmtpListener { TlsOnConnect = true };

        await MailerTo(server, MailSecurity.SslOnConnect).SendAsync(NewMail(), CancellationToken.None);

        Assert.True(Assert.Single(server.Taken).Encrypted);
    }

    [Fact]
    public async Task SendAsync_ToAServerThatDoesNotEncrypt_SendsNothing()
    {
        await using var server = new SmtpListener();

        var fault = await Assert.ThrowsAsync<MailNotSentException>(
            () => MailerTo(server, MailSecurity.StartTls).SendAsync(NewMail(), CancellationToken.None));

        Assert.Contains("Security", fault.Message, StringComparison.Ordinal);
        Assert.Empty(server.Taken);
    }

    [Fact]
    public async Task SendAsync_ToAServerThatNobodyVouchesFor_SendsNothing()
    {
        await using var server = new SmtpListener { OffersStartTls = true };

        var fault = await Assert.ThrowsAsync<MailNotSentException>(
            () => MailerTo(server, MailSecurity.StartTls, trusted: false).SendAsync(NewMail(), CancellationToken.None));

        Assert.Contains("certificate", fault.Message, StringComparison.Ordinal);
        Assert.Empty(server.Taken);
    }

    [Fact]
    public async Task SendAsync_WithAWrongPassword_SendsNothingAndSaysWhy()
    {
        await using var server = new SmtpListener { OffersStartTls = true };

        var fault = await Assert.ThrowsAsync<MailNotSentException>(
            () => MailerTo(server, MailSecurity.StartTls, signsIn: true, password: "wrong").SendAsync(NewMail(), CancellationToken.None));

        Assert.Contains("user name and password", fault.Message, StringComparison.Ordinal);
        Assert.Empty(server.Taken);
    }

    [Theory]
    [InlineData("450 4.2.1 sam@test.example is busy")]
    [InlineData("550 5.1.1 <sam@test.example>: no such user")]
    public async Task SendAsync_ToAMailboxThatIsRefused_SaysSoWithoutTheAddress(string refusal)
    {
        await using var server = new SmtpListener { OffersStartTls = true, Refusal = refusal };

        var fault = await Assert.ThrowsAsync<MailNotSentException>(
            () => MailerTo(server, MailSecurity.StartTls).SendAsync(NewMail(), CancellationToken.None));

        Assert.Contains(refusal[..3], fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sam@test.example", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_ToAServerThatIsAway_SaysSo()
    {
        var server = new SmtpListener();
        var mailer = MailerTo(server, MailSecurity.None);
        await server.DisposeAsync();

        await Assert.ThrowsAsync<MailNotSentException>(() => mailer.SendAsync(NewMail(), CancellationToken.None));
    }

    [Theory]
    [InlineData("josé@correo.example", true, "josé@correo.example")]
    [InlineData("josé@correo.example", false, null)]
    [InlineData("sam@münchen.example", false, "sam@xn--mnchen-3ya.example")]
    public async Task SendAsync_ToAnAddressBeyondAscii_DependsOnWhatTheServerTakes(string address, bool offersUtf8, string? envelope)
    {
        await using var server = new SmtpListener { OffersStartTls = true, OffersUtf8 = offersUtf8 };
        var mailer = MailerTo(server, MailSecurity.StartTls);

        if (envelope is null)
        {
            var fault = await Assert.ThrowsAsync<MailNotSentException>(() => mailer.SendAsync(NewMail(address), CancellationToken.None));
            Assert.Contains("SMTPUTF8", fault.Message, StringComparison.Ordinal);
            Assert.Empty(server.Taken);
        }
        else
        {
            await mailer.SendAsync(NewMail(address), CancellationToken.None);
            Assert.Contains($"<{envelope}>", Assert.Single(server.Taken).To, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("sam@test.example")]
    [InlineData("josé@correo.example")]
    public async Task SendAsync_IntoTheFolder_WritesOneWholeFileHoweverOftenItIsTried(string address)
    {
        var mail = NewMail(address);

        await Pickup().SendAsync(mail with { Token = "first" }, CancellationToken.None);
        await Pickup().SendAsync(mail with { Token = "second" }, CancellationToken.None);

        var file = Assert.Single(Directory.GetFileSystemEntries(Path.Combine(folder.Path, "outgoing-mail")));
        Assert.Equal($"{mail.Id:N}.eml", Path.GetFileName(file));
        using var message = await MimeMessage.LoadAsync(file);
        Assert.Equal(address, message.To.Mailboxes.Single().Address);
        Assert.Contains("code=second", message.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_IntoAFolderThatCannotBeMade_SaysSo()
    {
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "outgoing-mail"), "a file");

        await Assert.ThrowsAsync<MailNotSentException>(() => Pickup().SendAsync(NewMail(), CancellationToken.None));
    }

    [Theory]
    [InlineData("en", "Hello,")]
    [InlineData("es", "Hola:")]
    public void Compose_EveryKind_GreetsInItsLanguageAndByNameOnlyWhereOneIsGiven(string language, string greeting)
    {
        var culture = CultureInfo.CurrentUICulture;
        foreach (var kind in Enum.GetValues<AccountMailKind>().Where(kind => kind != AccountMailKind.Registration))
        {
            var mail = NewMail() with { Kind = kind, Language = language };

            Assert.StartsWith(greeting, Composer().Compose(mail).TextBody, StringComparison.Ordinal);
            Assert.Contains("Ann Adams", Composer().Compose(mail with { DisplayName = "Ann Adams" }).TextBody, StringComparison.Ordinal);
            Assert.Contains("Linden Clinic", Composer().Compose(mail).Subject, StringComparison.Ordinal);
        }

        Assert.Same(culture, CultureInfo.CurrentUICulture);
    }

    private static AccountMail NewMail(string address = "sam@test.example") =>
        new(Guid.CreateVersion7(), AccountMailKind.Invitation, address, DisplayName: null, "secret-of-the-link", "en");

    private AccountMailComposer Composer()
    {
        var services = new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Clinic:MailFrom"] = "clinic@clinic.example",
            ["Clinic:PublicUrl"] = "https://clinic.example",
        }).Build();
        return new AccountMailComposer(Settings, configuration, services.GetRequiredService<IStringLocalizer<AccountMailText>>(),
            new MessageFrame(Settings, configuration));
    }

    private IOptions<ClinicSettings> Settings => Options.Create(new ClinicSettings { DataDirectory = folder.Path });

    private PickupFolderMailer Pickup() => new(Settings, Composer());

    private SmtpMailer MailerTo(SmtpListener server, MailSecurity security, bool signsIn = false, string password = "a secret",
        bool trusted = true)
    {
        var file = Path.Combine(folder.Path, "mail.password");
        File.WriteAllText(file, $"{password}\n", Encoding.UTF8);
        var settings = new MailSettings
        {
            Host = "localhost", Port = server.Port, Security = security, UserName = signsIn ? "clinic" : null,
            PasswordFile = signsIn ? file : null
        };
        RemoteCertificateValidationCallback trust = (_, certificate, _, _) => certificate!.GetCertHashString() == server.Thumbprint;
        return new SmtpMailer(settings, Composer()) { Trust = trusted ? trust : null };
    }
}
