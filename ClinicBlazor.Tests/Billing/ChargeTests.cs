using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Billing;
using ClinicBlazor.Domain.Visits;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Billing;

/// <summary>What a visit is charged: the fee at check-in, once, and what is added; nothing for a visit that does not take place.</summary>
[Trait("Requirement", "S2-09")]
public abstract class ChargeTests(ClinicFixture clinic)
{
    public sealed class OnSqlite(SqliteClinic clinic) : ChargeTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : ChargeTests(clinic), IClassFixture<PostgresClinic>;

    [Fact]
    public async Task CheckIn_OfAWalkIn_ChargesTheFeeOnceWhateverFollows()
    {
        var (acts, visit) = await CheckInAsync();
        var (nurse, doctor) = (await acts.NurseAsync(), await acts.DoctorAsync());
        await acts.GiveToAsync(visit, doctor);
        await acts.DoAsync(visit, VisitAct.StartTriage, nurse);
        await acts.PayAsync(visit, BillingFixtureActs.Fee);
        await acts.CallInAsync(visit, doctor);
        var finished = (await acts.DoAsync(visit, VisitAct.Finish, visit.Desk)).Value;

        Assert.True((await acts.UndoAsync(visit, finished)).IsSuccess);

        Assert.Equal([LedgerKind.Charge, LedgerKind.Payment], (await acts.BillAsync(visit)).Lines.Select(line => line.Kind));
    }

    [Fact]
    public async Task CheckIn_OfSomebodyExpectedThatIsUndoneAndDoneAgain_ChargesTheFeeAgain()
    {
        var acts = await BillingFixtureActs.OpenAsync(clinic.Host);
        var (desk, patientId) = (await acts.DeskAsync(), await clinic.People.AddChartAsync());
        var visitId = (await acts.Visits.PlanAsync(desk, patientId, new NewVisit(acts.Day(1), "10:00"), default)).Value;
        var visit = new BilledVisit(patientId, visitId, desk);
        Assert.Null((await acts.BillAsync(visit)).InvoiceNumber);
        var done = (await acts.DoAsync(visit, VisitAct.CheckIn, desk)).Value;
        Assert.Equal(BillingFixtureActs.FeeCents, (await acts.BillAsync(visit)).Open.Cents);

        Assert.True((await acts.UndoAsync(visit, done)).IsSuccess);
        Assert.Equal((0L, ClearanceKind.Free), await OpenAsync(acts, visit));

        Assert.True((await acts.DoAsync(visit, VisitAct.CheckIn, desk)).IsSuccess);
        Assert.Equal((BillingFixtureActs.FeeCents, ClearanceKind.Stopped), await OpenAsync(acts, visit));
    }

    [Fact]
    public async Task CheckIn_OfAWalkInThatIsUndone_CostsNothing()
    {
        var (acts, visit) = await CheckInAsync();
        await acts.ChargeAsync(visit, await acts.SetPriceAsync("LAB", "15.00"));
        await acts.WaiveAsync(visit, "20.00");
        await acts.PayAsync(visit, "1.00");

        Assert.True((await acts.UndoAsync(visit, await BegunAsync(visit))).IsSuccess);

        Assert.Equal(VisitStatus.EnteredInError, await acts.StatusAsync(visit));
        Assert.Equal((-100L, ClearanceKind.Free), await OpenAsync(acts, visit));
        Assert.Equal(0, (await acts.BillAsync(visit)).Waived.Cents);
    }

    [Fact]
    public async Task CheckIn_ThatIsUndoneAfterItsFeeWasReversed_TakesNothingBackTwice()
    {
        var (acts, visit) = await CheckInAsync();
        await acts.ReverseAsync(visit, (await acts.BillAsync(visit)).Lines[0].Id);

        Assert.True((await acts.UndoAsync(visit, await BegunAsync(visit))).IsSuccess);

        Assert.Equal([LedgerKind.Charge, LedgerKind.Reversal], await KindsAsync(acts, visit));
    }

    [Theory]
    [InlineData(VisitAct.Cancel)]
    [InlineData(VisitAct.MarkInError)]
    public async Task Visit_ThatDoesNotTakePlace_CostsNothingAndOwesBackWhatWasPaid(VisitAct act)
    {
        var (acts, visit) = await CheckInAsync();
        await acts.ChargeAsync(visit, await acts.SetPriceAsync("LAB", "15.00"));
        var payment = (await acts.PayAsync(visit, BillingFixtureActs.Fee)).Value;

        Assert.True((await acts.DoAsync(visit, act, visit.Desk)).IsSuccess);

        Assert.Equal(-BillingFixtureActs.FeeCents, (await acts.BillAsync(visit)).Open.Cents);
        Assert.True((await acts.RefundAsync(visit, payment, BillingFixtureActs.Fee)).IsSuccess);
        var bill = await acts.BillAsync(visit);
        Assert.Equal((0L, 0L, 0L), (bill.Open.Cents, bill.Charged.Cents, bill.Paid.Cents));
    }

    [Fact]
    public async Task Cancel_ThatIsUndone_ChargesAndWaivesWhatItHadTakenBack()
    {
        var (acts, visit) = await CheckInAsync();
        var lab = await acts.SetPriceAsync("LAB", "15.00");
        await acts.ChargeAsync(visit, lab);
        await acts.WaiveAsync(visit, "20.00");
        await acts.PayAsync(visit, "10.00");

        var cancelled = (await acts.DoAsync(visit, VisitAct.Cancel, visit.Desk)).Value;

        Assert.Equal((-1000L, 0L, 0L), await SumsAsync(acts, visit));
        Assert.Equal([LedgerKind.Reversal, LedgerKind.Reversal, LedgerKind.WaiverEnd], (await KindsAsync(acts, visit)).Skip(4));

        Assert.True((await acts.UndoAsync(visit, cancelled)).IsSuccess);

        Assert.Equal((2500L, 5500L, 2000L), await SumsAsync(acts, visit));
        var entries = (await acts.StoredAsync(visit)).Entries;
        (LedgerKind, long, string?, Guid?)[] again =
        [
            (LedgerKind.Charge, 4000, "Price of CONS", entries[0].PriceId), (LedgerKind.Charge, 1500, "Price of LAB", lab),
            (LedgerKind.Waiver, 2000, null, null),
        ];
        Assert.Equal(again, entries.Skip(7).Select(entry => (entry.Kind, entry.Cents, entry.Name, entry.PriceId)));
        var (begun, cancel, undo) = await EventsAsync(visit);
        Guid?[] followed = [begun, null, null, null, cancel, cancel, cancel, undo, undo, undo];
        Assert.Equal(followed, entries.Select(entry => entry.EventId));
    }

    [Fact]
    public async Task Cancel_ThatIsUndoneAfterThePriceWasReplaced_ChargesWhatItWas()
    {
        var (acts, visit) = await CheckInAsync();
        var cancelled = (await acts.DoAsync(visit, VisitAct.Cancel, visit.Desk)).Value;
        await acts.SetPriceAsync("CONS", "99.00", isConsultation: true);

        Assert.True((await acts.UndoAsync(visit, cancelled)).IsSuccess);

        Assert.Equal((BillingFixtureActs.FeeCents, ClearanceKind.Stopped), await OpenAsync(acts, visit));
    }

    [Fact]
    public async Task Cancel_ThatIsUndone_ChargesNothingThatWasReversedBefore()
    {
        var (acts, visit) = await CheckInAsync();
        await acts.ReverseAsync(visit, (await acts.BillAsync(visit)).Lines[0].Id);
        var cancelled = (await acts.DoAsync(visit, VisitAct.Cancel, visit.Desk)).Value;

        Assert.True((await acts.UndoAsync(visit, cancelled)).IsSuccess);

        Assert.Equal([LedgerKind.Charge, LedgerKind.Reversal], await KindsAsync(acts, visit));
    }

    [Fact]
    public async Task EnteredInError_OfAFinishedPaidVisitThatIsUndone_IsPaidAsItWas()
    {
        var (acts, visit) = await CheckInAsync();
        await acts.PayAsync(visit, BillingFixtureActs.Fee);
        await acts.CallInAsync(visit, await acts.DoctorAsync());
        await acts.DoAsync(visit, VisitAct.Finish, visit.Desk);

        var marked = (await acts.DoAsync(visit, VisitAct.MarkInError, visit.Desk)).Value;
        Assert.Equal(-BillingFixtureActs.FeeCents, (await acts.BillAsync(visit)).Open.Cents);

        Assert.True((await acts.UndoAsync(visit, marked)).IsSuccess);

        Assert.Equal(VisitStatus.Finished, await acts.StatusAsync(visit));
        Assert.Equal((0L, ClearanceKind.Paid), await OpenAsync(acts, visit));
    }

    [Fact]
    public async Task Finish_ThatIsUndoneAfterTheFeeWasReversed_ChargesNothing()
    {
        var (acts, visit) = await CheckInAsync();
        await acts.ReverseAsync(visit, (await acts.BillAsync(visit)).Lines[0].Id);
        var finished = (await acts.DoAsync(visit, VisitAct.Finish, visit.Desk)).Value;

        Assert.True((await acts.UndoAsync(visit, finished)).IsSuccess);

        Assert.Equal(VisitStatus.Arrived, await acts.StatusAsync(visit));
        Assert.Equal([LedgerKind.Charge, LedgerKind.Reversal], await KindsAsync(acts, visit));
    }

    [Fact]
    [Trait("Requirement", "S2-13")]
    public async Task WhatFollowsFromActsOnAVisit_StandsInTheAuditTrail()
    {
        var (acts, visit) = await CheckInAsync();
        List<AuditAct> expected = [AuditAct.VisitStarted, AuditAct.ChargeAdded];
        await AssertAuditedAsync(acts, visit, expected);

        await acts.WaiveAsync(visit, "20.00");
        var cancelled = (await acts.DoAsync(visit, VisitAct.Cancel, visit.Desk)).Value;
        expected.AddRange([AuditAct.FeeWaived, AuditAct.VisitCancelled, AuditAct.ChargeReversed, AuditAct.WaiverEnded]);
        await AssertAuditedAsync(acts, visit, expected);

        await acts.UndoAsync(visit, cancelled);
        expected.AddRange([AuditAct.VisitUndone, AuditAct.ChargeAdded, AuditAct.FeeWaived]);
        await AssertAuditedAsync(acts, visit, expected);
    }

    [Fact]
    public async Task Invoices_OfWhoeverChecksIn_AreNumberedInOneLine()
    {
        var acts = await BillingFixtureActs.OpenAsync(clinic.Host);
        var doctor = await clinic.People.AddStaffAsync(Roles.Doctor);
        var own = await clinic.People.AddChartAsync();
        await clinic.People.AssignAsync(doctor, own);
        var first = await NumberAsync(acts, await acts.CheckInAsync());
        var second = await NumberAsync(acts, await acts.CheckInAsync());

        var visitId = (await acts.Visits.StartAsync(await clinic.People.ActorAsync(doctor), own, doctorId: null, default)).Value;

        var third = await NumberAsync(acts, new BilledVisit(own, visitId, await acts.DeskAsync()));
        var fourth = await NumberAsync(acts, await acts.CheckInAsync());
        Assert.Equal((first + 1, first + 2, first + 3), (second, third, fourth));
    }

    [Theory]
    [InlineData(VisitAct.Cancel)]
    [InlineData(VisitAct.MarkInError)]
    public async Task AddCharge_ToAVisitThatDoesNotTakePlace_IsRefused(VisitAct act)
    {
        var (acts, visit) = await CheckInAsync();
        var price = await acts.SetPriceAsync("LAB", "15.00");
        Assert.True((await acts.DoAsync(visit, act, visit.Desk)).IsSuccess);

        BillingFixtureActs.AssertBeside("Price", "Only a visit that takes place, or did, is charged.",
            await acts.ChargeAsync(visit, price));
    }

    [Fact]
    public async Task AddCharge_ToAVisitThatIsOnlyExpected_IsRefusedAndToOneThatIsOverIsNot()
    {
        var (acts, visit) = await CheckInAsync();
        var (desk, patientId, price) = (visit.Desk, await clinic.People.AddChartAsync(), await acts.SetPriceAsync("LAB", "15.00"));
        var visitId = (await acts.Visits.PlanAsync(desk, patientId, new NewVisit(acts.Day(1), "10:00"), default)).Value;
        await acts.DoAsync(visit, VisitAct.Finish, desk);

        BillingFixtureActs.AssertBeside("Price", "Only a visit that takes place, or did, is charged.",
            await acts.ChargeAsync(new BilledVisit(patientId, visitId, desk), price));
        Assert.True((await acts.ChargeAsync(visit, price)).IsSuccess);
    }

    [Fact]
    public async Task AddCharge_OfAPriceThatWasReplacedOrRetired_IsRefusedAndWhatWasChargedStays()
    {
        var (acts, visit) = await CheckInAsync();
        var old = await acts.SetPriceAsync("LAB", "15.00");
        Assert.True((await acts.ChargeAsync(visit, old)).IsSuccess);
        var current = await acts.SetPriceAsync("LAB", "20.00");

        BillingFixtureActs.AssertBeside("Price", "Choose one of the prices.", await acts.ChargeAsync(visit, old));
        Assert.True((await acts.ChargeAsync(visit, current)).IsSuccess);
        var administrator = await acts.ActorAsync(Roles.Administrator);
        Assert.True((await acts.Host.Get<PriceListService>().RetireAsync(administrator, current, default)).IsSuccess);
        BillingFixtureActs.AssertBeside("Price", "Choose one of the prices.", await acts.ChargeAsync(visit, current));

        Assert.Equal([4000L, 1500L, 2000L], (await acts.BillAsync(visit)).Lines.Select(line => line.Amount.Cents));
    }

    private static async Task<int> NumberAsync(BillingFixtureActs acts, BilledVisit visit) =>
        (await acts.BillAsync(visit)).InvoiceNumber!.Value;

    private static async Task<(long Cents, ClearanceKind Kind)> OpenAsync(BillingFixtureActs acts, BilledVisit visit)
    {
        var bill = await acts.BillAsync(visit);
        return (bill.Open.Cents, bill.Clearance.Kind);
    }

    private static async Task<IEnumerable<LedgerKind>> KindsAsync(BillingFixtureActs acts, BilledVisit visit) =>
        (await acts.BillAsync(visit)).Lines.Select(line => line.Kind);

    private static async Task<(long Open, long Charged, long Waived)> SumsAsync(BillingFixtureActs acts, BilledVisit visit)
    {
        var bill = await acts.BillAsync(visit);
        return (bill.Open.Cents, bill.Charged.Cents, bill.Waived.Cents);
    }

    private static async Task AssertAuditedAsync(BillingFixtureActs acts, BilledVisit visit, IEnumerable<AuditAct> expected) =>
        Assert.Equal(expected.Order().Select(act => (act, AuditOutcome.Done)), await acts.AuditedAsync(visit));

    private async Task<(Guid Begun, Guid Cancelled, Guid Undone)> EventsAsync(BilledVisit visit)
    {
        await using var db = await clinic.Host.OpenAsync();
        var events = await db.Set<VisitEvent>().Where(row => row.VisitId == visit.VisitId).OrderBy(row => row.Number).ToListAsync();
        Assert.Equal([VisitAct.CheckIn, VisitAct.Cancel, VisitAct.Undo], events.Select(row => row.Act));
        return (events[0].Id, events[1].Id, events[2].Id);
    }

    private async Task<Guid> BegunAsync(BilledVisit visit)
    {
        await using var db = await clinic.Host.OpenAsync();
        return (await db.Set<VisitEvent>().SingleAsync(row => row.VisitId == visit.VisitId)).Id;
    }

    private async Task<(BillingFixtureActs Acts, BilledVisit Visit)> CheckInAsync()
    {
        var acts = await BillingFixtureActs.OpenAsync(clinic.Host);
        return (acts, await acts.CheckInAsync());
    }
}
