namespace ClinicBlazor.App.Web;

/// <summary>
/// A cookie of the clinic's own. No script reads it, and over HTTPS its name binds it to this host: no neighbour sets it
/// or is sent it.
/// </summary>
/// <param name="Name">Its name without the prefix.</param>
/// <param name="SameSite">Whether it comes along when another site leads here.</param>
/// <param name="Lifetime">How long the browser keeps it; null: until it is closed.</param>
public sealed record ClinicCookie(string Name, SameSiteMode SameSite, TimeSpan? Lifetime = null)
{
    /// <summary>A name as the browser knows it. The prefix asks for a secure connection; plain HTTP exists in Development only.</summary>
    public static string NameOnWire(string name, bool secure) => secure ? $"__Host-{name}" : name;

    /// <summary>What the request's cookie holds; null when there is none.</summary>
    public string? Read(HttpContext context) => context.Request.Cookies[NameFor(context)];

    /// <summary>The random token in the request's cookie; null when there is none, or nothing as long as one.</summary>
    public string? ReadToken(HttpContext context) => Read(context) is { Length: > 20 and < 100 } token ? token : null;

    /// <summary>Sets the cookie.</summary>
    public void Write(HttpContext context, string value) => context.Response.Cookies.Append(NameFor(context), value, OptionsFor(context));

    /// <summary>Takes the cookie away.</summary>
    public void Delete(HttpContext context) => context.Response.Cookies.Delete(NameFor(context), OptionsFor(context));

    private string NameFor(HttpContext context) => NameOnWire(Name, context.Request.IsHttps);

    private CookieOptions OptionsFor(HttpContext context) => new()
    {
        HttpOnly = true,
        Secure = context.Request.IsHttps,
        SameSite = SameSite,
        Path = "/",
        IsEssential = true,
        MaxAge = Lifetime,
    };
}
