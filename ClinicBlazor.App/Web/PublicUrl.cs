namespace ClinicBlazor.App.Web;

/// <summary>The site's address as people reach it from outside, for links in mails and on the command line.</summary>
public static class PublicUrl
{
    /// <summary>The setting <c>Clinic:PublicUrl</c> without a slash at its end; Development's address where it is missing.</summary>
    public static string Of(IConfiguration configuration) => configuration["Clinic:PublicUrl"]?.TrimEnd('/') ?? "http://localhost:5080";
}
