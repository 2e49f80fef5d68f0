using System.Xml.Linq;
using ClinicBlazor.Domain.Protection;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace ClinicBlazor.App.Hosting;

/// <summary>Seals ASP.NET's data-protection keys with the clinic's key ring; by default they would lie in clear on the disk.</summary>
/// <param name="protector">Seals.</param>
public sealed class KeyRingXmlEncryptor(FieldProtector protector) : IXmlEncryptor
{
    internal static FieldLocation Location { get; } = new("DataProtectionKeys", "Xml", Guid.Empty);

    /// <inheritdoc />
    public EncryptedXmlInfo Encrypt(XElement plaintextElement) =>
        new(
            new XElement("sealed", Convert.ToBase64String(protector.Seal(plaintextElement.ToString(SaveOptions.DisableFormatting), Location).ToBytes())),
            typeof(KeyRingXmlDecryptor));
}

/// <summary>Opens what <see cref="KeyRingXmlEncryptor"/> sealed. The framework makes it by its type name.</summary>
/// <param name="services">The application's services.</param>
public sealed class KeyRingXmlDecryptor(IServiceProvider services) : IXmlDecryptor
{
    /// <inheritdoc />
    public XElement Decrypt(XElement encryptedElement) =>
        XElement.Parse(services.GetRequiredService<FieldProtector>().Open(SealedText.FromBytes(Convert.FromBase64String(encryptedElement.Value)), KeyRingXmlEncryptor.Location));
}
