using System.Globalization;
using ClinicBlazor.App.Hosting;
using ClinicBlazor.App.Layout;
using ClinicBlazor.App.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;

namespace ClinicBlazor.App;

/// <summary>
/// The document around every page. Pages run in a circuit, without prerendering: each load would read, and audit,
/// twice. Pages that exclude themselves from that are plain answers without a script.
/// </summary>
public sealed partial class App
{
    private static readonly IComponentRenderMode Circuit = new InteractiveServerRenderMode(prerender: false);

    private Audience _audience;
    private string _nonce = "";

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    private static string Culture => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;

    private bool IsInteractive => Context.AcceptsInteractiveRouting();

    private IComponentRenderMode? Mode => IsInteractive ? Circuit : null;

    private string Density => _audience == Audience.Staff ? "compact" : "comfortable";

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        _audience = SignedInPerson.From(Context.User).Audience;
        _nonce = SecurityHeadersMiddleware.Nonce(Context);
        if (_audience == Audience.Staff)
        {
            SecurityHeadersMiddleware.AllowStyleAttributes(Context);
        }
    }
}
