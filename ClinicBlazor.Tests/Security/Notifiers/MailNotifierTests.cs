using ClinicBlazor.App.Accounts.Mail;
using ClinicBlazor.App.Security;
using ClinicBlazor.App.Security.Notifiers;
using ClinicBlazor.Domain.Accounts.Mail;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Security.Alerts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using MimeKit;

namespace ClinicBlazor.Tests.Security.Notifiers;

/// <summary>The mail that tells of an alert: to whom, in which words, and what is not in it.</summary>
[Trait("Requirement", "S4-10")]
public sealed class MailNotifierTests
{
    private readonly Carrier carrier = new();

    public static TheoryData<AlertKind> Kinds => [.. Enum.GetValues<AlertKind>()];

    // Nothing stands in a mail but these words, a time and a number: nobody's name, no address, nothing of a chart.
    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Tell_OfEachKind_MailsEachAdministratorWhatItIsAndNobodysName(AlertKind kind)
    {
        var (words, severity) = WordsOf(kind);
        var notice = NewNotice() with { Kind = kind, Severity = AlertKinds.SeverityOf(kind) };
        await NewNotifier().TellAsync(notice, default);

        Assert.Equal(notice.Administrators, carrier.Sent.Select(mail => mail.To));
        Assert.All(carrier.Sent, mail => Assert.Equal($"Linden Clinic: {words}", mail.Subject));
        Assert.All(carrier.Sent, mail => Assert.Equal("clinic@clinic.example", mail.From));
        Assert.All(carrier.Sent, mail => Assert.Equal(
            $"""
            Alert: {words}
            How soon: {severity}
            Time: 2026-11-02 09:00:07 UTC
            How often: 5

            Who it was about, and what to do, is on the security page of Linden Clinic. An administrator acknowledges it there:
            https://clinic.example/security

            """.ReplaceLineEndings("\n"), mail.Text?.ReplaceLineEndings("\n")));
    }

    [Fact]
    public async Task Tell_WithAMailboxInTheSettings_MailsThatAlone()
    {
        await NewNotifier("security@elsewhere.example").TellAsync(NewNotice(), default);

        Assert.Equal("security@elsewhere.example", Assert.Single(carrier.Sent).To);
    }

    [Fact]
    public async Task Tell_OfOneAlertAgain_TakesThePlaceOfTheFirst()
    {
        var (notifier, notice) = (NewNotifier(), NewNotice());

        await notifier.TellAsync(notice, default);
        await notifier.TellAsync(notice with { Count = 9 }, default);
        await notifier.TellAsync(NewNotice(), default);

        var ids = carrier.Sent.Select(mail => (mail.Id, mail.MessageId)).ToList();
        Assert.Equal(ids[..2], ids[2..4]);
        Assert.Equal(4, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Equal($"{id.Id:N}@clinic.invalid", id.MessageId));
    }

    [Fact]
    public async Task Tell_WhenOneMailboxIsRefused_TellsTheOthersAndThrows()
    {
        var notice = NewNotice();
        carrier.Refuses = notice.Administrators[0];

        var fault = await Assert.ThrowsAsync<AlertNotToldException>(() => NewNotifier().TellAsync(notice, default));

        Assert.Equal(notice.Administrators[1], Assert.Single(carrier.Sent).To);
        Assert.Equal("the mail server refused it", fault.Message);
    }

    private static (string Words, string Severity) WordsOf(AlertKind kind) => kind switch
    {
        AlertKind.FailedSignIns => ("Many failed sign-ins", "Urgent"),
        AlertKind.Denials => ("Many refusals for one person", "Look soon"),
        AlertKind.SsnGuesses => ("Many guesses of social security numbers", "Look soon"),
        AlertKind.AttackInput => ("Input that looks like an attack", "Urgent"),
        AlertKind.SessionMoved => ("A session was used from elsewhere", "Look soon"),
        AlertKind.ChartVolume => ("Unusually many charts opened", "Look soon"),
        AlertKind.PowerChanged => ("Somebody's power was changed", "Look soon"),
        AlertKind.TrailBroken => ("The audit trail does not hold", "Urgent"),
        AlertKind.MailStuck => ("Mails do not leave", "Look soon"),
        AlertKind.DiskNearlyFull => ("The disk is nearly full", "Urgent"),
        AlertKind.DocumentsNotScanned => ("Documents wait for the virus scanner", "Look soon"),
    };

    private static AlertNotice NewNotice() => new(Guid.CreateVersion7(), AlertKind.FailedSignIns, AlertSeverity.Urgent,
        new DateTimeOffset(2026, 11, 2, 9, 0, 7, TimeSpan.Zero), 5, ["ann@clinic.example", "ian@clinic.example"]);

    private MailNotifier NewNotifier(string? mailTo = null)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Clinic:MailFrom"] = "clinic@clinic.example",
            ["Clinic:PublicUrl"] = "https://clinic.example/",
        }).Build();
        var settings = Options.Create(new ClinicSettings { Alerts = new AlertSettings { MailTo = mailTo } });
        var services = new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider();
        return new MailNotifier(carrier, new MessageFrame(settings, configuration), settings, configuration,
            services.GetRequiredService<IStringLocalizer<SecurityText>>());
    }

    private sealed record SentMail(Guid Id, string? MessageId, string From, string To, string? Subject, string? Text);

    private sealed class Carrier : IMessageCarrier
    {
        public List<SentMail> Sent { get; } = [];

        public string? Refuses { get; set; }

        public Task CarryAsync(Guid id, MimeMessage message, CancellationToken ct)
        {
            var to = Assert.Single(message.To.Mailboxes).Address;
            if (to == Refuses)
            {
                throw new MailNotSentException("the mail server refused it");
            }

            Sent.Add(new SentMail(id, message.MessageId, message.From.Mailboxes.Single().Address, to, message.Subject, message.TextBody));
            return Task.CompletedTask;
        }
    }
}
