namespace ClinicBlazor.App.Describe;

/// <summary>
/// The screens of a description, in their order. The address names the screen, so that the browser's Back leads to the
/// one before.
/// </summary>
public enum DescribeStep
{
    /// <summary>What is the problem?</summary>
    Symptoms,

    /// <summary>Since when?</summary>
    Onset,

    /// <summary>How strong is it?</summary>
    Severity,

    /// <summary>What makes it better or worse?</summary>
    ModifyingFactors,

    /// <summary>All answers once more, before they are sent.</summary>
    Review,

    /// <summary>They were sent.</summary>
    Sent,
}

/// <summary>Addresses of the screens.</summary>
internal static class DescribeSteps
{
    /// <summary>How many of the screens are questions.</summary>
    public const int Questions = 4;

    /// <summary>The address of a screen. With <paramref name="change"/> it leads back to the review afterwards.</summary>
    public static string Address(this DescribeStep step, bool change = false) =>
        step == DescribeStep.Symptoms && !change ? "/records/new"
        : $"/records/new?step={step}".ToLowerInvariant() + (change ? "&change=true" : "");

    /// <summary>The screen that an address names; the first one when it names none.</summary>
    public static DescribeStep Parse(string? text) =>
        Enum.GetValues<DescribeStep>().FirstOrDefault(step => step.ToString().Equals(text, StringComparison.OrdinalIgnoreCase));
}
