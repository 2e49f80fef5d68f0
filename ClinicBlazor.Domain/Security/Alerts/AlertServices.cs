using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Security.Alerts.Rules;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Domain.Security.Alerts;

/// <summary>The alerts of the clinic. Here stand all its rules.</summary>
internal static class AlertServices
{
    /// <summary>For how long a notice that was given up is kept, in days.</summary>
    public const int DaysGivenUp = 30;

    /// <summary>Registers them; the caller may add further <see cref="IAlertNotifier"/>s.</summary>
    public static IServiceCollection AddAlerts(this IServiceCollection services)
    {
        services.AddSingleton<IAlertRule, FailedSignInRule>();
        services.AddSingleton<IAlertRule, DenialRule>();
        services.AddSingleton<IAlertRule, SsnGuessRule>();
        services.AddSingleton<IAlertRule, AttackInputRule>();
        services.AddSingleton<IAlertRule, SessionMovedRule>();
        services.AddSingleton<IAlertRule, ChartVolumeRule>();
        services.AddSingleton<IAlertRule, PowerChangedRule>();
        services.AddSingleton<IAlertRule, TrailBrokenRule>();
        services.AddSingleton<IAlertCondition, MailStuckCondition>();
        services.AddSingleton<IAlertCondition, DiskNearlyFullCondition>();
        services.AddSingleton<IAlertCondition, DocumentsNotScannedCondition>();
        services.AddSingleton<IAlertNotifier, LogNotifier>();
        services.AddSingleton<AlertService>();
        services.AddSingleton<AlertEvents>();
        services.AddSingleton<AlertObserver>();
        services.AddSingleton<IChangeObserver>(provider => provider.GetRequiredService<AlertObserver>());
        services.AddSingleton<AlertWatcher>();
        services.AddHostedService(provider => provider.GetRequiredService<AlertWatcher>());
        services.AddSingleton(provider => new AlertStart(provider.GetRequiredService<AlertWatcher>()));
        services.AddSingleton<AlertTeller>();
        services.AddHostedService(provider => provider.GetRequiredService<AlertTeller>());
        services.AddSingleton<Outdated>(provider =>
        {
            var time = provider.GetRequiredService<TimeProvider>();
            return new Outdated<ChartVolume>("days of charts", now =>
            {
                var before = ClinicDay.DateOf(time, now).AddDays(-ChartVolume.Days);
                return volume => volume.Day < before;
            });
        });
        services.AddSingleton<Outdated>(new Outdated<QueuedNotice>("notices", now =>
        {
            var before = now.AddDays(-DaysGivenUp);
            return notice => notice.GivenUpAt < before;
        }));
        return services;
    }
}
