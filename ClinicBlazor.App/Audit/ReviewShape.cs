using System.Globalization;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Security;

namespace ClinicBlazor.App.Audit;

/// <summary>How months and their figures are written, and where the entries behind a figure are found.</summary>
internal static class ReviewShape
{
    private const string Form = "yyyy-MM";

    /// <summary>A month as addresses hold it.</summary>
    public static string Iso(DateOnly month) => month.ToString(Form, CultureInfo.InvariantCulture);

    /// <summary>The month that an address holds; null for none.</summary>
    public static DateOnly? Read(string? text) =>
        DateOnly.TryParseExact(text, Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) ? month : null;

    /// <summary>The address of a month's review.</summary>
    public static string Address(DateOnly month) => $"/audit/reviews?month={Iso(month)}";

    /// <summary>The address of the entries of a month, of one act or outcome where they are named.</summary>
    public static string Entries(DateOnly month, AuditAct? act, AuditOutcome? outcome)
    {
        var last = month.AddMonths(1).AddDays(-1);
        var address = string.Create(CultureInfo.InvariantCulture, $"/audit?from={month:yyyy-MM-dd}&to={last:yyyy-MM-dd}");
        return address + (act is { } one ? $"&act={one}" : "") + (outcome is { } how ? $"&outcome={how}" : "");
    }

    /// <summary>The English words for a figure: the key of its text.</summary>
    public static string Words(AuditFigure figure) => figure switch
    {
        AuditFigure.Entries => "Entries",
        AuditFigure.People => "People who acted",
        AuditFigure.SignIns => "Sign-ins",
        AuditFigure.FailedSignIns => "Failed sign-ins",
        AuditFigure.Denials => "Refusals",
        AuditFigure.AttackInput => "Input like an attack",
        AuditFigure.ChartReads => "Charts and records read",
        AuditFigure.IdentifiersShown => "SSN or TIN shown",
        AuditFigure.PowerChanges => "Changes of roles and links",
        AuditFigure.SessionsMoved => "Sessions used from elsewhere",
        AuditFigure.LooksReported => "Looks not recognised",
        AuditFigure.LooksAnswered => "Such looks answered",
    };
}
