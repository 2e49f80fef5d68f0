using System.Globalization;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Billing;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Visits;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Billing;

/// <summary>A visit, and the desk that checked it in.</summary>
internal sealed record BilledVisit(Guid PatientId, Guid VisitId, Actor Desk);

/// <summary>A clinic that charges for consultations, and what those who work there do.</summary>
internal sealed class BillingFixtureActs
{
    public const string Fee = "40.00";

    public const long FeeCents = 4000;

    /// <summary>What somebody is told who would enter into a ledger that is not the one that they saw.</summary>
    public const string EnteredMeanwhile =
        "Somebody has entered something meanwhile: {0} is open now. Press again if that is right.";

    private BillingFixtureActs(DomainHost host) => Host = host;

    public DomainHost Host { get; }

    public BillingService Billing => Host.Get<BillingService>();

    public ClearanceService Clearances => Host.Get<ClearanceService>();

    public VisitService Visits => Host.Get<VisitService>();

    /// <summary>Opens a clinic with a fee for every visit.</summary>
    public static async Task<BillingFixtureActs> OpenAsync(DomainHost host)
    {
        var acts = OpenWithoutFee(host);
        await acts.SetPriceAsync("CONS", Fee, isConsultation: true);
        return acts;
    }

    /// <summary>Opens a clinic that has set no fee.</summary>
    public static BillingFixtureActs OpenWithoutFee(DomainHost host) => new(host);

    /// <summary>An amount as it is typed.</summary>
    public static string Text(long cents) => (cents / 100m).ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>Fails unless an act was refused for one field, in these words.</summary>
    public static void AssertBeside(string field, string text, Result<Guid> result)
    {
        Assert.Equal(ErrorKind.Invalid, result.Error?.Kind);
        var found = Assert.Single(result.Error!.Fields);
        Assert.Equal((field, text), (found.Field, found.Message.Text));
    }

    public async Task<Guid> SetPriceAsync(string code, string amount, bool isConsultation = false) =>
        (await Host.Get<PriceListService>().SetAsync(
            await ActorAsync(Roles.Administrator), new NewPrice(code, $"Price of {code}", amount, isConsultation), default)).Value;

    public async Task<Actor> ActorAsync(Roles roles) => await Host.People.ActorAsync(await Host.People.AddStaffAsync(roles));

    public Task<Actor> DeskAsync() => ActorAsync(Roles.Reception);

    public Task<Actor> NurseAsync() => ActorAsync(Roles.Nurse);

    public Task<Actor> DoctorAsync() => ActorAsync(Roles.Doctor);

    /// <summary>Somebody on the care team of the patient, who may read the bill.</summary>
    public async Task<Actor> CareTeamAsync(BilledVisit visit, Roles roles)
    {
        var person = await Host.People.AddStaffAsync(roles);
        await Host.People.AssignAsync(person, visit.PatientId);
        return await Host.People.ActorAsync(person);
    }

    /// <summary>Checks a patient in; whom nobody names is a new one.</summary>
    public async Task<BilledVisit> CheckInAsync(Guid? patient = null)
    {
        var (desk, patientId) = (await DeskAsync(), patient ?? await Host.People.AddChartAsync());
        return new BilledVisit(patientId, (await Visits.StartAsync(desk, patientId, doctorId: null, default)).Value, desk);
    }

    /// <summary>A day from today on, as it is typed.</summary>
    public string Day(int days) => Host.Clock.GetLocalNow().AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The first moment after such a day.</summary>
    public DateTimeOffset EndOf(int days) =>
        ClinicDay.At(Host.Clock, DateOnly.FromDateTime(Host.Clock.GetLocalNow().DateTime).AddDays(days + 1), TimeOnly.MinValue);

    public Task<Result<Guid>> ChargeAsync(BilledVisit visit, Guid priceId, Actor? by = null) =>
        Billing.AddChargeAsync(by ?? visit.Desk, visit.PatientId, visit.VisitId, priceId, default);

    public Task<Result<Guid>> ReverseAsync(BilledVisit visit, Guid entryId, Actor? by = null, string reason = "By mistake.") =>
        Billing.ReverseChargeAsync(by ?? visit.Desk, visit.PatientId, visit.VisitId, entryId, reason, default);

    public Task<Result<Guid>> PayAsync(BilledVisit visit, string amount, Actor? by = null, int? seen = null) =>
        Billing.TakePaymentAsync(by ?? visit.Desk, visit.PatientId, visit.VisitId,
            new NewPayment(amount, PaymentMethod.Cash, Seen: seen), default);

    public Task<Result<Guid>> RefundAsync(
        BilledVisit visit, Guid entryId, string amount, Actor? by = null, string reason = "Too much.", int? seen = null) =>
        Billing.RefundAsync(by ?? visit.Desk, visit.PatientId, visit.VisitId, entryId, amount, reason, seen, default);

    public Task<Result<Guid>> WaiveAsync(
        BilledVisit visit, string amount, Actor? by = null, string reason = "Hardship.", int? seen = null) =>
        Billing.WaiveAsync(by ?? visit.Desk, visit.PatientId, visit.VisitId, amount, reason, seen, default);

    public Task<Result<Guid>> EndWaiverAsync(BilledVisit visit, Guid entryId, Actor? by = null, string reason = "Not so poor.") =>
        Billing.EndWaiverAsync(by ?? visit.Desk, visit.PatientId, visit.VisitId, entryId, reason, default);

    public Task<Result<Guid>> ApproveAsync(BilledVisit visit, string amount, string lastDay, Actor? by = null, string reference = "A-1") =>
        Clearances.ApproveAsync(
            by ?? visit.Desk, visit.PatientId, visit.VisitId, new NewApproval(amount, reference, lastDay), default);

    public Task<Result<Guid>> DeferAsync(BilledVisit visit, Actor? by = null, int? seen = null) =>
        Clearances.DeferAsync(by ?? visit.Desk, visit.PatientId, visit.VisitId, seen, default);

    public Task<Result<Guid>> PlanAsync(BilledVisit visit, int parts, Actor? by = null, int? seen = null) =>
        Clearances.PlanAsync(by ?? visit.Desk, visit.PatientId, visit.VisitId, parts, seen, default);

    /// <summary>Takes an approval, a deferral or a plan back.</summary>
    public Task<Result<Guid>> WithdrawAsync(BilledVisit visit, Guid entryId, Actor? by = null, string reason = "Not covered.") =>
        Clearances.WithdrawAsync(by ?? visit.Desk, visit.PatientId, visit.VisitId, entryId, reason, default);

    public Task<Result<Guid>> MarkEmergencyAsync(BilledVisit visit, Actor by) =>
        Clearances.MarkEmergencyAsync(by, visit.PatientId, visit.VisitId, default);

    public Task<Result<Guid>> WithdrawEmergencyAsync(BilledVisit visit, Guid entryId, Actor by, string reason = "A sprain.") =>
        Clearances.WithdrawEmergencyAsync(by, visit.PatientId, visit.VisitId, entryId, reason, default);

    public Task<Result<Guid>> OverrideAsync(BilledVisit visit, Actor by, string reason = "Chest pain.") =>
        Clearances.OverrideAsync(by, visit.PatientId, visit.VisitId, reason, default);

    public Task<Result<Guid>> CallInAsync(BilledVisit visit, Actor doctor) => DoAsync(visit, VisitAct.CallIn, doctor);

    public Task<Result<Guid>> DoAsync(BilledVisit visit, VisitAct act, Actor by) =>
        Visits.DoAsync(by, visit.PatientId, visit.VisitId, act, "By mistake.", default);

    /// <summary>Takes the last act of a visit back, which was the desk's own.</summary>
    public Task<Result<Done>> UndoAsync(BilledVisit visit, Guid eventId) =>
        Visits.UndoAsync(visit.Desk, visit.PatientId, visit.VisitId, eventId, default);

    public Task<Result<Done>> GiveToAsync(BilledVisit visit, Actor doctor) =>
        Visits.GiveToAsync(visit.Desk, visit.PatientId, visit.VisitId, doctor.AccountId, default);

    /// <summary>Clears a visit of which the fee is open.</summary>
    public async Task<Result<Guid>> ClearAsync(BilledVisit visit, ClearanceKind kind) => kind switch
    {
        ClearanceKind.Free => await ReverseAsync(visit, (await BillAsync(visit)).Lines[0].Id),
        ClearanceKind.Paid => await PayAsync(visit, Fee),
        ClearanceKind.Waived => await WaiveAsync(visit, Fee),
        ClearanceKind.Approved => await ApproveAsync(visit, Fee, Day(0)),
        ClearanceKind.Deferred => await DeferAsync(visit),
        ClearanceKind.Planned => await PlanAsync(visit, parts: 4),
        ClearanceKind.Emergency => await MarkEmergencyAsync(visit, await NurseAsync()),
        ClearanceKind.Overridden => await OverrideAsync(visit, await DoctorAsync()),
        ClearanceKind.Stopped => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>The bill as somebody reads it; as the desk does where nobody is named.</summary>
    public async Task<Bill> BillAsync(BilledVisit visit, Actor? by = null) =>
        (await Host.Get<BillingReader>().GetAsync(by ?? visit.Desk, visit.PatientId, visit.VisitId, again: true, default)).Value;

    public async Task<ClearanceKind> ClearanceAsync(BilledVisit visit) => (await BillAsync(visit)).Clearance.Kind;

    public async Task<VisitStatus> StatusAsync(BilledVisit visit)
    {
        await using var db = await Host.OpenAsync();
        return (await db.Set<Visit>().SingleAsync(row => row.Id == visit.VisitId)).Status;
    }

    /// <summary>What the audit trail says of a visit, in the order of the acts' names; who only reads the bill is left out.</summary>
    public async Task<IReadOnlyList<(AuditAct Act, AuditOutcome Outcome)>> AuditedAsync(BilledVisit visit)
    {
        await using var db = await Host.OpenAsync();
        var entries = await db.Set<AuditEntry>().Where(entry => entry.VisitId == visit.VisitId && entry.Act != AuditAct.BillRead)
            .ToListAsync();
        return [.. entries.Select(entry => (entry.Act, entry.Outcome)).Order()];
    }

    /// <summary>What lies in the database, the entries in their order.</summary>
    public async Task<(Invoice Invoice, IReadOnlyList<LedgerEntry> Entries)> StoredAsync(BilledVisit visit)
    {
        await using var db = await Host.OpenAsync();
        var invoice = await db.Set<Invoice>().SingleAsync(row => row.VisitId == visit.VisitId);
        return (invoice, await db.Set<LedgerEntry>().Where(entry => entry.InvoiceId == invoice.Id)
            .OrderBy(entry => entry.Number).ToListAsync());
    }
}
