namespace ClinicBlazor.Tests.EndToEnd;

/// <summary>The bar that says "Reconnecting…".</summary>
internal static class ReconnectBar
{
    /// <summary>A function of the page: whether the bar shows none of its states.</summary>
    public const string Gone = """
        () => document.querySelector(`#components-reconnect-modal:is(
            .components-reconnect-show, .components-reconnect-failed, .components-reconnect-rejected,
            .components-reconnect-paused, .components-reconnect-resume-failed)`) === null
        """;
}
