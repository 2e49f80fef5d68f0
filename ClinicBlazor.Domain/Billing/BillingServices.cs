using ClinicBlazor.Domain.Visits;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Domain.Billing;

/// <summary>Prices, ledgers and the payment guard.</summary>
internal static class BillingServices
{
    /// <summary>Registers them.</summary>
    public static IServiceCollection AddBilling(this IServiceCollection services)
    {
        services.AddSingleton<Ledgers>();
        services.AddSingleton<BillingReader>();
        services.AddSingleton<BillingService>();
        services.AddSingleton<ClearanceService>();
        services.AddSingleton<PriceListService>();
        services.AddSingleton<IVisitRule, PaymentGuard>();
        return services;
    }
}
