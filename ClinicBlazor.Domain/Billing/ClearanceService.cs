using System.Globalization;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Input;
using ClinicBlazor.Domain.Patients;

namespace ClinicBlazor.Domain.Billing;

/// <summary>
/// What clears a visit without money: an insurer's approval, paying later or in parts, an emergency, and a doctor who goes on in
/// spite of it. Each answers with the id of its entry.
/// </summary>
public sealed class ClearanceService(Ledgers ledgers, TimeProvider time)
{
    /// <summary>For how many days a deferral puts payment off.</summary>
    public const int DeferralDays = 14;

    /// <summary>The most parts that a plan can have, one a month.</summary>
    public const int MostParts = 12;

    private const int LongestReference = 60;
    private const int MostDays = 366;
    private const string LastDay = "LastDay";
    private const string NothingOpen = "Nothing is open any more.";

    /// <summary>Writes down that an insurer pays up to an amount, until the end of a day.</summary>
    public Task<Result<Guid>> ApproveAsync(Actor actor, Guid patientId, Guid visitId, NewApproval input, CancellationToken ct) =>
        EnterAsync(actor, Permission.BillingChange, AuditAct.ApprovalRecorded, patientId, visitId, input, open =>
        {
            var findings = new Findings();
            var cents = ledgers.Read(input.Amount, Ledgers.MostCents, findings,
                new Message("No more than {0} can be approved at once.", ledgers.MoneyOf(Ledgers.MostCents)));
            var reference = InputRules.Clean(input.Reference);
            findings.Text(reference, "Reference", LongestReference, "Give the number of the approval.");
            var end = EndOf(input.LastDay, findings);
            return findings.IsEmpty ? new LedgerLine(LedgerKind.Approval, cents) { Reference = reference, EndsAt = end } : findings.Error;
        }, ct);

    /// <summary>Takes an approval back, for a reason.</summary>
    public Task<Result<Guid>> WithdrawApprovalAsync(
        Actor actor, Guid patientId, Guid visitId, Guid entryId, string reason, CancellationToken ct) =>
        EnterAsync(actor, Permission.BillingChange, AuditAct.ApprovalWithdrawn, patientId, visitId, (entryId, reason), open =>
        {
            if (open.Ledger.Find(entryId) is not { Kind: LedgerKind.Approval } approval)
            {
                return Error.NotFound;
            }

            var (clean, findings) = BillingService.ReasonOf(reason);
            return open.Ledger.LeftOf(approval, open.Now) == 0 ? Error.Conflict
                : !findings.IsEmpty ? findings.Error
                : new LedgerLine(LedgerKind.ApprovalEnd) { OfId = entryId, Reason = clean };
        }, ct);

    /// <summary>Puts payment of what is open off for <see cref="DeferralDays"/> days.</summary>
    public Task<Result<Guid>> DeferAsync(Actor actor, Guid patientId, Guid visitId, CancellationToken ct) =>
        EnterAsync(actor, Permission.BillingChange, AuditAct.PaymentDeferred, patientId, visitId, null, open =>
            open.Ledger.OpenCents <= 0 ? Error.Invalid("Amount", NothingOpen) : new LedgerLine(LedgerKind.Deferral, open.Ledger.OpenCents)
            {
                EndsAt = ClinicDay.At(time, Today.AddDays(DeferralDays + 1), TimeOnly.MinValue),
            }, ct);

    /// <summary>Agrees that what is open is paid in monthly parts, the first within a month.</summary>
    public Task<Result<Guid>> PlanAsync(Actor actor, Guid patientId, Guid visitId, int parts, CancellationToken ct) =>
        EnterAsync(actor, Permission.BillingChange, AuditAct.PaymentPlanned, patientId, visitId, parts, open =>
            parts is < 2 or > MostParts ? Error.Invalid("Parts", new Message("Choose from 2 to {0} parts.", MostParts))
            : open.Ledger.OpenCents <= 0 ? Error.Invalid("Parts", NothingOpen)
            : open.Ledger.OpenCents < parts ? Error.Invalid("Parts", "That is too little for so many parts.")
            : new LedgerLine(LedgerKind.Plan, open.Ledger.OpenCents) { Parts = parts }, ct);

    /// <summary>
    /// Says that this is an emergency: nothing of the visit is kept back from then on, whatever is entered later.
    /// <see cref="ErrorKind.Conflict"/> when the patient is not in the clinic, or it was said already.
    /// </summary>
    public Task<Result<Guid>> MarkEmergencyAsync(Actor actor, Guid patientId, Guid visitId, CancellationToken ct) =>
        OnceAsync(actor, Permission.EmergencyMark, AuditAct.EmergencyMarked, patientId, visitId, null,
            new LedgerLine(LedgerKind.Emergency), ct);

    /// <summary>
    /// Goes on in spite of what is open, for a reason. <see cref="ErrorKind.Conflict"/> when the patient is not in the clinic, or
    /// somebody has done so already.
    /// </summary>
    public Task<Result<Guid>> OverrideAsync(Actor actor, Guid patientId, Guid visitId, string reason, CancellationToken ct)
    {
        var (clean, findings) = BillingService.ReasonOf(reason);
        return OnceAsync(actor, Permission.PaymentOverride, AuditAct.PaymentGuardOverridden, patientId, visitId, reason,
            findings.IsEmpty ? new LedgerLine(LedgerKind.Override) { Reason = clean } : findings.Error, ct);
    }

    private DateOnly Today => DateOnly.FromDateTime(time.GetLocalNow().DateTime);

    private Task<Result<Guid>> OnceAsync(Actor actor, Permission permission, AuditAct act, Guid patientId, Guid visitId, object? sent,
        Result<LedgerLine> line, CancellationToken ct) =>
        ledgers.EnterAsync(actor, RequestOf(permission, act, patientId, visitId, sent), (_, visit, open) => Task.FromResult(
            line.Error is null && (!visit.IsOpen || open.Ledger.Entries.Any(entry => entry.Kind == line.Value.Kind))
                ? Error.Conflict : line), ct);

    private Task<Result<Guid>> EnterAsync(Actor actor, Permission permission, AuditAct act, Guid patientId, Guid visitId, object? sent,
        Func<OpenLedger, Result<LedgerLine>> decide, CancellationToken ct) =>
        ledgers.EnterAsync(actor, RequestOf(permission, act, patientId, visitId, sent), (_, _, open) => Task.FromResult(decide(open)), ct);

    private static AccessRequest RequestOf(Permission permission, AuditAct act, Guid patientId, Guid visitId, object? sent) =>
        new(permission, act) { PatientId = patientId, VisitId = visitId, Sent = sent is null ? null : $"{sent}" };

    // The first moment after the day.
    private DateTimeOffset? EndOf(string typed, Findings findings)
    {
        var date = WrittenDate.Read(typed, CultureInfo.CurrentUICulture);
        findings.Check(!date.CouldBeTwo, LastDay, PatientInput.TwoDays)
            .Check(date.CouldBeTwo || date.Day is not null, LastDay, "Give a day, for instance 2026-07-02.")
            .Check(date.Day is not { } early || early >= Today, LastDay, "Choose today or a later day.")
            .Check(date.Day is not { } late || late <= Today.AddDays(MostDays), LastDay, "Choose a day within the next year.");
        return findings.IsEmpty ? ClinicDay.At(time, date.Day!.Value.AddDays(1), TimeOnly.MinValue) : null;
    }
}
