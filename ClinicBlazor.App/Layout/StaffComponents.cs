using ClinicBlazor.App.Shared;
using ClinicBlazor.App.Shared.Dialogs;
using MudBlazor;
using MudBlazor.Services;

namespace ClinicBlazor.App.Layout;

/// <summary>Registers MudBlazor, the staff pages' component library.</summary>
public static class StaffComponents
{
    // How often a circuit looks for lists that were closed and forgets them: twice a second by default.
    private static readonly TimeSpan Housekeeping = TimeSpan.FromSeconds(5);

    /// <summary>Its services live in a circuit and are made when first asked for: a patient's circuit makes none.</summary>
    public static IServiceCollection AddStaffComponents(this IServiceCollection services)
    {
        services.AddMudServices(settings => settings.PopoverOptions.QueueDelay = Housekeeping);
        services.AddTransient<MudLocalizer, StaffLocalizer>();
        services.AddScoped<ClinicDialogs>();
        services.AddScoped<StepUp>();
        return services;
    }
}
