using System.Globalization;
using System.Text;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Security;

namespace ClinicBlazor.App.Audit;

/// <summary>
/// Entries of the audit trail as comma-separated values (RFC 4180). A field that a spreadsheet would take for a formula begins with
/// an apostrophe, as OWASP advises.
/// </summary>
internal static class AuditCsv
{
    private static readonly char[] Quoted = ['"', ',', '\r', '\n'];

    /// <summary>What begins a formula in one spreadsheet or another.</summary>
    private static readonly char[] Formula = ['=', '+', '-', '@', '\t', '\r', '\n'];

    /// <summary>The first line: names of the fields, the same in every language.</summary>
    public static string Head { get; } = Line(
        ["sequence", "time_utc", "who", "role", "act", "outcome", "patient_number", "listed_patients", "record_id", "visit_id",
            "document_id", "subject", "details", "address", "session_id", "browser"]);

    /// <summary>The lines of some entries.</summary>
    public static string Lines(IEnumerable<AuditRow> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            text.Append(Line(
            [
                row.Sequence?.ToString(CultureInfo.InvariantCulture), row.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
                row.Who, row.Role, $"{row.Act}", $"{row.Outcome}", row.PatientNumber?.ToString(CultureInfo.InvariantCulture),
                string.Join(' ', row.Listed), $"{row.RecordId}", $"{row.VisitId}", $"{row.DocumentId}", row.Subject,
                string.Join(' ', row.Details.Select(detail => $"{detail}")), NetworkAddress.Shown(row.Address), $"{row.SessionId}",
                row.UserAgent,
            ]));
        }

        return text.ToString();
    }

    private static string Line(IEnumerable<string?> fields) => string.Join(',', fields.Select(Field)) + "\r\n";

    private static string Field(string? value)
    {
        var text = value is { Length: > 0 } given && Array.IndexOf(Formula, given[0]) >= 0 ? $"'{given}" : value ?? "";
        return text.IndexOfAny(Quoted) < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
