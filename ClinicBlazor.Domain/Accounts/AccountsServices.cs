using ClinicBlazor.Domain.Accounts.Grants;
using ClinicBlazor.Domain.Accounts.Mail;
using ClinicBlazor.Domain.Audit.Anchors;
using ClinicBlazor.Domain.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Domain.Accounts;

/// <summary>Accounts, sessions, second factors and passkeys.</summary>
internal static class AccountsServices
{
    /// <summary>Registers it.</summary>
    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.AddSingleton<MigrationStep, AccountWordsFill>();
        services.AddSingleton<IClinicInUse, AccountsInUse>();
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = Passwords.Iterations);
        services.AddSingleton<Passwords>();
        services.AddSingleton(provider => new AccountManagers(provider));
        services.Configure<IdentityOptions>(options => options.Tokens.PasswordResetTokenProvider = nameof(MailedLinks));
        services.AddSingleton<KnownBrowsers>();
        services.AddSingleton<SessionEvents>();
        services.AddSingleton<IChangeObserver, SessionObserver>();
        services.AddSingleton<SessionActivity>();
        services.AddSingleton<SessionService>();
        services.AddSingleton<OwnSessionService>();
        services.AddSingleton<SessionSweeper>();
        services.AddHostedService(provider => provider.GetRequiredService<SessionSweeper>());
        services.AddSingleton<SignInService>();
        services.AddSingleton<OwnAccountService>();
        services.AddSingleton<PasskeyService>();
        services.AddSingleton<RegistrationService>();
        services.AddSingleton<AccountService>();
        services.AddSingleton<FirstAdministrator>();
        services.AddSingleton<AccountInspection>();
        services.AddOutdated();
        services.AddMail();
        services.AddGrants();
        return services;
    }
}
