using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Visits;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
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
        services.AddSingleton<IChangeObserver, InvoiceObserver>();
        return services;
    }
}

/// <summary>Sees which acts change what a visit is kept back for: every open board and bill shows it at once.</summary>
internal sealed class InvoiceObserver(QueueNews news) : IChangeObserver
{
    /// <inheritdoc/>
    public Action? Observe(ChangeTracker changes) => changes.Entries<LedgerEntry>().Any(entry => entry.State == EntityState.Added)
        ? news.Tell : null;
}
