namespace ClinicBlazor.App.Describe;

/// <summary>Answers to "Since when?".</summary>
public enum Onset
{
    /// <summary>Today.</summary>
    Today,

    /// <summary>Since yesterday.</summary>
    Yesterday,

    /// <summary>Two to seven days.</summary>
    Days,

    /// <summary>One to four weeks.</summary>
    Weeks,

    /// <summary>Longer than a month.</summary>
    Longer,

    /// <summary>A day that the person names.</summary>
    KnownDay,
}
