using System.Globalization;
using ClinicBlazor.App.Audit;
using ClinicBlazor.App.Shared;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Security.Alerts;
using Microsoft.Extensions.Localization;

namespace ClinicBlazor.App.Security;

/// <summary>The English words for what alerts say, which are the keys of <see cref="SecurityText"/>, and sentences made of them.</summary>
internal static class AlertWords
{
    /// <summary>What happened, in a line.</summary>
    public static string Title(AlertKind kind) => kind switch
    {
        AlertKind.FailedSignIns => "Many failed sign-ins",
        AlertKind.Denials => "Many refusals for one person",
        AlertKind.SsnGuesses => "Many guesses of social security numbers",
        AlertKind.AttackInput => "Input that looks like an attack",
        AlertKind.SessionMoved => "A session was used from elsewhere",
        AlertKind.ChartVolume => "Unusually many charts opened",
        AlertKind.PowerChanged => "Somebody's power was changed",
        AlertKind.TrailBroken => "The audit trail does not hold",
        AlertKind.MailStuck => "Mails do not leave",
        AlertKind.DiskNearlyFull => "The disk is nearly full",
        AlertKind.DocumentsNotScanned => "Documents wait for the virus scanner",
    };

    /// <summary>How many are open: they are counted to a hundred.</summary>
    public static string Number(int open) => open < 100 ? $"{open}" : "99+";

    /// <summary>How soon somebody should look.</summary>
    public static string Of(AlertSeverity severity) => severity switch
    {
        AlertSeverity.Urgent => "Urgent",
        AlertSeverity.LookSoon => "Look soon",
    };

    /// <summary>The mark before <see cref="Of"/>.</summary>
    public static string Icon(AlertSeverity severity) => severity == AlertSeverity.Urgent ? "stop" : "warn";

    /// <summary>The colour of <see cref="Of"/>.</summary>
    public static Tone ToneOf(AlertSeverity severity) => severity == AlertSeverity.Urgent ? Tone.Danger : Tone.Warn;

    /// <summary>What happened, how often, who it was, from where and since when.</summary>
    public static string Sentence(AlertRow row, TimeProvider clock, IStringLocalizer<SecurityText> text, IStringLocalizer<AuditText> acts)
    {
        string?[] parts =
        [
            What(row, text, acts),
            row.Address.Length > 0 ? text["from {0}", NetworkAddress.Shown(row.Address)].Value : null,
            row.FirstAt != row.LastAt ? text["since {0}", When(row.FirstAt, clock, text)].Value : null,
        ];
        return string.Join(", ", parts.OfType<string>()) + ".";
    }

    /// <summary>A day and a time on the clinic's clock, within a sentence.</summary>
    public static string When(DateTimeOffset at, TimeProvider clock, IStringLocalizer<SecurityText> text)
    {
        var local = clock.Local(at);
        return DaysAgo(local, clock) switch
        {
            0 => text["today at {0:t}", local],
            1 => text["yesterday at {0:t}", local],
            _ => text["{0:d MMM yyyy} at {0:t}", local],
        };
    }

    /// <summary>The same where it stands alone.</summary>
    public static string WhenAlone(DateTimeOffset at, TimeProvider clock, IStringLocalizer<SecurityText> text)
    {
        var local = clock.Local(at);
        return DaysAgo(local, clock) switch
        {
            0 => text["Today, {0:t}", local],
            1 => text["Yesterday, {0:t}", local],
            _ => text["{0:d MMM yyyy}, {0:t}", local],
        };
    }

    /// <summary>How long ago it was, as one says it.</summary>
    public static string Ago(DateTimeOffset at, DateTimeOffset now, IStringLocalizer<SecurityText> text) => (now - at) switch
    {
        { TotalMinutes: < 1 } => text["just now"],
        { TotalMinutes: < 120 } time => text["{0} min ago", (int)time.TotalMinutes],
        { TotalHours: < 48 } time => text["{0} h ago", (int)time.TotalHours],
        var time => text["{0} days ago", (int)time.TotalDays],
    };

    /// <summary>For the <c>datetime</c> attribute.</summary>
    public static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    private static string What(AlertRow row, IStringLocalizer<SecurityText> text, IStringLocalizer<AuditText> acts)
    {
        var isOfTheProgram = row is { Kind: AlertKind.PowerChanged, AccountId: null };
        var who = row.Who ?? (isOfTheProgram ? text["the application"].Value : text["somebody unknown"].Value);
        return row.Kind switch
        {
            AlertKind.FailedSignIns when row.Who is null => text["{0} failed sign-ins for unknown accounts", row.Count],
            AlertKind.FailedSignIns => text["{0} failed sign-ins for {1}", row.Count, who],
            AlertKind.Denials when row.Count == 1 => text["A refusal for {0}: asked for what this role does not open", who],
            AlertKind.Denials => text["{0} refusals for {1}: asked for what this role does not open", row.Count, who],
            AlertKind.SsnGuesses => text["{0} searches by {1} for social security numbers that no patient has", row.Count, who],
            AlertKind.AttackInput when row.Count == 1 => text["{0} sent what looks like SQL injection or script", who],
            AlertKind.AttackInput => text["{0} sent what looks like SQL injection or script, {1} times", who, row.Count],
            AlertKind.SessionMoved => text["The sign-in of {0} was used from another network or browser, and ended", who],
            AlertKind.ChartVolume => text["{0} opened {1} charts, far more than usual", who, row.Count],
            AlertKind.PowerChanged when row.Subject is { } subject => text["{0}, by {1}, to {2}", ActOf(row, text, acts), who, subject],
            AlertKind.PowerChanged => text["{0}, by {1}", ActOf(row, text, acts), who],
            AlertKind.TrailBroken => text["Entries or archives were changed, cut off or put back. Verify the chain on the audit page, and keep the database as it is"],
            AlertKind.MailStuck => text["Mails wait for longer than they should. The log says why"],
            AlertKind.DiskNearlyFull => text["The disk of the data directory has little room left. Without room nothing can be saved"],
            AlertKind.DocumentsNotScanned => text["Documents wait to be looked through for viruses, and nobody can open them. The log says why"],
        };
    }

    private static string ActOf(AlertRow row, IStringLocalizer<SecurityText> text, IStringLocalizer<AuditText> acts) =>
        row.Act is { } act ? acts[AuditWording.Of(act)] : text["Roles or access"];

    private static int DaysAgo(DateTimeOffset local, TimeProvider clock) =>
        clock.Today().DayNumber - DateOnly.FromDateTime(local.DateTime).DayNumber;
}
