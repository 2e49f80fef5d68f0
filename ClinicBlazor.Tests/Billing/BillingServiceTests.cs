using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Billing;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Billing;

/// <summary>Charges, payments, refunds and waivers: what is taken, and what is refused with a word beside the field.</summary>
[Trait("Requirement", "S2-09")]
public abstract class BillingServiceTests(ClinicFixture clinic)
{
    private const string GiveAnAmount = "Give an amount, for instance 40.00.";

    public sealed class OnSqlite(SqliteClinic clinic) : BillingServiceTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : BillingServiceTests(clinic), IClassFixture<PostgresClinic>;

    [Fact]
    public async Task Bill_OfAllThatWasEntered_AddsUpLineByLine()
    {
        var (acts, visit) = await CheckInAsync();
        await acts.ChargeAsync(visit, await acts.SetPriceAsync("LAB", "15.00"));
        var paid = await acts.Billing.TakePaymentAsync(visit.Desk, visit.PatientId, visit.VisitId,
            new NewPayment("$30", PaymentMethod.Card, " R-77 "), default);
        await acts.RefundAsync(visit, paid.Value, "5", reason: " Counted twice. ");
        await acts.WaiveAsync(visit, "10.00");
        var former = (await acts.WaiveAsync(visit, "2.00")).Value;
        await acts.EndWaiverAsync(visit, former);

        var bill = await acts.BillAsync(visit);

        Assert.Equal((5500L, 2500L, 1000L, 2000L), (bill.Charged.Cents, bill.Paid.Cents, bill.Waived.Cents, bill.Open.Cents));
        Assert.Equal(
            [
                LedgerKind.Charge, LedgerKind.Charge, LedgerKind.Payment, LedgerKind.Refund, LedgerKind.Waiver, LedgerKind.Waiver,
                LedgerKind.WaiverEnd,
            ],
            bill.Lines.Select(line => line.Kind));
        Assert.Equal([4000L, 1500L, 3000L, 500L, 1000L, 200L, 200L], bill.Lines.Select(line => line.Amount.Cents));
        Assert.Equal([4000L, 5500L, 2500L, 3000L, 2000L, 1800L, 2000L], bill.Lines.Select(line => line.OpenAfter.Cents));
        Assert.Equal([4000L, 1500L, 2500L, 0L, 1000L, 0L, 0L], bill.Lines.Select(line => line.Left.Cents));
        Assert.Equal([true, true, true, false, true, false, false], bill.Lines.Select(line => line.Stands));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], bill.Lines.Select(line => line.Number));
        Assert.All(bill.Lines, line => Assert.Equal((visit.Desk.DisplayName, "USD"), (line.By, line.Amount.Currency)));
        Assert.Equal("Price of LAB", bill.Lines[1].Name);
        Assert.Equal((paid.Value, "R-77"), (bill.Lines[2].Id, bill.Lines[2].Reference));
        Assert.Equal(((int?)3, (PaymentMethod?)PaymentMethod.Card, "Counted twice."),
            (bill.Lines[3].OfNumber, bill.Lines[3].Method, bill.Lines[3].Reason));
        Assert.Equal(((int?)6, "Not so poor."), (bill.Lines[6].OfNumber, bill.Lines[6].Reason));
    }

    [Theory]
    [InlineData("40.01", "No more than {0} is open.")]
    [InlineData("1,000.00", "No more than {0} is open.")]
    [InlineData("0", GiveAnAmount)]
    [InlineData("-5", GiveAnAmount)]
    [InlineData("", GiveAnAmount)]
    [InlineData("all of it", GiveAnAmount)]
    public async Task TakePaymentAndWaive_OfAnAmountThatIsNotOpen_SaySoBesideTheAmount(string amount, string text)
    {
        var (acts, visit) = await CheckInAsync();

        BillingFixtureActs.AssertBeside("Amount", text, await acts.PayAsync(visit, amount));
        BillingFixtureActs.AssertBeside("Amount", text, await acts.WaiveAsync(visit, amount));

        Assert.Single((await acts.BillAsync(visit)).Lines);
    }

    [Fact]
    public async Task TakePayment_OfMoreThanIsOpen_SaysHowMuchIs()
    {
        var (acts, visit) = await CheckInAsync();
        await acts.PayAsync(visit, "15.00");

        var refused = await acts.PayAsync(visit, "25.01");

        Assert.Equal(new Money(2500, "USD"), Assert.Single(Assert.Single(refused.Error!.Fields).Message.Args));
    }

    [Fact]
    public async Task TakePaymentAndWaive_WhenNothingIsOpen_SaySo()
    {
        var (acts, visit) = await CheckInAsync();
        await acts.PayAsync(visit, BillingFixtureActs.Fee);

        BillingFixtureActs.AssertBeside("Amount", "Nothing is open any more.", await acts.PayAsync(visit, "0.01"));
        BillingFixtureActs.AssertBeside("Amount", "Nothing is open any more.", await acts.WaiveAsync(visit, "0.01"));
    }

    [Theory]
    [InlineData(null, 1, "Method")]
    [InlineData((PaymentMethod)99, 1, "Method")]
    [InlineData(PaymentMethod.Card, 61, "Reference")]
    public async Task TakePayment_WithAMethodOrReferenceThatIsNone_SaysSoBesideIt(PaymentMethod? method, int length, string field)
    {
        var (acts, visit) = await CheckInAsync();

        var refused = await acts.Billing.TakePaymentAsync(visit.Desk, visit.PatientId, visit.VisitId,
            new NewPayment("40.00", method, new string('x', length)), default);

        Assert.Equal(field, Assert.Single(refused.Error!.Fields).Field);
    }

    [Fact]
    public async Task EveryActOnWhatIsOpen_WhenSomethingWasEnteredSinceItWasSeen_IsAskedAgain()
    {
        var (acts, visit) = await CheckInAsync();
        await acts.PayAsync(visit, "10.00");

        BillingFixtureActs.AssertBeside("Amount", BillingFixtureActs.EnteredMeanwhile, await acts.PayAsync(visit, "10.00", seen: 1));
        BillingFixtureActs.AssertBeside("Amount", BillingFixtureActs.EnteredMeanwhile, await acts.WaiveAsync(visit, "10.00", seen: 1));
        BillingFixtureActs.AssertBeside("Amount", BillingFixtureActs.EnteredMeanwhile, await acts.DeferAsync(visit, seen: 1));
        BillingFixtureActs.AssertBeside("Parts", BillingFixtureActs.EnteredMeanwhile, await acts.PlanAsync(visit, parts: 2, seen: 1));

        Assert.True((await acts.PayAsync(visit, "10.00", seen: 2)).IsSuccess);
        Assert.True((await acts.WaiveAsync(visit, "10.00", seen: 3)).IsSuccess);
        Assert.True((await acts.DeferAsync(visit, seen: 4)).IsSuccess);
        Assert.True((await acts.PlanAsync(visit, parts: 2, seen: 5)).IsSuccess);
    }

    [Theory]
    [InlineData(null, 0L)]
    [InlineData("10.00", -1000L)]
    public async Task ReverseCharge_OfWhatWasWaived_EndsTheWaiverAndOwesBackWhatWasPaidAlone(string? paid, long open)
    {
        var (acts, visit) = await CheckInAsync();
        var charge = (await acts.BillAsync(visit)).Lines[0].Id;
        if (paid is not null)
        {
            await acts.PayAsync(visit, paid);
        }

        var waiver = (await acts.WaiveAsync(visit, "30.00")).Value;

        var reversal = await acts.ReverseAsync(visit, charge, reason: "Not done.");

        var bill = await acts.BillAsync(visit);
        Assert.Equal((0L, 0L, open), (bill.Charged.Cents, bill.Waived.Cents, bill.Open.Cents));
        Assert.Equal((reversal.Value, LedgerKind.Reversal, "Not done."), (bill.Lines[^2].Id, bill.Lines[^2].Kind, bill.Lines[^2].Reason));
        Assert.Equal((LedgerKind.WaiverEnd, 3000L, (int?)bill.Lines.Single(line => line.Id == waiver).Number),
            (bill.Lines[^1].Kind, bill.Lines[^1].Amount.Cents, bill.Lines[^1].OfNumber));
        Assert.Equal(ClearanceKind.Free, bill.Clearance.Kind);
        Assert.Equal(ErrorKind.Conflict, (await acts.EndWaiverAsync(visit, waiver)).Error?.Kind);
    }

    [Fact]
    public async Task ReverseCharge_BesideOneThatIsWaivedStill_LeavesTheWaiver()
    {
        var (acts, visit) = await CheckInAsync();
        var lab = (await acts.ChargeAsync(visit, await acts.SetPriceAsync("LAB", "15.00"))).Value;
        await acts.WaiveAsync(visit, "45.00");

        Assert.True((await acts.ReverseAsync(visit, lab)).IsSuccess);

        var bill = await acts.BillAsync(visit);
        Assert.Equal((4000L, 4000L, 0L), (bill.Charged.Cents, bill.Waived.Cents, bill.Open.Cents));
        Assert.Equal(500, bill.Lines[^1].Amount.Cents);
    }

    [Fact]
    public async Task EndWaiver_OfAWaiver_OpensWhatWasWaivedAndTwiceIsAConflict()
    {
        var (acts, visit) = await CheckInAsync();
        var waiver = (await acts.WaiveAsync(visit, "40.00")).Value;
        Assert.Equal(ClearanceKind.Waived, await acts.ClearanceAsync(visit));
        BillingFixtureActs.AssertBeside("Reason", "Say why.", await acts.EndWaiverAsync(visit, waiver, reason: " "));

        Assert.True((await acts.EndWaiverAsync(visit, waiver)).IsSuccess);

        var bill = await acts.BillAsync(visit);
        Assert.Equal((ClearanceKind.Stopped, 0L, 4000L), (bill.Clearance.Kind, bill.Waived.Cents, bill.Open.Cents));
        Assert.Equal(ErrorKind.Conflict, (await acts.EndWaiverAsync(visit, waiver)).Error?.Kind);
        Assert.Contains((AuditAct.WaiverEnded, AuditOutcome.Done), await acts.AuditedAsync(visit));
    }

    [Fact]
    public async Task EndWaiver_OfAnotherVisitsWaiverOrOfNone_IsNotFound()
    {
        var (acts, visit) = await CheckInAsync();
        var other = await acts.CheckInAsync();
        var waiver = (await acts.WaiveAsync(other, "40.00")).Value;

        foreach (var entry in new[] { waiver, (await acts.BillAsync(visit)).Lines[0].Id, Guid.CreateVersion7() })
        {
            Assert.Equal(ErrorKind.NotFound, (await acts.EndWaiverAsync(visit, entry)).Error?.Kind);
        }

        Assert.Equal(4000, (await acts.BillAsync(other)).Waived.Cents);
    }

    [Fact]
    public async Task Refund_OfMoreThanIsLeftOfThePayment_IsRefused()
    {
        var (acts, visit) = await CheckInAsync();
        var (first, second) = ((await acts.PayAsync(visit, "25.00")).Value, (await acts.PayAsync(visit, "15.00")).Value);
        Assert.True((await acts.RefundAsync(visit, first, "10.00")).IsSuccess);

        var refused = await acts.RefundAsync(visit, first, "15.01");

        BillingFixtureActs.AssertBeside("Amount", "No more than {0} of this payment is left to give back.", refused);
        Assert.Equal(new Money(1500, "USD"), Assert.Single(refused.Error!.Fields[0].Message.Args));
        Assert.True((await acts.RefundAsync(visit, first, "15.00")).IsSuccess);
        Assert.Equal(ErrorKind.Invalid, (await acts.RefundAsync(visit, first, "0.01")).Error?.Kind);
        Assert.True((await acts.RefundAsync(visit, second, "15.00")).IsSuccess);
        var bill = await acts.BillAsync(visit);
        Assert.Equal((0L, BillingFixtureActs.FeeCents), (bill.Paid.Cents, bill.Open.Cents));
    }

    [Fact]
    public async Task Refund_OfAnotherVisitsPaymentOrOfNone_IsNotFound()
    {
        var (acts, visit) = await CheckInAsync();
        var other = await acts.CheckInAsync();
        var payment = (await acts.PayAsync(other, BillingFixtureActs.Fee)).Value;
        var charge = (await acts.BillAsync(visit)).Lines[0].Id;

        foreach (var entry in new[] { payment, charge, Guid.CreateVersion7() })
        {
            Assert.Equal(ErrorKind.NotFound, (await acts.RefundAsync(visit, entry, "1.00")).Error?.Kind);
        }

        Assert.Equal(ErrorKind.NotFound,
            (await acts.RefundAsync(visit with { VisitId = other.VisitId }, payment, "1.00")).Error?.Kind);
        Assert.Equal(BillingFixtureActs.FeeCents, (await acts.BillAsync(other)).Paid.Cents);
    }

    [Fact]
    public async Task ReverseCharge_Twice_IsAConflict()
    {
        var (acts, visit) = await CheckInAsync();
        var charge = (await acts.BillAsync(visit)).Lines[0].Id;
        Assert.True((await acts.ReverseAsync(visit, charge)).IsSuccess);

        Assert.Equal(ErrorKind.Conflict, (await acts.ReverseAsync(visit, charge)).Error?.Kind);

        Assert.Equal(0, (await acts.BillAsync(visit)).Open.Cents);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public async Task ReverseRefundAndWaive_WithoutAReason_AskForOne(string reason)
    {
        var (acts, visit) = await CheckInAsync();
        var payment = (await acts.PayAsync(visit, "10.00")).Value;
        var charge = (await acts.BillAsync(visit)).Lines[0].Id;

        BillingFixtureActs.AssertBeside("Reason", "Say why.", await acts.ReverseAsync(visit, charge, reason: reason));
        BillingFixtureActs.AssertBeside("Reason", "Say why.", await acts.RefundAsync(visit, payment, "1.00", reason: reason));
        BillingFixtureActs.AssertBeside("Reason", "Say why.", await acts.WaiveAsync(visit, "1.00", reason: reason));
    }

    [Fact]
    [Trait("Requirement", "B-14")]
    public async Task TakePayment_ArrivingTwice_IsOnePaymentAndAnswersTheSame()
    {
        var (acts, visit) = await CheckInAsync();
        var desk = visit.Desk.Doing(CommandId.New());

        var (first, second) = (await acts.PayAsync(visit, "10.00", desk), await acts.PayAsync(visit, "10.00", desk));

        Assert.Equal(first.Value, second.Value);
        Assert.Equal(1000, (await acts.BillAsync(visit)).Paid.Cents);
        Assert.Equal(ErrorKind.Conflict, (await acts.PayAsync(visit, "11.00", desk)).Error?.Kind);
    }

    private async Task<(BillingFixtureActs Acts, BilledVisit Visit)> CheckInAsync()
    {
        var acts = await BillingFixtureActs.OpenAsync(clinic.Host);
        return (acts, await acts.CheckInAsync());
    }
}
