using System.Globalization;
using ClinicBlazor.App.Shared.Grids;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Input;
using ClinicBlazor.Domain.Security;
using Microsoft.AspNetCore.Components;

namespace ClinicBlazor.App.Audit;

/// <summary>What the address of the audit page asks for: the filters as they were typed, and the place to go on from.</summary>
/// <param name="From">First day, ISO; as it was typed where that says no day.</param>
/// <param name="To">Last day, in the same way.</param>
/// <param name="Who">Part of a name or an address.</param>
/// <param name="Patient">Number of a patient.</param>
/// <param name="Act">Name of an <see cref="AuditAct"/>.</param>
/// <param name="Outcome">Name of an <see cref="AuditOutcome"/>.</param>
/// <param name="After">Place to go on from, as a page gave it.</param>
/// <param name="OldestFirst">True for the order in which it happened.</param>
/// <param name="Choice">How the columns are chosen, as <see cref="ColumnChoice"/> writes it.</param>
public sealed record AuditFilter(
    string? From, string? To, string? Who, string? Patient, string? Act, string? Outcome, string? After, bool OldestFirst = false,
        string? Choice = null)
{
    /// <summary>What <c>sort</c> says in the address of the oldest first.</summary>
    public const string OldestSort = "time";

    private const string Path = "/audit";

    /// <summary>Nothing is filtered.</summary>
    public static AuditFilter None { get; } = new(null, null, null, null, null, null, null);

    /// <summary>The columns, and the keys of what stands above them.</summary>
    public static IReadOnlyList<GridColumn> Columns { get; } =
    [
        new("entry", "Entry"), new("time", "Time, UTC", Stays: true), new("who", "Who"), new("role", "Role"),
        new("act", "Act", Stays: true), new("patient", "Patient"), new("subject", "Subject"), new("outcome", "Outcome"),
        new("address", "Address"), new("session", "Session"),
    ];

    /// <summary>The act that is asked for; null for any.</summary>
    public AuditAct? WantedAct => Enum.TryParse<AuditAct>(Act, out var act) && Enum.IsDefined(act) ? act : null;

    /// <summary>The outcome that is asked for; null for all.</summary>
    public AuditOutcome? WantedOutcome => Enum.TryParse<AuditOutcome>(Outcome, out var outcome) && Enum.IsDefined(outcome) ? outcome : null;

    /// <summary>What is wrong with the first day; null when nothing is.</summary>
    public string? FromProblem => ProblemOf(From);

    /// <summary>What is wrong with the last day; null when nothing is.</summary>
    public string? ToProblem =>
        ProblemOf(To) ?? (InputRules.IsoDate(To) < InputRules.IsoDate(From) ? "The last day lies before the first." : null);

    /// <summary>What is wrong with the patient's number; null when nothing is.</summary>
    public string? PatientProblem => Patient is not null && Number is null ? "A patient number has digits only, for instance 10231." : null;

    /// <summary>True when something in it cannot be asked for.</summary>
    public bool HasProblems => (FromProblem ?? ToProblem ?? PatientProblem) is not null;

    /// <summary>The question to the domain. Only for a filter without problems.</summary>
    public AuditQuery Query => new(InputRules.IsoDate(From), InputRules.IsoDate(To), Who ?? "", Number, WantedAct, WantedOutcome, After,
        OldestFirst);

    /// <summary>True when nothing is left out.</summary>
    public bool IsAll => this with { After = null, OldestFirst = false, Choice = null } == None;

    /// <summary>The same order and columns with nothing left out.</summary>
    public AuditFilter All => None with { OldestFirst = OldestFirst, Choice = Choice };

    /// <summary>A day as the address holds it, out of every form that pages show days in; what says no day stays as it is.</summary>
    public static string? Day(string? typed) =>
        WrittenDate.Read(typed, CultureInfo.CurrentUICulture).Day is { } day ? day.ToString("O", CultureInfo.InvariantCulture) : typed;

    /// <summary>A patient's number as the address holds it, out of every form that pages show it in; what is none stays as it is.</summary>
    public static string? PatientNumber(string? typed) =>
        WrittenPatientNumber.Read(typed) is { } number ? number.ToString(CultureInfo.InvariantCulture) : typed;

    private int? Number => WrittenPatientNumber.Read(Patient);

    /// <summary>The address of the page with this filter.</summary>
    public string Address(NavigationManager navigation) => Address(navigation, Path);

    /// <summary>The address of the file with everything that this filter shows.</summary>
    public string ExportAddress(NavigationManager navigation) =>
        (this with { After = null, Choice = null }).Address(navigation, AuditDownload.Path);

    private string Address(NavigationManager navigation, string path) =>
        navigation.GetUriWithQueryParameters(path, new Dictionary<string, object?>
        {
            ["from"] = From,
            ["to"] = To,
            ["who"] = Who,
            ["patient"] = Patient,
            ["act"] = Act,
            ["outcome"] = Outcome,
            ["after"] = After,
            ["sort"] = OldestFirst ? OldestSort : null,
            ["columns"] = Choice,
        });

    /// <summary>The filter that an address holds, from its parameters.</summary>
    public static AuditFilter Read(Func<string, string?> parameter) => new(
        parameter("from"), parameter("to"), parameter("who"), parameter("patient"), parameter("act"), parameter("outcome"), After: null,
        parameter("sort") == OldestSort);

    private static string? ProblemOf(string? date) =>
        date is null || InputRules.IsoDate(date) is not null ? null
        : WrittenDate.Read(date, CultureInfo.CurrentUICulture).CouldBeTwo
            ? "This could be two days. Write the month as a word, for example 2 Jul 1968."
            : "This is not a date.";
}
