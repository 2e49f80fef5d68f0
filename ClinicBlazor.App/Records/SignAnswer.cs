namespace ClinicBlazor.App.Records;

/// <summary>What a clinician decided who was asked to sign.</summary>
public enum SignAnswer
{
    /// <summary>Not to sign yet.</summary>
    NotYet,

    /// <summary>To sign, and to stay.</summary>
    Sign,

    /// <summary>To sign, and to go on to the next record that waits.</summary>
    SignAndNext,
}
