using System.ComponentModel.DataAnnotations;
using System.Net;

namespace ClinicBlazor.App.Hosting;

/// <summary>How the connection to a mail server is kept secret.</summary>
public enum MailSecurity
{
    /// <summary>Begins plain and must go on encrypted (RFC 3207).</summary>
    StartTls,

    /// <summary>Encrypted from the first byte (RFC 8314).</summary>
    SslOnConnect,

    /// <summary>Not at all; to this machine only.</summary>
    None,
}

/// <summary>
/// Settings of the section <c>Clinic:Mail</c>: the mail server that mails are handed to. Without a host they are
/// written into a folder.
/// </summary>
public sealed class MailSettings
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Clinic:Mail";

    /// <summary>Name or address of the mail server.</summary>
    public string? Host { get; set; }

    /// <summary>Its port; 587 is where mail is submitted (RFC 6409).</summary>
    [Range(1, 65535)]
    public int Port { get; set; } = 587;

    /// <summary>How the connection is kept secret.</summary>
    public MailSecurity Security { get; set; } = MailSecurity.StartTls;

    /// <summary>Name to sign in with; without one nobody signs in.</summary>
    public string? UserName { get; set; }

    /// <summary>A file that holds the password.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>True when the mail server is this machine.</summary>
    public bool IsLoopback => Host is "localhost" || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>The settings as they are given.</summary>
    public static MailSettings Read(IConfiguration configuration) => configuration.GetSection(Section).Get<MailSettings>() ?? new();

    /// <summary>What is wrong with them, in a sentence that begins with the setting's name; null when all is well.</summary>
    public string? Problem()
    {
        if (string.IsNullOrWhiteSpace(Host))
        {
            return UserName is null && PasswordFile is null ? null
                : $"{Section}:{nameof(Host)} is missing, and other settings of {Section} are given.";
        }

        return this switch
        {
            { Port: < 1 or > 65535 } => $"{Section}:{nameof(Port)} must be between 1 and 65535.",
            { Security: MailSecurity.None, IsLoopback: false } =>
                $"{Section}:{nameof(Security)} may be None for a mail server on this machine only: mails hold links that open accounts.",
            { UserName: null, PasswordFile: null } => null,
            { UserName: null } => $"{Section}:{nameof(UserName)} is missing, and {Section}:{nameof(PasswordFile)} is given.",
            { PasswordFile: null } => $"{Section}:{nameof(PasswordFile)} is missing, and {Section}:{nameof(UserName)} is given.",
            _ => File.Exists(PasswordFile) ? null : $"{Section}:{nameof(PasswordFile)} names a file that does not exist.",
        };
    }
}
