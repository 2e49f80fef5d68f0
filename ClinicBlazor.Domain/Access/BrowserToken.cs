namespace ClinicBlazor.Domain.Access;

/// <summary>
/// The secret by which a browser is known again, from its cookie. It opens nothing: it only lets the browser's failures
/// be counted apart from those of strangers.
/// </summary>
/// <param name="value">256 random bits in base64url.</param>
public sealed class BrowserToken(string value)
{
    /// <summary>The secret, for the cookie.</summary>
    public string Value { get; } = value;

    /// <summary>Dots, so that it gets into no log.</summary>
    public override string ToString() => "•••";
}
