using System.Globalization;
using ClinicBlazor.App.Shared.Downloads;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Security;

namespace ClinicBlazor.App.Audit;

/// <summary>Entries of the audit trail as lines of a file.</summary>
internal static class AuditCsv
{
    /// <summary>The first line: names of the fields, the same in every language.</summary>
    public static string Head { get; } = Csv.Line(
        ["sequence", "time_utc", "who", "role", "act", "outcome", "patient_number", "listed_patients", "record_id", "visit_id",
            "document_id", "subject", "details", "address", "session_id", "browser"]);

    /// <summary>The lines of some entries.</summary>
    public static string Lines(IEnumerable<AuditRow> rows) => string.Concat(rows.Select(row => Csv.Line(
    [
        row.Sequence?.ToString(CultureInfo.InvariantCulture), Csv.Moment(row.At),
        row.Who, row.Role, $"{row.Act}", $"{row.Outcome}", row.PatientNumber?.ToString(CultureInfo.InvariantCulture),
        string.Join(' ', row.Listed), $"{row.RecordId}", $"{row.VisitId}", $"{row.DocumentId}", row.Subject,
        string.Join(' ', row.Details.Select(detail => $"{detail}")), NetworkAddress.Shown(row.Address), $"{row.SessionId}",
        row.UserAgent,
    ])));
}
