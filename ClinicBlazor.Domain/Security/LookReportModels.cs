using ClinicBlazor.Domain.Audit;

namespace ClinicBlazor.Domain.Security;

/// <summary>What became of a look that its patient did not recognise, as the patient sees it.</summary>
/// <param name="ReportedAt">When it was reported, UTC.</param>
/// <param name="AnsweredAt">When it was answered; null while it is open.</param>
/// <param name="Answer">The clinic's answer; null while it is open.</param>
public sealed record LookReportState(DateTimeOffset ReportedAt, DateTimeOffset? AnsweredAt, string? Answer);

/// <summary>A report that waits for an answer, as administrators see it: nothing of the chart.</summary>
/// <param name="Id">Id.</param>
/// <param name="ReportedAt">When it was reported, UTC.</param>
/// <param name="PatientNumber">Number of the patient.</param>
/// <param name="LookedAt">When somebody looked, UTC.</param>
/// <param name="Who">Name of whoever looked.</param>
/// <param name="Role">Roles held at that moment.</param>
/// <param name="Act">What was done.</param>
/// <param name="MayAnswer">False for a look of the reader's own.</param>
public sealed record OpenLookReport(
    Guid Id, DateTimeOffset ReportedAt, int? PatientNumber, DateTimeOffset LookedAt, string Who, string Role, AuditAct Act, bool MayAnswer);
