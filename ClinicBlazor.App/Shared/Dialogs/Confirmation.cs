namespace ClinicBlazor.App.Shared.Dialogs;

/// <summary>A question before an act.</summary>
/// <param name="Title">The question, naming what it is about.</param>
/// <param name="Act">The name of the act, never a bare "Yes".</param>
/// <param name="Text">What will happen, a paragraph each.</param>
public sealed record Confirmation(string Title, string Act, params IReadOnlyList<string> Text)
{
    /// <summary>True when the act takes something away: then the way back has the focus first.</summary>
    public bool Danger { get; init; }

    /// <summary>The name of the way back; "Cancel" by default.</summary>
    public string? Back { get; init; }

    /// <summary>The dialog's <c>data-testid</c>.</summary>
    public string? TestId { get; init; }
}
