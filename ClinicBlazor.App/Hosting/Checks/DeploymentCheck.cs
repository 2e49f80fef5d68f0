namespace ClinicBlazor.App.Hosting.Checks;

/// <summary>How an item of the checklist stands.</summary>
internal enum CheckState
{
    /// <summary>All is well.</summary>
    Met,

    /// <summary>Something must be changed.</summary>
    NotMet,

    /// <summary>This deployment has no need of it.</summary>
    NotApplicable,
}

/// <summary>What a check found.</summary>
/// <param name="State">How the item stands.</param>
/// <param name="Problem">A sentence that begins with the setting's name; null unless something must be changed.</param>
internal sealed record CheckResult(CheckState State, string? Problem = null)
{
    public static CheckResult Met { get; } = new(CheckState.Met);

    public static CheckResult NotApplicable { get; } = new(CheckState.NotApplicable);

    /// <summary>Met unless there is a problem.</summary>
    public static CheckResult Unless(string? problem) => problem is null ? Met : new CheckResult(CheckState.NotMet, problem);
}

/// <summary>One item of the checklist that settings and files alone decide.</summary>
/// <param name="Item">What is asked for.</param>
/// <param name="Setting">Which setting decides.</param>
/// <param name="Run">Looks.</param>
internal sealed record DeploymentCheck(string Item, string Setting, Func<CheckInput, CheckResult> Run);
