using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Billing;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Visits;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Billing;

/// <summary>Two acts on one ledger that meet: the second is judged by what the first has entered.</summary>
[Trait("Requirement", "S2-09")]
public abstract class BillingRaceTests(DatabaseKind kind) : IAsyncLifetime
{
    private readonly Interference interference = new();
    private DomainHost? host;
    private BillingFixtureActs? opened;

    public sealed class OnSqlite() : BillingRaceTests(DatabaseKind.Sqlite);

    public sealed class OnPostgres() : BillingRaceTests(DatabaseKind.Postgres);

    private DomainHost Host => host!;

    private BillingFixtureActs Acts => opened!;

    public async Task InitializeAsync()
    {
        host = await interference.StartAsync(kind);
        opened = await BillingFixtureActs.OpenAsync(Host);
    }

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        Assert.True(interference.HasHappened, "There was no save in which the other act could come first.");
    }

    [Fact]
    public async Task TwoDesks_WhoTakeTheSameAmountAtOnce_TakeItOnce()
    {
        var (visit, other) = (await Acts.CheckInAsync(), await Acts.DeskAsync());
        interference.BeforeNextSave(() => Acts.PayAsync(visit, BillingFixtureActs.Fee, other));

        BillingFixtureActs.AssertBeside("Amount", "Nothing is open any more.", await Acts.PayAsync(visit, BillingFixtureActs.Fee));

        var bill = await Acts.BillAsync(visit);
        Assert.Equal((0L, BillingFixtureActs.FeeCents), (bill.Open.Cents, bill.Paid.Cents));
        Assert.Equal(other.DisplayName, Assert.Single(bill.Lines, line => line.Kind == LedgerKind.Payment).By);
    }

    [Fact]
    public async Task TwoDesks_WhoTakeTheSamePartAtOnce_TakeItOnceAndTheSecondIsAsked()
    {
        var (visit, other) = (await Acts.CheckInAsync(), await Acts.DeskAsync());
        var seen = (await Acts.BillAsync(visit)).Lines.Count;
        interference.BeforeNextSave(() => Acts.PayAsync(visit, "20.00", other, seen));

        var asked = await Acts.PayAsync(visit, "20.00", seen: seen);

        BillingFixtureActs.AssertBeside("Amount", BillingFixtureActs.EnteredMeanwhile, asked);
        Assert.Equal(new Money(2000, "USD"), Assert.Single(asked.Error!.Fields[0].Message.Args));
        Assert.Equal(2000, (await Acts.BillAsync(visit)).Paid.Cents);
        Assert.True((await Acts.PayAsync(visit, "20.00", seen: seen + 1)).IsSuccess);
        Assert.Equal(0, (await Acts.BillAsync(visit)).Open.Cents);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AChargeAndACancellation_AtOnce_LeaveNothingOwed(bool chargedFirst)
    {
        var (visit, other) = (await Acts.CheckInAsync(), await Acts.DeskAsync());
        var price = await Acts.SetPriceAsync("LAB", "15.00");
        Task<Result<Guid>> Charge() => Acts.ChargeAsync(visit, price, other);
        Task<Result<Guid>> Cancel() => Acts.DoAsync(visit, VisitAct.Cancel, visit.Desk);
        interference.BeforeNextSave(chargedFirst ? Charge : Cancel);

        var second = await (chargedFirst ? Cancel() : Charge());

        ErrorKind? refusal = chargedFirst ? null : ErrorKind.Invalid;
        Assert.Equal(refusal, second.Error?.Kind);
        Assert.Equal(VisitStatus.Cancelled, await Acts.StatusAsync(visit));
        var bill = await Acts.BillAsync(visit);
        Assert.Equal((0L, 0L), (bill.Charged.Cents, bill.Open.Cents));
        Assert.Equal(chargedFirst ? 2 : 1, bill.Lines.Count(line => line.Kind == LedgerKind.Reversal));
    }

    [Fact]
    public async Task AWaiverAndAReversal_AtOnce_OweNothingBack()
    {
        var (visit, other) = (await Acts.CheckInAsync(), await Acts.DeskAsync());
        var charge = (await Acts.BillAsync(visit)).Lines[0].Id;
        interference.BeforeNextSave(() => Acts.WaiveAsync(visit, "30.00", other));

        Assert.True((await Acts.ReverseAsync(visit, charge)).IsSuccess);

        var bill = await Acts.BillAsync(visit);
        Assert.Equal((0L, 0L), (bill.Waived.Cents, bill.Open.Cents));
    }

    [Fact]
    public async Task EightDesks_WhoTakeTheSameAmountAtOnce_TakeItOnce()
    {
        var visit = await Acts.CheckInAsync();
        var desks = new List<Actor>();
        for (var i = 0; i < 8; i++)
        {
            desks.Add(await Acts.DeskAsync());
        }

        var results = await Task.WhenAll(desks.Select(desk => Task.Run(() => Acts.PayAsync(visit, BillingFixtureActs.Fee, desk))));

        Assert.Single(results, result => result.IsSuccess);
        Assert.All(results.Where(result => !result.IsSuccess), result => Assert.Equal(ErrorKind.Invalid, result.Error?.Kind));
        Assert.Equal(0, (await Acts.BillAsync(visit)).Open.Cents);
    }

    [Fact]
    public async Task APaymentAndAWaiver_OfTheSameAmountAtOnce_LeaveNothingOwedBack()
    {
        var (visit, other) = (await Acts.CheckInAsync(), await Acts.DeskAsync());
        interference.BeforeNextSave(() => Acts.WaiveAsync(visit, "30.00", other));

        BillingFixtureActs.AssertBeside("Amount", "No more than {0} is open.", await Acts.PayAsync(visit, BillingFixtureActs.Fee));

        Assert.Equal(1000, (await Acts.BillAsync(visit)).Open.Cents);
    }

    [Fact]
    public async Task TwoRefunds_OfOnePaymentAtOnce_GiveNoMoreBackThanWasTaken()
    {
        var (visit, other) = (await Acts.CheckInAsync(), await Acts.DeskAsync());
        var payment = (await Acts.PayAsync(visit, BillingFixtureActs.Fee)).Value;
        interference.BeforeNextSave(() => Acts.RefundAsync(visit, payment, "30.00", other));

        BillingFixtureActs.AssertBeside("Amount", "No more than {0} of this payment is left to give back.",
            await Acts.RefundAsync(visit, payment, "30.00"));

        Assert.Equal(1000, (await Acts.BillAsync(visit)).Paid.Cents);
    }

    [Fact]
    public async Task TwoDesks_WhoGiveBackWhatIsOwedAtOnce_GiveItBackOnce()
    {
        var (visit, other) = (await Acts.CheckInAsync(), await Acts.DeskAsync());
        var lab = (await Acts.ChargeAsync(visit, await Acts.SetPriceAsync("LAB", "15.00"))).Value;
        var payment = (await Acts.PayAsync(visit, "55.00")).Value;
        await Acts.ReverseAsync(visit, lab);
        var seen = (await Acts.BillAsync(visit)).Lines.Count;
        interference.BeforeNextSave(() => Acts.RefundAsync(visit, payment, "15.00", other, seen: seen));

        BillingFixtureActs.AssertBeside("Amount", BillingFixtureActs.EnteredMeanwhile,
            await Acts.RefundAsync(visit, payment, "15.00", seen: seen));

        Assert.Equal(0, (await Acts.BillAsync(visit)).Open.Cents);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task CallingIn_WhileWhatWasPaidIsRefunded_IsInOneOrder(bool refundedFirst)
    {
        var (visit, doctor) = (await Acts.CheckInAsync(), await Acts.DoctorAsync());
        var payment = (await Acts.PayAsync(visit, BillingFixtureActs.Fee)).Value;
        Task<Result<Guid>> Refund() => Acts.RefundAsync(visit, payment, BillingFixtureActs.Fee);
        Task<Result<Guid>> Call() => Acts.CallInAsync(visit, doctor);
        interference.BeforeNextSave(refundedFirst ? Refund : Call);

        var second = await (refundedFirst ? Call() : Refund());

        ErrorKind? refusal = refundedFirst ? ErrorKind.Invalid : null;
        Assert.Equal(refusal, second.Error?.Kind);
        Assert.Equal(refundedFirst ? VisitStatus.Arrived : VisitStatus.InProgress, await Acts.StatusAsync(visit));
        Assert.Equal(BillingFixtureActs.FeeCents, (await Acts.BillAsync(visit)).Open.Cents);
    }

    [Fact]
    public async Task CallingIn_WhileItIsPaid_IsDone()
    {
        var (visit, doctor) = (await Acts.CheckInAsync(), await Acts.DoctorAsync());
        await Acts.DeferAsync(visit);
        interference.BeforeNextSave(() => Acts.PayAsync(visit, BillingFixtureActs.Fee));

        Assert.True((await Acts.CallInAsync(visit, doctor)).IsSuccess);
    }

    [Fact]
    public async Task TwoOfTheSameEmergency_AtOnce_AreOne()
    {
        var (visit, nurse, doctor) = (await Acts.CheckInAsync(), await Acts.NurseAsync(), await Acts.DoctorAsync());
        interference.BeforeNextSave(() => Acts.MarkEmergencyAsync(visit, nurse));

        Assert.Equal(ErrorKind.Conflict, (await Acts.MarkEmergencyAsync(visit, doctor)).Error?.Kind);

        Assert.Single((await Acts.BillAsync(visit)).Lines, line => line.Kind == LedgerKind.Emergency);
    }

    [Fact]
    public async Task OneApproval_WrittenDownByTwoDesksAtOnce_IsOne()
    {
        var (visit, other) = (await Acts.CheckInAsync(), await Acts.DeskAsync());
        interference.BeforeNextSave(() => Acts.ApproveAsync(visit, "20.00", Acts.Day(3), other));

        BillingFixtureActs.AssertBeside("Reference", "This approval stands in the ledger already.",
            await Acts.ApproveAsync(visit, "20.00", Acts.Day(3)));

        Assert.Equal(ClearanceKind.Stopped, await Acts.ClearanceAsync(visit));
    }

    [Fact]
    public async Task TwoReversals_OfOneChargeAtOnce_AreOne()
    {
        var (visit, other) = (await Acts.CheckInAsync(), await Acts.DeskAsync());
        var charge = (await Acts.BillAsync(visit)).Lines[0].Id;
        interference.BeforeNextSave(() => Acts.ReverseAsync(visit, charge, other));

        Assert.Equal(ErrorKind.Conflict, (await Acts.ReverseAsync(visit, charge)).Error?.Kind);

        Assert.Equal(0, (await Acts.BillAsync(visit)).Open.Cents);
    }

    [Fact]
    [Trait("Requirement", "B-14")]
    public async Task OnePayment_ArrivingTwiceAtOnce_IsOneAndAnswersTheSame()
    {
        var visit = await Acts.CheckInAsync();
        var desk = visit.Desk.Doing(CommandId.New());
        Result<Guid>? first = null;
        interference.BeforeNextSave(async () => first = await Acts.PayAsync(visit, "10.00", desk));

        var second = await Acts.PayAsync(visit, "10.00", desk);

        Assert.Equal(first!.Value, second.Value);
        Assert.Equal(1000, (await Acts.BillAsync(visit)).Paid.Cents);
    }

    [Theory]
    [InlineData("NEW", "NEW", false)]
    [InlineData("CONS", "CONS", true)]
    [InlineData("ONE", "OTHER", true)]
    public async Task TwoPrices_OfOneCodeOrForEveryVisitAtOnce_LeaveOneInUse(string firstCode, string secondCode, bool isConsultation)
    {
        var prices = Host.Get<PriceListService>();
        var (one, other) = (await Acts.ActorAsync(Roles.Administrator), await Acts.ActorAsync(Roles.Administrator));
        interference.BeforeNextSave(() => prices.SetAsync(one, new NewPrice(firstCode, "The first", "50.00", isConsultation), default));

        var second = await prices.SetAsync(other, new NewPrice(secondCode, "The second", "60.00", isConsultation), default);

        Assert.Equal(ErrorKind.Conflict, second.Error?.Kind);
        var inUse = (await prices.ListAsync(one, default)).Value;
        Assert.Equal(5000, Assert.Single(inUse, price => price.Code == firstCode).Amount.Cents);
        Assert.Single(inUse, price => price.IsConsultation);
        Assert.DoesNotContain(inUse, price => price.Name == "The second");
    }

    [Fact]
    public async Task TwoCheckIns_OfDifferentPatientsAtOnce_TakeDifferentNumbers()
    {
        var (one, other) = (await Acts.DeskAsync(), await Acts.DeskAsync());
        var (first, second) = (await Host.People.AddChartAsync(), await Host.People.AddChartAsync());
        interference.BeforeNextSave(() => Acts.Visits.StartAsync(one, first, doctorId: null, default));

        Assert.True((await Acts.Visits.StartAsync(other, second, doctorId: null, default)).IsSuccess);

        await using var db = await Host.OpenAsync();
        var invoices = await db.Set<Invoice>().OrderBy(invoice => invoice.Number).ToListAsync();
        Assert.Equal([first, second], invoices.Select(invoice => invoice.PatientId));
        Assert.Equal(invoices[0].Number + 1, invoices[1].Number);
    }
}
