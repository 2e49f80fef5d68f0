using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Documents.Content;
using ClinicBlazor.Domain.Records;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Domain.Documents;

/// <summary>Documents, and the vault in which their contents lie.</summary>
internal static class DocumentsServices
{
    /// <summary>Registers them.</summary>
    public static IServiceCollection AddDocuments(this IServiceCollection services)
    {
        services.AddSingleton<IOwnerLookup>(new OwnerLookup<Document>(trace => trace.DocumentId));
        services.AddDocumentContent();
        services.AddSingleton<DocumentEvents>();
        services.AddSingleton<IChangeObserver, DocumentObserver>();
        services.AddSingleton<IDescriptionFollower, UnsentDocuments>();
        services.AddSingleton<DocumentVault>();
        services.AddSingleton<DocumentPlaces>();
        services.AddSingleton<DocumentReader>();
        services.AddSingleton<DocumentIntake>();
        services.AddSingleton<DocumentAdder>();
        services.AddSingleton<DocumentService>();
        services.AddSingleton<DocumentScanner>();
        services.AddHostedService(provider => provider.GetRequiredService<DocumentScanner>());
        services.AddSingleton<VaultSweeper>();
        services.AddHostedService(provider => provider.GetRequiredService<VaultSweeper>());
        return services;
    }
}
