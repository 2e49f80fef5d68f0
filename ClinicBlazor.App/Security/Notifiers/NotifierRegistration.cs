using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Security.Alerts;

namespace ClinicBlazor.App.Security.Notifiers;

/// <summary>Registers what tells of alerts besides the log.</summary>
public static class NotifierRegistration
{
    /// <summary>Those that the settings name: mail unless it is switched off, a webhook where one is named.</summary>
    public static IServiceCollection AddAlertNotifiers(this IServiceCollection services, IConfiguration configuration)
    {
        var settings = configuration.GetSection($"{ClinicSettings.Section}:{nameof(ClinicSettings.Alerts)}").Get<AlertSettings>() ?? new();
        var telling = AlertTelling.Of(settings);
        if (telling.Mails)
        {
            services.AddSingleton<IAlertNotifier, MailNotifier>();
        }

        if (telling.WebhookHost is not null)
        {
            services.AddSingleton<IAlertNotifier, WebhookNotifier>();
        }

        return services;
    }
}
