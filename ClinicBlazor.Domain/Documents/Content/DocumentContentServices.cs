using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Domain.Documents.Content;

/// <summary>What looks into files before they are kept.</summary>
internal static class DocumentContentServices
{
    /// <summary>Registers it.</summary>
    public static IServiceCollection AddDocumentContent(this IServiceCollection services)
    {
        services.AddSingleton<ContentInspector>();
        services.AddSingleton<IVirusScanner, ClamdScanner>();
        return services;
    }
}
