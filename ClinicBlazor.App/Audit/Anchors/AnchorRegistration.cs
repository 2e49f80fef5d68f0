using ClinicBlazor.Domain.Audit.Anchors;
using ClinicBlazor.Domain.Kernel;

namespace ClinicBlazor.App.Audit.Anchors;

/// <summary>Registers the places that anchors of the audit trail are sent to.</summary>
public static class AnchorRegistration
{
    private const string Section = $"{ClinicSettings.Section}:{nameof(ClinicSettings.Anchors)}";

    /// <summary>Those that the settings name; none, one or both.</summary>
    public static IServiceCollection AddAnchorPosts(this IServiceCollection services, IConfiguration configuration)
    {
        if (!string.IsNullOrWhiteSpace(configuration[$"{Section}:{nameof(AnchorSettings.Webhook)}"]))
        {
            services.AddSingleton<IAnchorPost, WebhookAnchorPost>();
        }

        if (!string.IsNullOrWhiteSpace(configuration[$"{Section}:{nameof(AnchorSettings.MailTo)}"]))
        {
            services.AddSingleton<IAnchorPost, MailAnchorPost>();
        }

        return services;
    }
}
