using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Security.Alerts;

/// <summary>Settings that would raise no alert, or tell whoever listens, are refused at the start, by name.</summary>
[Trait("Requirement", "S4-10")]
public sealed class AlertSettingsTests
{
    private const string Secret = "0123456789abcdef0123456789abcdef";

    private const string Hook = "https://hooks.example.net/clinic";

    [Fact]
    public void Check_OfWhatIsShipped_FindsNothing() => Assert.Empty(Problems(_ => { }));

    public static TheoryData<string, Action<AlertSettings>> OutOfRange { get; } = new()
    {
        { "FailedSignIns", settings => settings.FailedSignIns = 1 },
        { "FailedSignIns", settings => settings.FailedSignIns = 101 },
        { "FailedSignInMinutes", settings => settings.FailedSignInMinutes = 0 },
        { "FailedSignInMinutes", settings => settings.FailedSignInMinutes = 61 },
        { "Denials", settings => settings.Denials = 0 },
        { "Denials", settings => settings.Denials = 101 },
        { "DenialMinutes", settings => settings.DenialMinutes = 0 },
        { "DenialMinutes", settings => settings.DenialMinutes = 1441 },
        { "SsnGuesses", settings => settings.SsnGuesses = 1 },
        { "SsnGuesses", settings => settings.SsnGuesses = 101 },
        { "SsnGuessMinutes", settings => settings.SsnGuessMinutes = 0 },
        { "SsnGuessMinutes", settings => settings.SsnGuessMinutes = 1441 },
        { "ChartFactor", settings => settings.ChartFactor = 1.4 },
        { "ChartFactor", settings => settings.ChartFactor = 20.1 },
        { "ChartMinimum", settings => settings.ChartMinimum = 0 },
        { "ChartMinimum", settings => settings.ChartMinimum = 1001 },
        { "MailStuckMinutes", settings => settings.MailStuckMinutes = 4 },
        { "MailStuckMinutes", settings => settings.MailStuckMinutes = 1441 },
        { "ScanWaitMinutes", settings => settings.ScanWaitMinutes = 4 },
        { "ScanWaitMinutes", settings => settings.ScanWaitMinutes = 1441 },
        { "DiskFreePercent", settings => settings.DiskFreePercent = 0 },
        { "DiskFreePercent", settings => settings.DiskFreePercent = 51 },
        { "MailTo", settings => settings.MailTo = "nobody" },
        { "MailTo", settings => settings.MailTo = "one@clinic.example, two@clinic.example" },
        { "Webhook", settings => (settings.Webhook, settings.WebhookSecret) = ("http://hooks.example.net/clinic", Secret) },
        { "Webhook", settings => (settings.Webhook, settings.WebhookSecret) = ("ftp://hooks.example.net/clinic", Secret) },
        { "Webhook", settings => (settings.Webhook, settings.WebhookSecret) = ("hooks", Secret) },
        { "Webhook", settings => (settings.Webhook, settings.WebhookSecret) = ("http://localhost:9000/clinic", Secret) },
        { "WebhookSecret", settings => settings.Webhook = Hook },
        { "WebhookSecret", settings => (settings.Webhook, settings.WebhookSecret) = (Hook, Secret[1..]) },
        { "WebhookSecret", settings => (settings.Webhook, settings.WebhookSecretFile) = (Hook, "/nowhere/secret") },
    };

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void Check_OfAValueOutOfItsRange_NamesTheSetting(string name, Action<AlertSettings> change) =>
        Assert.StartsWith($"Clinic:Alerts:{name} ", Assert.Single(Problems(change)), StringComparison.Ordinal);

    public static TheoryData<Action<AlertSettings>> Good { get; } = new()
    {
        settings => settings.MailTo = "",
        settings => settings.MailTo = "security@clinic.example",
        settings => settings.Webhook = "",
        settings => (settings.Webhook, settings.WebhookSecret) = (Hook, Secret),
        settings => (settings.Webhook, settings.WebhookSecret, settings.WebhookInsideHost) = ("http://localhost:9000/clinic", Secret, true),
    };

    [Theory]
    [MemberData(nameof(Good))]
    public void Check_OfWhatAClinicSets_FindsNothing(Action<AlertSettings> change) => Assert.Empty(Problems(change));

    [Fact]
    public async Task Secret_InAFile_IsReadWithoutItsLineEnd()
    {
        using var folder = new TestFolder();
        var file = Path.Combine(folder.Path, "secret");
        await File.WriteAllTextAsync(file, Secret + "\n");
        var settings = new AlertSettings { Webhook = Hook, WebhookSecretFile = file };

        Assert.Equal(Secret, settings.ReadWebhookSecret());
        Assert.Empty(SettingsRules.Check(new ClinicSettings { Alerts = settings }));
    }

    private static IReadOnlyList<string> Problems(Action<AlertSettings> change)
    {
        var settings = new ClinicSettings();
        change(settings.Alerts);
        return SettingsRules.Check(settings);
    }
}
