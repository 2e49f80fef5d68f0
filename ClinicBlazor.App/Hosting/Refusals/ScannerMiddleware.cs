namespace ClinicBlazor.App.Hosting.Refusals;

/// <summary>
/// Refuses clients that name themselves as attack tools (requirement S4-09). Whoever means it calls the tool something
/// else; this keeps out the noise of those who do not.
/// </summary>
public sealed class ScannerMiddleware(RequestDelegate next)
{
    /// <summary>Words by which scanners name themselves in their user agent.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "acunetix", "appscan", "arachni", "burpsuite", "commix", "dirb", "dirbuster", "dirsearch", "fierce", "feroxbuster", "ffuf", "fimap",
        "fuzz faster u fool", "gobuster", "grabber", "havij", "hydra", "jaeles", "jbrofuzz", "jorgee", "masscan", "metasploit", "morfeus",
        "muieblackcat", "nessus", "netsparker", "nikto", "nmap scripting engine", "nuclei", "openvas", "owasp zap", "paros", "qualys",
            "rustbuster",
        "skipfish", "sqlmap", "sqlninja", "vega/", "w3af", "wapiti", "webinspect", "webshag", "wfuzz", "whatweb", "wpscan", "xsser",
            "xsstrike",
        "zaproxy", "zgrab", "zmeu",
    ];

    /// <summary>Answers 403 to a scanner.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        var agent = context.Request.Headers.UserAgent.ToString();
        if (!Names.Any(name => agent.Contains(name, StringComparison.OrdinalIgnoreCase)))
        {
            return next(context);
        }

        context.Refuse(SecurityFinding.Scanner, StatusCodes.Status403Forbidden);
        return Task.CompletedTask;
    }
}
