namespace ClinicBlazor.App.Shared;

/// <summary>The paths of one icon, as SVG path data. They are constants of the program, never data.</summary>
/// <param name="Stroke">Lines in the colour of the text.</param>
/// <param name="Fill">Areas in the colour of the text, above the lines.</param>
/// <param name="Knock">Lines in the colour of the ground, above the areas.</param>
/// <param name="Dash">Dash pattern of the lines.</param>
/// <param name="Glyph">True for a status glyph, which stands before its word.</param>
internal sealed record IconShape(
    string? Stroke = null, string? Fill = null, string? Knock = null, string? Dash = null, bool Glyph = false);
