namespace ClinicBlazor.App.Shared;

/// <summary>How far what was typed has got.</summary>
public enum SaveState
{
    /// <summary>Nothing typed yet.</summary>
    Idle,

    /// <summary>On its way.</summary>
    Saving,

    /// <summary>Stored.</summary>
    Saved,

    /// <summary>Not stored yet; tried again as soon as that is possible.</summary>
    Waiting,
}
