using Microsoft.JSInterop;

namespace ClinicBlazor.App.Shared;

/// <summary>Notices, once for each print, that the page that this stands on is printed.</summary>
public sealed class PrintWatch(IJSRuntime js) : BrowserWatch(js, "js/print-watch.js");
