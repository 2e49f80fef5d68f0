using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Data;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Domain.Patients;

/// <summary>Patients and who cares for them.</summary>
internal static class PatientsServices
{
    /// <summary>Registers it.</summary>
    public static IServiceCollection AddPatients(this IServiceCollection services)
    {
        services.AddSingleton<MigrationStep, PatientWordsFill>();
        services.AddSingleton<PatientRows>();
        services.AddSingleton<PatientService>();
        services.AddSingleton<RegistrationDraftService>();
        services.AddSingleton<Outdated>(new Outdated<RegistrationDraft>("registrations begun", now =>
        {
            var before = now.AddDays(-RegistrationDraft.Days);
            return draft => draft.SavedAt < before;
        }));
        services.AddSingleton<CareTeamService>();
        services.AddSingleton<AccountLinkService>();
        services.AddSingleton<AccountBond, AccountLinkBond>();
        services.AddSingleton<AccountLinkSweeper>();
        services.AddHostedService(provider => provider.GetRequiredService<AccountLinkSweeper>());
        return services;
    }
}
