using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ClinicBlazor.App.Hosting;

/// <summary>
/// A self-signed certificate for <c>localhost</c>, so that a fresh checkout serves HTTPS in Development without a step by
/// hand. Production brings its own.
/// </summary>
public static class DevelopmentCertificate
{
    private const int DaysValid = 90;

    /// <summary>Uses the certificate for HTTPS addresses that have none configured; makes it when missing or expired.</summary>
    public static void UseDevelopmentCertificate(this WebApplicationBuilder builder)
    {
        if (!builder.Environment.IsDevelopment() || builder.Configuration["Kestrel:Certificates:Default:Path"] is not null)
        {
            return;
        }

        var file = Path.Combine(builder.Configuration["Clinic:DataDirectory"]!, "keys", "localhost.pfx");
        builder.WebHost.ConfigureKestrel(
            kestrel => kestrel.ConfigureHttpsDefaults(https => https.ServerCertificate ??= Load(file) ?? Create(file)));
    }

    private static X509Certificate2? Load(string file)
    {
        if (!File.Exists(file))
        {
            return null;
        }

        var certificate = X509CertificateLoader.LoadPkcs12FromFile(file, password: null);
        return new DateTimeOffset(certificate.NotAfter) > TimeProvider.System.GetUtcNow() ? certificate : null;
    }

    private static X509Certificate2 Create(string file)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(DaysValid));
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, made.Export(X509ContentType.Pkcs12));
        OwnerOnly.Protect(file);
        return Load(file)!;
    }
}

/// <summary>Files and folders that nobody else on the machine may read.</summary>
internal static class OwnerOnly
{
    /// <summary>Takes a file or folder away from everybody but its owner, where the system knows such rights.</summary>
    public static void Protect(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode File = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            System.IO.File.SetUnixFileMode(path, Directory.Exists(path) ? File | UnixFileMode.UserExecute : File);
        }
    }

    /// <summary>True when others may read a file or folder, or change it; false where the system knows no such rights.</summary>
    public static bool IsOpenToOthers(string path)
    {
        const UnixFileMode Open = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute | UnixFileMode.GroupWrite;
        return !OperatingSystem.IsWindows() && Path.Exists(path) && (System.IO.File.GetUnixFileMode(path) & Open) != UnixFileMode.None;
    }
}
