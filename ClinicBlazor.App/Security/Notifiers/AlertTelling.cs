using ClinicBlazor.Domain.Kernel;

namespace ClinicBlazor.App.Security.Notifiers;

/// <summary>Who is told of alerts besides the log, as the settings have it.</summary>
/// <param name="Mails">True when somebody gets a mail.</param>
/// <param name="MailTo">The mailbox of the settings; null for that of each administrator.</param>
/// <param name="WebhookHost">The machine that is posted to, without the rest of the address, which may hold a secret; null for none.</param>
public sealed record AlertTelling(bool Mails, string? MailTo, string? WebhookHost)
{
    /// <summary>The settings that decide.</summary>
    public const string Settings = $"{Mail}, {MailToSetting} or {Webhook}";

    /// <summary>The setting of the address that is posted to.</summary>
    public const string Webhook = $"{Section}:{nameof(AlertSettings.Webhook)}";

    private const string Section = $"{ClinicSettings.Section}:{nameof(ClinicSettings.Alerts)}";
    private const string Mail = $"{Section}:{nameof(AlertSettings.Mail)}";
    private const string MailToSetting = $"{Section}:{nameof(AlertSettings.MailTo)}";

    /// <summary>True when nobody is told, and alerts wait in the log and on the page until somebody looks.</summary>
    public bool IsLogOnly => !Mails && WebhookHost is null;

    /// <summary>In a line of the command line.</summary>
    public string Sentence => IsLogOnly ? "the log alone is told of alerts" : string.Join(" and ", Tellers.OfType<string>());

    private string?[] Tellers =>
    [
        Mails ? $"alerts are mailed to {MailTo ?? "each administrator"}" : null,
        WebhookHost is { } host ? $"alerts are posted to {host}" : null,
    ];

    /// <summary>What the settings say.</summary>
    public static AlertTelling Of(AlertSettings settings) => new(
        settings.Mail, string.IsNullOrWhiteSpace(settings.MailTo) ? null : settings.MailTo,
        Uri.TryCreate(settings.Webhook, UriKind.Absolute, out var address) ? address.Host : null);
}
