using ClinicBlazor.Domain.Access;
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
        await acts.Visits.GiveToAsync(visit.Desk, visit.PatientId, visit.VisitId, doctor.AccountId, default);
        await acts.DoAsync(visit, VisitAct.StartTriage, nurse);
        await acts.PayAsync(visit, BillingFixtureActs.Fee);
        await acts.CallInAsync(visit, doctor);
        var finished = (await acts.DoAsync(visit, VisitAct.Finish, visit.Desk)).Value;

        Assert.True((await acts.Visits.UndoAsync(visit.Desk, visit.PatientId, visit.VisitId, finished, default)).IsSuccess);

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

        Assert.True((await acts.Visits.UndoAsync(desk, patientId, visitId, done, default)).IsSuccess);
        Assert.Equal((0L, ClearanceKind.Free), await OpenAsync(acts, visit));

        Assert.True((await acts.DoAsync(visit, VisitAct.CheckIn, desk)).IsSuccess);
        Assert.Equal((BillingFixtureActs.FeeCents, ClearanceKind.Stopped), await OpenAsync(acts, visit));
    }

    [Fact]
    public async Task CheckIn_OfAWalkInThatIsUndone_CostsNothing()
    {
        var (acts, visit) = await CheckInAsync();

        Assert.True(
            (await acts.Visits.UndoAsync(visit.Desk, visit.PatientId, visit.VisitId, await BegunAsync(visit), default)).IsSuccess);

        Assert.Equal(VisitStatus.EnteredInError, await acts.StatusAsync(visit));
        Assert.Equal((0L, ClearanceKind.Free), await OpenAsync(acts, visit));
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
    public async Task Cancel_ThatIsUndone_ChargesTheFeeAgain()
    {
        var (acts, visit) = await CheckInAsync();
        var cancelled = (await acts.DoAsync(visit, VisitAct.Cancel, visit.Desk)).Value;
        Assert.Equal((0L, ClearanceKind.Free), await OpenAsync(acts, visit));

        Assert.True((await acts.Visits.UndoAsync(visit.Desk, visit.PatientId, visit.VisitId, cancelled, default)).IsSuccess);

        Assert.Equal((BillingFixtureActs.FeeCents, ClearanceKind.Stopped), await OpenAsync(acts, visit));
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

        BillingFixtureActs.AssertBeside("Price", "This visit does not take place; nothing is charged for it.",
            await acts.ChargeAsync(visit, price));
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
