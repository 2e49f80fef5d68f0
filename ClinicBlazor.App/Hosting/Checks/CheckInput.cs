using ClinicBlazor.Domain.Kernel;

namespace ClinicBlazor.App.Hosting.Checks;

/// <summary>What checks look at: the settings as they were given, and as they were understood.</summary>
internal sealed class CheckInput(WebApplication app)
{
    /// <summary>The settings as they were given.</summary>
    public IConfiguration Configuration { get; } = app.Configuration;

    /// <summary>Where the application runs.</summary>
    public IHostEnvironment Environment { get; } = app.Environment;

    /// <summary>The clinic's settings.</summary>
    public ClinicSettings Settings { get; } = app.ReadSettings();

    /// <summary>The networks of the proxies in front; empty for none.</summary>
    public NetworkList Proxies { get; } = NetworkList.Read(app.Configuration, NetworkList.Proxies);

    /// <summary>True when the server itself listens for HTTPS.</summary>
    public bool ServesHttps =>
        Configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"])
            .Append(Configuration[WebHostDefaults.ServerUrlsKey])
            .Any(url => url?.Contains("https://", StringComparison.OrdinalIgnoreCase) == true)
        || !string.IsNullOrWhiteSpace(Configuration[WebHostDefaults.HttpsPortsKey]);
}
