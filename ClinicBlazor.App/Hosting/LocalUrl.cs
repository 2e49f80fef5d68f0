namespace ClinicBlazor.App.Hosting;

/// <summary>Where a request may be sent on to: this site, nowhere else.</summary>
public static class LocalUrl
{
    /// <summary>The address when it is a path of this site, else the start page.</summary>
    public static string Of(string? url) =>
        url is ['/', ..] && url is not ['/', '/' or '\\', ..] && !url.Any(char.IsControl) ? url : "/";
}
