using ClinicBlazor.App.Hosting;
using ClinicBlazor.Domain.Accounts.Mail;

namespace ClinicBlazor.App.Accounts.Mail;

/// <summary>Registers what delivers mails.</summary>
public static class MailRegistration
{
    /// <summary>A mail server where the settings name one, else the folder.</summary>
    public static IServiceCollection AddAccountMail(this IServiceCollection services, IConfiguration configuration)
    {
        var settings = MailSettings.Read(configuration);
        services.AddSingleton(settings);
        services.AddSingleton<MessageFrame>();
        services.AddSingleton<AccountMailComposer>();
        return string.IsNullOrWhiteSpace(settings.Host) ? services.AddMailer<PickupFolderMailer>() : services.AddMailer<SmtpMailer>();
    }

    private static IServiceCollection AddMailer<T>(this IServiceCollection services)
        where T : class, IAccountMailer, IMessageCarrier =>
        services.AddSingleton<T>()
            .AddSingleton<IAccountMailer>(provider => provider.GetRequiredService<T>())
            .AddSingleton<IMessageCarrier>(provider => provider.GetRequiredService<T>());
}
