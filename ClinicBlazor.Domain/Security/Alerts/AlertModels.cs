using ClinicBlazor.Domain.Audit;

namespace ClinicBlazor.Domain.Security.Alerts;

/// <summary>What an alert is about.</summary>
public enum AlertKind
{
    /// <summary>Many sign-ins failed, of one account or from one client.</summary>
    FailedSignIns,

    /// <summary>One person was refused again and again.</summary>
    Denials,

    /// <summary>One person searched again and again for whole social security numbers that no patient has.</summary>
    SsnGuesses,

    /// <summary>Somebody typed or sent what looks like an attack.</summary>
    AttackInput,

    /// <summary>A session was used from another network address or browser, and was ended.</summary>
    SessionMoved,

    /// <summary>Somebody opened far more charts in a day than they do, and than others in their role do.</summary>
    ChartVolume,

    /// <summary>What somebody may do was changed: roles, a care team by the front desk outside a visit, a link, a second factor.</summary>
    PowerChanged,

    /// <summary>The audit trail, its anchors or a sealed value were changed.</summary>
    TrailBroken,

    /// <summary>Mail cannot be sent.</summary>
    MailStuck,

    /// <summary>The disk of the data directory is nearly full.</summary>
    DiskNearlyFull,

    /// <summary>Documents wait for the virus scanner, closed to everybody.</summary>
    DocumentsNotScanned,
}

/// <summary>How soon somebody should look.</summary>
public enum AlertSeverity
{
    /// <summary>Today.</summary>
    LookSoon,

    /// <summary>Now.</summary>
    Urgent,
}

/// <summary>What is known of each kind.</summary>
public static class AlertKinds
{
    /// <summary>How soon somebody should look at an alert of a kind.</summary>
    public static AlertSeverity SeverityOf(AlertKind kind) => kind switch
    {
        AlertKind.FailedSignIns or AlertKind.AttackInput or AlertKind.TrailBroken or AlertKind.DiskNearlyFull => AlertSeverity.Urgent,
        AlertKind.Denials or AlertKind.SsnGuesses or AlertKind.SessionMoved or AlertKind.ChartVolume or AlertKind.PowerChanged
            or AlertKind.MailStuck or AlertKind.DocumentsNotScanned => AlertSeverity.LookSoon,
    };
}

/// <summary>An alert as administrators see it: nothing of a chart, and no patient.</summary>
/// <param name="Id">Id.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Severity">How soon somebody should look.</param>
/// <param name="FirstAt">When it began, UTC.</param>
/// <param name="LastAt">When it last happened, UTC.</param>
/// <param name="Count">How often it happened; of <see cref="AlertKind.ChartVolume"/>, how many patients' charts were opened.</param>
/// <param name="AccountId">Who did it, or whose account was tried; null when that is nobody's in particular.</param>
/// <param name="Who">That account's name.</param>
/// <param name="Address">Client address; empty for none.</param>
/// <param name="Act">What it was at first; null for what is no act.</param>
/// <param name="MayAcknowledge">False for one that is acknowledged, and for what the reader did while somebody else can look.</param>
public sealed record AlertRow(
    Guid Id, AlertKind Kind, AlertSeverity Severity, DateTimeOffset FirstAt, DateTimeOffset LastAt, int Count, Guid? AccountId, string? Who,
    string Address, AuditAct? Act, bool MayAcknowledge)
{
    /// <summary>Name of the account that it was done to, where that is another one.</summary>
    public string? Subject { get; init; }

    /// <summary>What became of it; null while it is open.</summary>
    public AlertAcknowledgement? Acknowledgement { get; init; }
}

/// <summary>What became of an alert.</summary>
/// <param name="At">When somebody said so, UTC.</param>
/// <param name="By">Name of who did.</param>
/// <param name="Note">In their words.</param>
public sealed record AlertAcknowledgement(DateTimeOffset At, string By, string Note);

/// <summary>Which alerts to list.</summary>
/// <param name="Acknowledged">True for those that somebody has looked at, false for the open ones.</param>
/// <param name="Kind">One kind.</param>
/// <param name="From">First day on which they last happened, UTC.</param>
/// <param name="To">Last such day, UTC.</param>
/// <param name="After">Place to go on from, as a page gave it.</param>
public sealed record AlertQuery(
    bool Acknowledged = false, AlertKind? Kind = null, DateOnly? From = null, DateOnly? To = null, string? After = null);
