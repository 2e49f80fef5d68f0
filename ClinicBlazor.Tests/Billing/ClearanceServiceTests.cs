using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Billing;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Billing;

/// <summary>What clears a visit without money: an approval, paying later, paying in parts.</summary>
[Trait("Requirement", "S2-09")]
public abstract class ClearanceServiceTests(ClinicFixture clinic)
{
    public sealed class OnSqlite(SqliteClinic clinic) : ClearanceServiceTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : ClearanceServiceTests(clinic), IClassFixture<PostgresClinic>;

    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    [InlineData(366)]
    public async Task Approve_UntilADay_ClearsUntilTheEndOfThatDay(int days)
    {
        var (acts, visit) = await CheckInAsync();
        var end = acts.EndOf(days);

        Assert.True((await acts.ApproveAsync(visit, BillingFixtureActs.Fee, acts.Day(days))).IsSuccess);

        var clearance = (await acts.BillAsync(visit)).Clearance;
        Assert.Equal((ClearanceKind.Approved, (DateTimeOffset?)end), (clearance.Kind, clearance.Until));
        Assert.Equal(BillingFixtureActs.FeeCents, clearance.Open.Cents);
    }

    [Theory]
    [InlineData("", "Give a day, for instance 2026-07-02.")]
    [InlineData("soon", "Give a day, for instance 2026-07-02.")]
    [InlineData("2001-01-01", "Choose today or a later day.")]
    [InlineData("2999-01-01", "Choose a day within the next year.")]
    [InlineData("9999-12-31", "Choose a day within the next year.")]
    public async Task Approve_UntilADayThatIsNone_SaysSoBesideIt(string lastDay, string text)
    {
        var (acts, visit) = await CheckInAsync();

        BillingFixtureActs.AssertBeside("LastDay", text, await acts.ApproveAsync(visit, BillingFixtureActs.Fee, lastDay));

        Assert.Equal(ClearanceKind.Stopped, await acts.ClearanceAsync(visit));
    }

    [Theory]
    [InlineData("40.00", "03/04/2027", "A-1", "LastDay")]
    [InlineData("40.00", "2026-03-01", "A-1", "LastDay")]
    [InlineData("", null, "A-1", "Amount")]
    [InlineData("0.00", null, "A-1", "Amount")]
    [InlineData("1000000.01", null, "A-1", "Amount")]
    [InlineData("40.00", null, " ", "Reference")]
    public async Task Approve_WithSomethingThatIsNone_SaysSoBesideTheField(string amount, string? lastDay, string reference, string field)
    {
        var (acts, visit) = await CheckInAsync();

        var refused = await acts.ApproveAsync(visit, amount, lastDay ?? acts.Day(1), reference: reference);

        Assert.Equal(field, Assert.Single(refused.Error!.Fields).Field);
    }

    [Theory]
    [InlineData("A-1")]
    [InlineData(" a-1 ")]
    public async Task Approve_OfANumberThatStandsAlready_SaysSoBesideItUntilThatOneIsWithdrawn(string reference)
    {
        var (acts, visit) = await CheckInAsync();
        var approval = (await acts.ApproveAsync(visit, "20.00", acts.Day(30), reference: "A-1")).Value;

        BillingFixtureActs.AssertBeside("Reference", "This approval stands in the ledger already.",
            await acts.ApproveAsync(visit, "20.00", acts.Day(30), reference: reference));
        Assert.Equal(ClearanceKind.Stopped, await acts.ClearanceAsync(visit));

        Assert.True((await acts.ApproveAsync(visit, "5.00", acts.Day(30), reference: "A-2")).IsSuccess);
        Assert.True((await acts.ApproveAsync(await acts.CheckInAsync(), "20.00", acts.Day(30), reference: reference)).IsSuccess);
        Assert.True((await acts.WithdrawAsync(visit, approval)).IsSuccess);
        Assert.True((await acts.ApproveAsync(visit, "35.00", acts.Day(30), reference: reference)).IsSuccess);
        Assert.Equal(ClearanceKind.Approved, await acts.ClearanceAsync(visit));
    }

    [Fact]
    public async Task Approve_OfANumberWhoseTimeIsOver_IsTaken()
    {
        var (acts, visit) = await CheckInAsync();
        await acts.ApproveAsync(visit, BillingFixtureActs.Fee, acts.Day(0));
        clinic.Host.Clock.Advance(TimeSpan.FromDays(1));

        Assert.True((await acts.ApproveAsync(visit, BillingFixtureActs.Fee, acts.Day(3))).IsSuccess);
    }

    [Theory]
    [InlineData(ClearanceKind.Approved)]
    [InlineData(ClearanceKind.Deferred)]
    [InlineData(ClearanceKind.Planned)]
    public async Task Withdraw_OfWhatClearsAVisit_StopsItAgainAndTwiceIsAConflict(ClearanceKind kind)
    {
        var (acts, visit) = await CheckInAsync();
        var entry = (await acts.ClearAsync(visit, kind)).Value;
        Assert.True((await acts.BillAsync(visit)).Lines.Single(line => line.Id == entry).Stands);
        BillingFixtureActs.AssertBeside("Reason", "Say why.", await acts.WithdrawAsync(visit, entry, reason: " "));

        Assert.True((await acts.WithdrawAsync(visit, entry)).IsSuccess);

        var bill = await acts.BillAsync(visit);
        Assert.Equal((ClearanceKind.Stopped, BillingFixtureActs.FeeCents), (bill.Clearance.Kind, bill.Clearance.Needed.Cents));
        Assert.Equal((LedgerKind.Withdrawal, (int?)2, "Not covered."),
            (bill.Lines[^1].Kind, bill.Lines[^1].OfNumber, bill.Lines[^1].Reason));
        Assert.Empty(bill.Plan);
        Assert.Contains((AuditAct.ClearanceWithdrawn, AuditOutcome.Done), await acts.AuditedAsync(visit));
        Assert.Equal(ErrorKind.Conflict, (await acts.WithdrawAsync(visit, entry)).Error?.Kind);
    }

    [Fact]
    public async Task Withdraw_OfAnApprovalThatIsOverOrOfSomethingElse_IsRefused()
    {
        var (acts, visit) = await CheckInAsync();
        var approval = (await acts.ApproveAsync(visit, BillingFixtureActs.Fee, acts.Day(0))).Value;
        var charge = (await acts.BillAsync(visit)).Lines[0].Id;
        clinic.Host.Clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal(ErrorKind.Conflict, (await acts.WithdrawAsync(visit, approval)).Error?.Kind);
        Assert.Equal(ErrorKind.NotFound, (await acts.WithdrawAsync(visit, charge)).Error?.Kind);
        Assert.Equal(ErrorKind.NotFound, (await acts.WithdrawAsync(await acts.CheckInAsync(), approval)).Error?.Kind);
    }

    [Fact]
    public async Task Defer_OfWhatIsOpen_ClearsForTwoWeeksAndNothingOpenIsRefused()
    {
        var (acts, visit) = await CheckInAsync();
        var end = acts.EndOf(ClearanceService.DeferralDays);

        Assert.True((await acts.DeferAsync(visit)).IsSuccess);

        var clearance = (await acts.BillAsync(visit)).Clearance;
        Assert.Equal((ClearanceKind.Deferred, (DateTimeOffset?)end), (clearance.Kind, clearance.Until));
        await acts.PayAsync(visit, BillingFixtureActs.Fee);
        BillingFixtureActs.AssertBeside("Amount", "Nothing is open any more.", await acts.DeferAsync(visit));
    }

    [Theory]
    [InlineData(ClearanceKind.Deferred)]
    [InlineData(ClearanceKind.Planned)]
    public async Task PutOff_OfWhatIsPaidThenAndRefunded_StopsAgain(ClearanceKind kind)
    {
        var (acts, visit) = await CheckInAsync();
        await acts.ClearAsync(visit, kind);
        var payment = (await acts.PayAsync(visit, BillingFixtureActs.Fee)).Value;

        Assert.True((await acts.RefundAsync(visit, payment, BillingFixtureActs.Fee)).IsSuccess);

        Assert.Equal(ClearanceKind.Stopped, await acts.ClearanceAsync(visit));
        Assert.Equal(ErrorKind.Invalid, (await acts.CallInAsync(visit, await acts.DoctorAsync())).Error?.Kind);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(ClearanceService.MostParts)]
    public async Task Plan_OfWhatIsOpen_IsInPartsThatAddUp(int parts)
    {
        var (acts, visit) = await CheckInAsync();
        await acts.PayAsync(visit, "10.01");

        Assert.True((await acts.PlanAsync(visit, parts)).IsSuccess);

        var bill = await acts.BillAsync(visit);
        Assert.Equal(parts, bill.Plan.Count);
        Assert.Equal(2999, bill.Plan.Sum(part => part.Amount.Cents));
        Assert.Equal((ClearanceKind.Planned, (DateTimeOffset?)bill.Plan[0].DueAt), (bill.Clearance.Kind, bill.Clearance.Until));
        Assert.Equal(bill.Plan.Select(part => part.DueAt).Distinct().Order(), bill.Plan.Select(part => part.DueAt));
    }

    [Theory]
    [InlineData("1.00", -1, "Choose from 2 to {0} parts.")]
    [InlineData("1.00", 1, "Choose from 2 to {0} parts.")]
    [InlineData("1.00", ClearanceService.MostParts + 1, "Choose from 2 to {0} parts.")]
    [InlineData("39.95", 6, "That is too little for so many parts.")]
    [InlineData("40.00", 2, "Nothing is open any more.")]
    public async Task Plan_InPartsThatCannotBe_SaysSoBesideThem(string paid, int parts, string text)
    {
        var (acts, visit) = await CheckInAsync();
        Assert.True((await acts.PayAsync(visit, paid)).IsSuccess);

        BillingFixtureActs.AssertBeside("Parts", text, await acts.PlanAsync(visit, parts));
    }

    private async Task<(BillingFixtureActs Acts, BilledVisit Visit)> CheckInAsync()
    {
        var acts = await BillingFixtureActs.OpenAsync(clinic.Host);
        return (acts, await acts.CheckInAsync());
    }
}
