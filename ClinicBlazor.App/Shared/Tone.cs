namespace ClinicBlazor.App.Shared;

/// <summary>What a status or a notice means. Colour follows from it, always beside a glyph and a word.</summary>
public enum Tone
{
    /// <summary>Says something and judges nothing.</summary>
    Neutral,

    /// <summary>Good to know.</summary>
    Info,

    /// <summary>Signed, cleared, verified, done.</summary>
    Ok,

    /// <summary>Close to a limit, preliminary, waiting.</summary>
    Warn,

    /// <summary>Stopped, locked, broken, an allergy.</summary>
    Danger,

    /// <summary>Out of use.</summary>
    Off,
}
