using System.Globalization;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Input;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Protection;
using ClinicBlazor.Domain.Visits;

namespace ClinicBlazor.Domain.Billing;

/// <summary>
/// What clears a visit without money: an insurer's approval, paying later or in parts, an emergency, and a doctor's override. Each
/// answers with the id of its entry.
/// </summary>
public sealed class ClearanceService(Ledgers ledgers, FieldProtector protector, TimeProvider time)
{
    /// <summary>For how many days a deferral puts payment off.</summary>
    public const int DeferralDays = 14;

    /// <summary>The most parts that a plan can have, one a month.</summary>
    public const int MostParts = 12;

    private const int MostDays = 366;
    private const string LastDay = "LastDay";

    private DateOnly Today => DateOnly.FromDateTime(time.GetLocalNow().DateTime);

    /// <summary>Writes down that an insurer pays up to an amount, until the end of a day.</summary>
    public Task<Result<Guid>> ApproveAsync(Actor actor, Guid patientId, Guid visitId, NewApproval input, CancellationToken ct) =>
        ledgers.EnterAsync(actor, RequestOf(Permission.BillingChange, AuditAct.ApprovalRecorded, patientId, visitId, input), open =>
        {
            var findings = new Findings();
            var most = open.Money(Ledgers.MostCents);
            var cents = Ledgers.Read(input.Amount, most, findings, new Message("No more than {0} can be approved at once.", most));
            var reference = InputRules.CleanLine(input.Reference);
            findings.Text(reference, "Reference", BillingService.LongestReference, "Give the number of the approval.")
                .Check(!IsKnown(open, reference), "Reference", "This approval stands in the ledger already.");
            var end = EndOf(input.LastDay, findings);
            return findings.IsEmpty ? new LedgerLine(LedgerKind.Approval, cents) { Reference = reference, EndsAt = end } : findings.Error;
        }, ct);

    /// <summary>
    /// Puts payment of what is open off for <see cref="DeferralDays"/> days. Refused when the ledger has more entries than were
    /// <paramref name="seen"/>; null asks nothing.
    /// </summary>
    public Task<Result<Guid>> DeferAsync(Actor actor, Guid patientId, Guid visitId, int? seen, CancellationToken ct) =>
        ledgers.EnterAsync(actor, RequestOf(Permission.BillingChange, AuditAct.PaymentDeferred, patientId, visitId, seen), open =>
        {
            var findings = SeenOpen(seen, open, "Amount");
            return !findings.IsEmpty ? findings.Error : new LedgerLine(LedgerKind.Deferral, open.Ledger.OpenCents)
            {
                EndsAt = ClinicDay.At(time, Today.AddDays(DeferralDays + 1), TimeOnly.MinValue),
            };
        }, ct);

    /// <summary>
    /// Agrees that what is open is paid in monthly parts, the first within a month. Refused when the ledger has more entries than were
    /// <paramref name="seen"/>; null asks nothing.
    /// </summary>
    public Task<Result<Guid>> PlanAsync(Actor actor, Guid patientId, Guid visitId, int parts, int? seen, CancellationToken ct) =>
        ledgers.EnterAsync(actor,
            RequestOf(Permission.BillingChange, AuditAct.PaymentPlanned, patientId, visitId, new { parts, seen }), open =>
        {
            var findings = SeenOpen(seen, open, "Parts");
            findings.Check(parts is >= 2 and <= MostParts, "Parts", new Message("Choose from 2 to {0} parts.", MostParts))
                .Check(open.Ledger.OpenCents <= 0 || open.Ledger.OpenCents >= parts, "Parts", "That is too little for so many parts.");
            return findings.IsEmpty ? new LedgerLine(LedgerKind.Plan, open.Ledger.OpenCents) { Parts = parts } : findings.Error;
        }, ct);

    /// <summary>Takes an approval, a deferral or a plan back, for a reason.</summary>
    public Task<Result<Guid>> WithdrawAsync(Actor actor, Guid patientId, Guid visitId, Guid entryId, string reason, CancellationToken ct) =>
        WithdrawAsync(actor, RequestOf(Permission.BillingChange, AuditAct.ClearanceWithdrawn, patientId, visitId, new { entryId, reason }),
            entryId, reason, kind => kind is LedgerKind.Approval or LedgerKind.Deferral or LedgerKind.Plan, ct);

    /// <summary>
    /// Says that this is an emergency: nothing of the visit is kept back from then on, whatever is entered later.
    /// <see cref="ErrorKind.Conflict"/> when the patient is not in the clinic, or it was said already.
    /// </summary>
    public Task<Result<Guid>> MarkEmergencyAsync(Actor actor, Guid patientId, Guid visitId, CancellationToken ct) =>
        ledgers.EnterAsync(actor, RequestOf(Permission.EmergencyMark, AuditAct.EmergencyMarked, patientId, visitId, null),
            (_, visit, open) => Task.FromResult(Ledgers.One(
                !visit.IsOpen || open.Ledger.ClearanceAt(open.Now).Kind == ClearanceKind.Emergency ? Error.Conflict
                : new LedgerLine(LedgerKind.Emergency))), ct);

    /// <summary>Takes back that a visit is an emergency, which was said by mistake, for a reason.</summary>
    public Task<Result<Guid>> WithdrawEmergencyAsync(
        Actor actor, Guid patientId, Guid visitId, Guid entryId, string reason, CancellationToken ct) =>
        WithdrawAsync(actor, RequestOf(Permission.EmergencyMark, AuditAct.EmergencyWithdrawn, patientId, visitId, new { entryId, reason }),
            entryId, reason, kind => kind == LedgerKind.Emergency, ct);

    /// <summary>
    /// Goes on in spite of what is open, for a reason. A visit that is for a doctor is that one's to go on with.
    /// <see cref="ErrorKind.Conflict"/> when the patient is not in the clinic, or nothing is kept back.
    /// </summary>
    public Task<Result<Guid>> OverrideAsync(Actor actor, Guid patientId, Guid visitId, string reason, CancellationToken ct) =>
        ledgers.EnterAsync(actor,
            RequestOf(Permission.PaymentOverride, AuditAct.PaymentGuardOverridden, patientId, visitId, reason), (_, visit, open) =>
        {
            var (clean, findings) = BillingService.ReasonOf(reason);
            return Task.FromResult(Ledgers.One(!VisitParts.IsFor(actor, visit, VisitAct.CallIn) ? Error.Denied
                : !visit.IsOpen || open.Ledger.ClearanceAt(open.Now).IsCleared ? Error.Conflict
                : !findings.IsEmpty ? findings.Error
                : new LedgerLine(LedgerKind.Override, open.Ledger.OpenCents) { Reason = clean }));
        }, ct);

    private static AccessRequest RequestOf(Permission permission, AuditAct act, Guid patientId, Guid visitId, object? sent) =>
        new(permission, act) { PatientId = patientId, VisitId = visitId, Sent = sent };

    private static Findings SeenOpen(int? seen, OpenLedger open, string field)
    {
        var findings = new Findings().Check(open.Ledger.OpenCents > 0, field, BillingService.NothingOpen);
        Ledgers.CheckSeen(seen, open, findings, field);
        return findings;
    }

    private Task<Result<Guid>> WithdrawAsync(
        Actor actor, AccessRequest request, Guid entryId, string reason, Func<LedgerKind, bool> isOne, CancellationToken ct) =>
        ledgers.EnterAsync(actor, request, open =>
        {
            if (open.Ledger.Find(entryId) is not { } entry || !isOne(entry.Kind))
            {
                return Error.NotFound;
            }

            var (clean, findings) = BillingService.ReasonOf(reason);
            return !open.Ledger.Stands(entry, open.Now) ? Error.Conflict
                : !findings.IsEmpty ? findings.Error
                : new LedgerLine(LedgerKind.Withdrawal) { OfId = entryId, Reason = clean };
        }, ct);

    // Two desks that write down one approval do not double what it covers.
    private bool IsKnown(OpenLedger open, string reference) => open.Ledger.Entries.Any(entry =>
        entry.Kind == LedgerKind.Approval && open.Ledger.Stands(entry, open.Now)
        && reference.Equals(protector.OpenOptional(entry.Reference, FieldPlace.Of(entry, nameof(LedgerEntry.Reference))),
            StringComparison.OrdinalIgnoreCase));

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
