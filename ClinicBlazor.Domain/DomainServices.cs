using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Demo;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Protection;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Domain.Visits;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ClinicBlazor.Domain;

/// <summary>The one registration of the domain.</summary>
public static class DomainServices
{
    /// <summary>
    /// Registers everything of the domain. The caller adds an <see cref="IAccountMailer"/> and runs
    /// <see cref="DatabaseStartup"/> before anything else is used.
    /// </summary>
    public static IServiceCollection AddClinicDomain(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ClinicSettings>()
            .Bind(configuration.GetSection(ClinicSettings.Section))
            .Configure(settings => settings.ConnectionString = configuration.GetConnectionString("Clinic") ?? settings.ConnectionString);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(_ => new AdministrationNetworks(NetworkList.Read(configuration, NetworkList.Administration)));
        services.AddSingleton<ClinicReadiness>();
        services.AddClinicDatabase();

        services.AddSingleton<KeyRing>();
        services.AddSingleton<FieldProtector>();
        services.AddSingleton<BlindIndex>();
        services.AddSingleton<TokenHasher>();
        services.AddSingleton<DataProtectionKeyStore>();

        services.AddSingleton<AuditMac>();
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<AuditVerifier>();
        services.AddSingleton<AuditService>();
        services.AddSingleton<AuditCheck>();
        services.AddSingleton<AuditSealer>();
        services.AddHostedService(provider => provider.GetRequiredService<AuditSealer>());

        services.AddSingleton<Passwords>();
        services.AddSingleton<RecoveryCodes>();
        services.AddSingleton<AccountTokens>();
        services.AddSingleton<KnownBrowsers>();
        services.AddSingleton<SessionEvents>();
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

        services.AddSingleton<PageGuard>();
        services.AddSingleton<AttackReport>();
        services.AddSingleton<PatientService>();
        services.AddSingleton<CareTeamService>();
        services.AddSingleton<VisitService>();

        services.AddSingleton<Icd10Catalog>();
        services.AddSingleton<RecordSigner>();
        services.AddSingleton<RecordReader>();
        services.AddSingleton<RecordService>();
        services.AddSingleton<DraftService>();

        services.AddTransient<DemoCharts>();
        services.AddTransient<DemoData>();
        services.AddTransient<DatabaseInspection>();
        return services;
    }
}
