using ClinicBlazor.Domain.Data;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Domain.Accounts.Mail;

/// <summary>The queue of mails about accounts.</summary>
internal static class MailServices
{
    /// <summary>Registers it; the caller adds an <see cref="IAccountMailer"/>.</summary>
    public static IServiceCollection AddMail(this IServiceCollection services)
    {
        services.AddSingleton<MailEvents>();
        services.AddSingleton<MailQueue>();
        services.AddSingleton<IChangeObserver>(provider => provider.GetRequiredService<MailQueue>());
        services.AddSingleton<MailWriter>();
        services.AddSingleton<MailSender>();
        services.AddHostedService(provider => provider.GetRequiredService<MailSender>());
        return services;
    }
}
