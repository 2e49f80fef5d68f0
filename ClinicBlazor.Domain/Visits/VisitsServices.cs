using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Patients;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Domain.Visits;

/// <summary>Visits.</summary>
internal static class VisitsServices
{
    /// <summary>Registers it.</summary>
    public static IServiceCollection AddVisits(this IServiceCollection services)
    {
        services.AddSingleton<IOwnerLookup>(new OwnerLookup<Visit>(trace => trace.VisitId));
        services.AddSingleton<VisitService>();
        services.AddSingleton<OpenVisits, VisitsNow>();
        return services;
    }
}
