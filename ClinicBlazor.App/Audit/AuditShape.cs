using System.Globalization;
using ClinicBlazor.App.Shared;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Security;
using Microsoft.Extensions.Localization;

namespace ClinicBlazor.App.Audit;

/// <summary>How the fields of an entry are written in the narrow columns of a table.</summary>
internal static class AuditShape
{
    /// <summary>A number with the reader's separators.</summary>
    public static string Number(long number) => number.ToString("N0", CultureInfo.CurrentCulture);

    /// <summary>A day as the reader's language writes it in full.</summary>
    public static string Day(DateOnly day) => day.ToString("D", CultureInfo.CurrentCulture);

    /// <summary>Time of day in UTC, the same in every language.</summary>
    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>For the <c>datetime</c> attribute.</summary>
    public static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>Name of who did it, or the key of what stands for one.</summary>
    public static string Who(AuditRow row) => row.Who ?? (row.Address == ClientInfo.Local.Address ? "the application" : "unknown");

    /// <summary>The roles, each in the reader's language.</summary>
    public static string Roles(string roles, IStringLocalizer text) =>
        string.Join(", ", roles.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(role => text[role].Value));

    /// <summary>Which role, identifier or fields it was about; empty for none.</summary>
    public static string Details(AuditRow row, IStringLocalizer text) =>
        string.Join(", ", row.Details.Select(detail => text[AuditWording.Of(detail)].Value));

    /// <summary>Numbers of the patients who stood in the list.</summary>
    public static string Listed(AuditRow row, IStringLocalizer text) =>
        string.Join(", ", row.Listed.Select(number => text["No. {0}", number].Value));

    /// <summary>What it was done to, other than the patient.</summary>
    public static string Subject(AuditRow row, IStringLocalizer text)
    {
        string?[] parts =
        [
            row.RecordId is { } record ? text["record {0}", Tail(record)].Value : null,
            row.VisitId is { } visit ? text["visit {0}", Tail(visit)].Value : null,
            row.DocumentId is { } document ? text["document {0}", Tail(document)].Value : null,
            row.Subject,
            row.Details.Count > 0 ? Details(row, text) : null,
        ];
        return string.Join(" · ", parts.OfType<string>());
    }

    /// <summary>Enough of a session's id to see which lines belong together.</summary>
    public static string Session(Guid? id) => id is { } session ? $"s-{session.ToString("N")[^4..]}" : "";

    /// <summary>The mark before the outcome's word.</summary>
    public static string Icon(AuditOutcome outcome) => outcome switch
    {
        AuditOutcome.Done => "check",
        AuditOutcome.Denied => "stop",
        _ => "warn",
    };

    /// <summary>What the outcome means.</summary>
    public static Tone Tone(AuditOutcome outcome) => outcome == AuditOutcome.Done ? Shared.Tone.Neutral : Shared.Tone.Danger;

    // Ids begin with the time they were made at, so that neighbours look alike there; the end tells them apart.
    private static string Tail(Guid id) => $"…{id.ToString("N")[^6..]}";
}
