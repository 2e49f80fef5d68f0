using System.ComponentModel.DataAnnotations;

namespace ClinicBlazor.Domain.Kernel;

/// <summary>What raises an alert, and who is told of it.</summary>
public sealed class AlertSettings
{
    /// <summary>Fewest characters of the secret that a webhook's messages are signed with.</summary>
    public const int ShortestSecret = 32;

    /// <summary>How many failed sign-ins of one account, or from one client, are an alert.</summary>
    [Range(2, 100)]
    public int FailedSignIns { get; set; } = 5;

    /// <summary>Within how many minutes.</summary>
    [Range(1, 60)]
    public int FailedSignInMinutes { get; set; } = 5;

    /// <summary>How many refusals of one person are an alert.</summary>
    [Range(1, 100)]
    public int Denials { get; set; } = 3;

    /// <summary>Within how many minutes.</summary>
    [Range(1, 1440)]
    public int DenialMinutes { get; set; } = 60;

    /// <summary>How many searches of one person for a whole social security number that no patient has are an alert.</summary>
    [Range(2, 100)]
    public int SsnGuesses { get; set; } = 10;

    /// <summary>Within how many minutes.</summary>
    [Range(1, 1440)]
    public int SsnGuessMinutes { get; set; } = 60;

    /// <summary>How many times as many charts in a day as is usual, for the person and for the role, are an alert.</summary>
    [Range(1.5, 20)]
    public double ChartFactor { get; set; } = 3;

    /// <summary>How many charts in a day are never an alert, whatever is usual.</summary>
    [Range(1, 1000)]
    public int ChartMinimum { get; set; } = 20;

    /// <summary>How many minutes a mail that was tried may wait.</summary>
    [Range(5, 1440)]
    public int MailStuckMinutes { get; set; } = 30;

    /// <summary>How many minutes a document may wait to be looked through for viruses.</summary>
    [Range(5, 1440)]
    public int ScanWaitMinutes { get; set; } = 30;

    /// <summary>How many percent of the disk of the data directory must be free.</summary>
    [Range(1, 50)]
    public int DiskFreePercent { get; set; } = 10;

    /// <summary>Whom alerts are mailed to; empty for the administrators whose accounts are in use.</summary>
    public string? MailTo { get; set; }

    /// <summary>Whether alerts are mailed.</summary>
    public bool Mail { get; set; } = true;

    /// <summary>Where alerts are posted to: an https address; plain http to this machine only.</summary>
    public string? Webhook { get; set; }

    /// <summary>Whether <see cref="Webhook"/> may be an address of this machine itself.</summary>
    public bool WebhookInsideHost { get; set; }

    /// <summary>The secret that posted alerts are signed with.</summary>
    public string? WebhookSecret { get; set; }

    /// <summary>A file that holds that secret.</summary>
    public string? WebhookSecretFile { get; set; }

    /// <summary>The secret, from where it is set; null where it is not, or where its file cannot be read.</summary>
    public string? ReadWebhookSecret()
    {
        if (!string.IsNullOrWhiteSpace(WebhookSecret) || string.IsNullOrWhiteSpace(WebhookSecretFile))
        {
            return string.IsNullOrWhiteSpace(WebhookSecret) ? null : WebhookSecret;
        }

        try
        {
            return File.ReadAllText(WebhookSecretFile).Trim();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
