using System.Xml.Linq;
using ClinicBlazor.Domain.DataProtection;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace ClinicBlazor.App.Hosting;

/// <summary>Registers the keys that antiforgery tokens and circuits are signed with.</summary>
public static class DataProtectionRegistration
{
    /// <summary>
    /// Keys of 90 days, in the database, shared by all instances. The framework makes the next one two days before the
    /// end of the last, and an instance reads them anew within a day.
    /// </summary>
    public static IServiceCollection AddClinicDataProtection(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("ClinicBlazor").SetDefaultKeyLifetime(TimeSpan.FromDays(90));
        services.AddOptions<KeyManagementOptions>().Configure<DataProtectionKeyStore>((keys, store) =>
        {
            keys.XmlRepository = new SealedXmlRepository(store);

            // The store seals the whole element; a second envelope inside would protect nothing more.
            keys.XmlEncryptor = new NullXmlEncryptor();
        });
        return services;
    }

    /// <summary>
    /// The framework asks without waiting, and may do so on a circuit's own thread, which would wait for itself: hence
    /// a thread of the pool.
    /// </summary>
    private sealed class SealedXmlRepository(DataProtectionKeyStore store) : IXmlRepository
    {
        public IReadOnlyCollection<XElement> GetAllElements() =>
            [.. Task.Run(() => store.ListAsync(CancellationToken.None)).GetAwaiter().GetResult().Select(XElement.Parse)];

        public void StoreElement(XElement element, string friendlyName) =>
            Task.Run(() => store.AddAsync(element.ToString(SaveOptions.DisableFormatting), CancellationToken.None))
                .GetAwaiter().GetResult();
    }
}
