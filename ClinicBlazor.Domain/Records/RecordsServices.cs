using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Data.Keys;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Domain.Records;

/// <summary>Medical records, their diagnoses and signatures.</summary>
internal static class RecordsServices
{
    /// <summary>Registers it.</summary>
    public static IServiceCollection AddRecords(this IServiceCollection services)
    {
        services.AddSingleton<Icd10Catalog>();
        services.AddSingleton<IOwnerLookup>(new OwnerLookup<MedicalRecord>(trace => trace.RecordId));
        services.AddSingleton<RecordSigner>();
        services.AddSingleton<SignatureChecker>();
        services.AddSingleton<AddendumSigner>();
        services.AddSingleton<AddendumReader>();
        services.AddSingleton<AmendmentService>();
        services.AddSingleton<IOwnerUpgradeStep, SigningKeyUpgrade>();
        services.AddSingleton(provider => new DescriptionFollowers(provider.GetServices<IDescriptionFollower>()));
        services.AddSingleton<RecordReader>();
        services.AddSingleton<RecordService>();
        services.AddSingleton<PrintService>();
        services.AddSingleton<DraftService>();
        return services;
    }
}
