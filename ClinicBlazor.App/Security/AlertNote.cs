using ClinicBlazor.App.Shared;

namespace ClinicBlazor.App.Security;

/// <summary>What somebody is writing about an alert, from when its form opens until it is sent or left.</summary>
public sealed class AlertNote
{
    /// <summary>Names the act, so that it is done once.</summary>
    public FormCommand Command { get; } = new();

    /// <summary>What was typed.</summary>
    public string Text { get; set; } = "";

    /// <summary>What is wrong with it; null when nothing is.</summary>
    public string? Problem { get; set; }

    /// <summary>Why it was not taken; null when nothing stands in its way.</summary>
    public string? Refusal { get; set; }
}
