using System.ComponentModel.DataAnnotations;

namespace ClinicBlazor.Domain.Kernel;

/// <summary>What is wrong with the settings of alerts beyond what one value says of itself.</summary>
internal static class AlertSettingsRules
{
    /// <summary>Name of their section.</summary>
    public const string Section = $"{ClinicSettings.Section}:{nameof(ClinicSettings.Alerts)}";

    /// <summary>A sentence for each, which begins with the setting's name.</summary>
    public static IEnumerable<string> Check(AlertSettings settings)
    {
        if (!string.IsNullOrWhiteSpace(settings.MailTo) && !new EmailAddressAttribute().IsValid(settings.MailTo))
        {
            yield return $"{Section}:{nameof(AlertSettings.MailTo)} must be one e-mail address, or empty for the administrators.";
        }

        if (string.IsNullOrWhiteSpace(settings.Webhook))
        {
            yield break;
        }

        if (!SettingsRules.IsSafe(settings.Webhook))
        {
            yield return $"{Section}:{nameof(AlertSettings.Webhook)} must be an https address; http is for this machine only.";
        }
        else if (new Uri(settings.Webhook).IsLoopback && !settings.WebhookInsideHost)
        {
            yield return $"{Section}:{nameof(AlertSettings.Webhook)} is this machine, "
                + $"which {Section}:{nameof(AlertSettings.WebhookInsideHost)} does not allow.";
        }

        if (settings.ReadWebhookSecret() is not { Length: >= AlertSettings.ShortestSecret })
        {
            yield return $"{Section}:{nameof(AlertSettings.WebhookSecret)} or {nameof(AlertSettings.WebhookSecretFile)} must give the "
                + $"secret that {nameof(AlertSettings.Webhook)} is signed with, of at least {AlertSettings.ShortestSecret} characters.";
        }
    }
}
