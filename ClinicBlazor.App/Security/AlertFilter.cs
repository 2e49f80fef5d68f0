using System.Globalization;
using ClinicBlazor.App.Audit;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Input;
using ClinicBlazor.Domain.Security.Alerts;
using Microsoft.AspNetCore.Components;

namespace ClinicBlazor.App.Security;

/// <summary>What the address of the security page asks for: the filters as they were typed, and the place to go on from.</summary>
/// <param name="Acknowledged">True for alerts that somebody has acknowledged, false for those that wait.</param>
/// <param name="Kind">Name of an <see cref="AlertKind"/>.</param>
/// <param name="From">First day, ISO; as it was typed where that says no day.</param>
/// <param name="To">Last day, in the same way.</param>
/// <param name="After">Place to go on from, as a page gave it.</param>
public sealed record AlertFilter(bool Acknowledged, string? Kind, string? From, string? To, string? After)
{
    /// <summary>What <c>state</c> says in the address of alerts that somebody has acknowledged.</summary>
    public const string AcknowledgedState = "acknowledged";

    /// <summary>Everything that waits.</summary>
    public static AlertFilter Open { get; } = new(false, null, null, null, null);

    /// <summary>The kind that is asked for; null for any.</summary>
    public AlertKind? WantedKind => Enum.TryParse<AlertKind>(Kind, out var kind) && Enum.IsDefined(kind) ? kind : null;

    /// <summary>What is wrong with the first day, in words of <see cref="AuditText"/>; null when nothing is.</summary>
    public string? FromProblem => Days.FromProblem;

    /// <summary>What is wrong with the last day, in the same way.</summary>
    public string? ToProblem => Days.ToProblem;

    /// <summary>True when something in it cannot be asked for.</summary>
    public bool HasProblems => Days.HasProblems;

    /// <summary>True when nothing is left out but by the state.</summary>
    public bool IsAll => this with { After = null } == All;

    /// <summary>The same state with nothing left out.</summary>
    public AlertFilter All => Open with { Acknowledged = Acknowledged };

    /// <summary>The question to the domain. Only for a filter without problems.</summary>
    public AlertQuery Query => new(Acknowledged, WantedKind, InputRules.IsoDate(From), InputRules.IsoDate(To), After);

    private AuditFilter Days => AuditFilter.None with { From = From, To = To };

    /// <summary>The address of the page with this filter.</summary>
    public string Address(NavigationManager navigation) => Address(navigation, SecurityPage.Path);

    /// <summary>The address of the file with everything that this filter shows.</summary>
    public string ExportAddress(NavigationManager navigation) => (this with { After = null }).Address(navigation, AlertDownload.Path);

    /// <summary>The filter that an address holds, from its parameters.</summary>
    public static AlertFilter Read(Func<string, string?> parameter) => new(
        parameter("state") == AcknowledgedState, parameter("kind"), AuditFilter.Day(parameter("from")), AuditFilter.Day(parameter("to")),
        parameter("after"));

    /// <summary>The entries of the audit trail that an alert was raised for.</summary>
    public static AuditFilter Trail(AlertRow row)
    {
        (AuditAct? Act, AuditOutcome? Outcome) entries = row.Kind switch
        {
            AlertKind.FailedSignIns => (row.Act, AuditOutcome.Failed),
            AlertKind.Denials => (null, AuditOutcome.Denied),
            AlertKind.SsnGuesses => (AuditAct.PatientSearchedBySsn, AuditOutcome.Failed),
            AlertKind.AttackInput => (row.Act ?? AuditAct.AttackInputSeen, null),
            AlertKind.SessionMoved => (row.Act ?? AuditAct.SessionClientChanged, null),
            AlertKind.ChartVolume => (null, null),
            AlertKind.PowerChanged => (row.Act, null),
            AlertKind.TrailBroken => (row.Act ?? AuditAct.AuditVerified, null),
            AlertKind.MailStuck or AlertKind.DiskNearlyFull or AlertKind.DocumentsNotScanned => (AuditAct.AlertRaised, null),
        };
        return AuditFilter.None with
        {
            From = Day(row.FirstAt),
            To = Day(row.LastAt),
            Who = row.Who,
            Act = entries.Act?.ToString(),
            Outcome = entries.Outcome?.ToString(),
        };
    }

    // Days of the trail are in UTC.
    private static string Day(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime).ToString("O", CultureInfo.InvariantCulture);

    private string Address(NavigationManager navigation, string path) =>
        navigation.GetUriWithQueryParameters(path, new Dictionary<string, object?>
        {
            ["state"] = Acknowledged ? AcknowledgedState : null,
            ["kind"] = Kind,
            ["from"] = From,
            ["to"] = To,
            ["after"] = After,
        });
}
