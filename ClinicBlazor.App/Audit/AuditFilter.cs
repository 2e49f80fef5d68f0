using System.Globalization;
using ClinicBlazor.Domain;
using ClinicBlazor.Domain.Audit;
using Microsoft.AspNetCore.Components;

namespace ClinicBlazor.App.Audit;

/// <summary>What the address of the audit page asks for: the filters as they were typed, and the place to go on from.</summary>
/// <param name="From">First day, ISO.</param>
/// <param name="To">Last day, ISO.</param>
/// <param name="Who">Part of a name or an address.</param>
/// <param name="Patient">Number of a patient.</param>
/// <param name="Act">Name of an <see cref="AuditAct"/>.</param>
/// <param name="Outcome">Name of an <see cref="AuditOutcome"/>.</param>
/// <param name="After">Place to go on from, as a page gave it.</param>
public sealed record AuditFilter(string? From, string? To, string? Who, string? Patient, string? Act, string? Outcome, string? After)
{
    private const string Path = "/audit";

    /// <summary>Nothing is filtered.</summary>
    public static AuditFilter None { get; } = new(null, null, null, null, null, null, null);

    /// <summary>The act that is asked for; null for any.</summary>
    public AuditAct? WantedAct => Enum.TryParse<AuditAct>(Act, out var act) && Enum.IsDefined(act) ? act : null;

    /// <summary>The outcome that is asked for; null for all.</summary>
    public AuditOutcome? WantedOutcome => Enum.TryParse<AuditOutcome>(Outcome, out var outcome) && Enum.IsDefined(outcome) ? outcome : null;

    /// <summary>What is wrong with the first day; null when nothing is.</summary>
    public string? FromProblem => IsBad(From) ? "This is not a date." : null;

    /// <summary>What is wrong with the last day; null when nothing is.</summary>
    public string? ToProblem =>
        IsBad(To) ? "This is not a date."
        : InputRules.IsoDate(To) < InputRules.IsoDate(From) ? "The last day lies before the first."
        : null;

    /// <summary>What is wrong with the name; null when nothing is. The domain refuses it all the same, and tells of it.</summary>
    public string? WhoProblem => AttackSigns.In(Who) ? "This looks like program code, which does not belong here. Write it in plain words." : null;

    /// <summary>What is wrong with the patient's number; null when nothing is.</summary>
    public string? PatientProblem => Patient is not null && Number is null ? "A patient number has digits only, for instance 10231." : null;

    /// <summary>True when something in it cannot be asked for.</summary>
    public bool HasProblems => (FromProblem ?? ToProblem ?? PatientProblem) is not null;

    /// <summary>The question to the domain. Only for a filter without problems.</summary>
    public AuditQuery Query => new(InputRules.IsoDate(From), InputRules.IsoDate(To), Who ?? "", Number, WantedAct, WantedOutcome, After);

    private int? Number => int.TryParse(Patient, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The address of the page with this filter.</summary>
    public string Address(NavigationManager navigation) => navigation.GetUriWithQueryParameters(Path, new Dictionary<string, object?>
    {
        ["from"] = From,
        ["to"] = To,
        ["who"] = Who,
        ["patient"] = Patient,
        ["act"] = Act,
        ["outcome"] = Outcome,
        ["after"] = After,
    });

    private static bool IsBad(string? date) => date is not null && InputRules.IsoDate(date) is null;
}
