using ClinicBlazor.App.Shared;
using Microsoft.JSInterop;

namespace ClinicBlazor.App.Records;

/// <summary>Notices that somebody comes back to the browser tab that this stands in.</summary>
public sealed class TabReturnWatch(IJSRuntime js) : BrowserWatch(js, "js/tab-watch.js");
