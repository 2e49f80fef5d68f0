using System.Collections.Concurrent;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Billing;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Visits;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Billing;

/// <summary>What is kept back until a visit is cleared, what never is, and what the queue says of it.</summary>
[Trait("Requirement", "S2-09")]
public abstract class PaymentGuardTests(ClinicFixture clinic)
{
    private static readonly HashSet<Guid> Nobody = [];

    public sealed class OnSqlite(SqliteClinic clinic) : PaymentGuardTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : PaymentGuardTests(clinic), IClassFixture<PostgresClinic>;

    [Fact]
    public async Task CallIn_OfAVisitThatIsNotCleared_SaysWhyAndChangesNothing()
    {
        var (acts, visit) = await CheckInAsync();
        var doctor = await acts.DoctorAsync();
        var (before, _) = await acts.StoredAsync(visit);

        var refused = await acts.CallInAsync(visit, doctor);

        BillingFixtureActs.AssertBeside("Payment",
            "The consultation waits for clearance: what the visit costs is not paid, approved, waived or put off. An emergency goes first, and a doctor can go on for a reason.",
            refused);
        Assert.Empty(refused.Error!.Fields[0].Message.Args);
        Assert.Equal(VisitStatus.Arrived, await acts.StatusAsync(visit));
        Assert.Equal(before.Version, (await acts.StoredAsync(visit)).Invoice.Version);
        await using var db = await clinic.Host.OpenAsync();
        Assert.False(await db.Set<AccessGrant>().AnyAsync(grant => grant.VisitId == visit.VisitId));
        Assert.Equal(1, await db.Set<VisitEvent>().CountAsync(row => row.VisitId == visit.VisitId));
    }

    [Fact]
    [Trait("Requirement", "S2-13")]
    public async Task CallIn_ThatIsKeptBack_StandsInTheAuditTrail()
    {
        var (acts, visit) = await CheckInAsync();
        var doctor = await acts.DoctorAsync();

        await acts.CallInAsync(visit, doctor);

        await using var db = await clinic.Host.OpenAsync();
        var entry = await db.Set<AuditEntry>().SingleAsync(row => row.VisitId == visit.VisitId && row.Act == AuditAct.VisitCalledIn);
        Assert.Equal((AuditOutcome.Failed, doctor.AccountId, (Guid?)visit.PatientId), (entry.Outcome, entry.AccountId, entry.PatientId));
    }

    [Fact]
    public async Task CallInAndTriage_OfAVisitThatIsForAnotherDoctor_AreDeniedBeforeTheGuardIsAsked()
    {
        var (acts, visit) = await CheckInAsync();
        var (own, other) = (await acts.DoctorAsync(), await acts.DoctorAsync());
        await acts.GiveToAsync(visit, own);

        Assert.Equal(ErrorKind.Denied, (await acts.CallInAsync(visit, other)).Error?.Kind);
        Assert.Equal(ErrorKind.Denied, (await acts.DoAsync(visit, VisitAct.StartTriage, other)).Error?.Kind);
        Assert.Equal(ErrorKind.Invalid, (await acts.CallInAsync(visit, own)).Error?.Kind);
        Assert.True((await acts.DoAsync(visit, VisitAct.StartTriage, await acts.NurseAsync())).IsSuccess);
    }

    [Theory]
    [InlineData(Roles.Nurse)]
    [InlineData(Roles.Doctor)]
    public async Task StartTriage_OfAVisitThatIsNotCleared_IsDone(Roles role)
    {
        var (acts, visit) = await CheckInAsync();

        Assert.True((await acts.DoAsync(visit, VisitAct.StartTriage, await acts.ActorAsync(role))).IsSuccess);

        Assert.Equal(ErrorKind.Invalid, (await acts.CallInAsync(visit, await acts.DoctorAsync())).Error?.Kind);
        Assert.Equal(VisitStatus.Triaged, await acts.StatusAsync(visit));
    }

    [Theory]
    [InlineData(ClearanceKind.Free)]
    [InlineData(ClearanceKind.Paid)]
    [InlineData(ClearanceKind.Waived)]
    [InlineData(ClearanceKind.Approved)]
    [InlineData(ClearanceKind.Deferred)]
    [InlineData(ClearanceKind.Planned)]
    [InlineData(ClearanceKind.Emergency)]
    [InlineData(ClearanceKind.Overridden)]
    public async Task CallIn_OfAVisitThatIsCleared_IsDone(ClearanceKind kind)
    {
        var (acts, visit) = await CheckInAsync();
        await acts.DoAsync(visit, VisitAct.StartTriage, await acts.NurseAsync());

        Assert.True((await acts.ClearAsync(visit, kind)).IsSuccess);

        Assert.Equal(kind, await acts.ClearanceAsync(visit));
        Assert.True((await acts.CallInAsync(visit, await acts.DoctorAsync())).IsSuccess);
        Assert.Equal(VisitStatus.InProgress, await acts.StatusAsync(visit));
    }

    [Fact]
    public async Task CallIn_OfAPatientWhoseApprovalIsOver_StopsAgain()
    {
        var (acts, visit) = await CheckInAsync();
        await acts.ApproveAsync(visit, BillingFixtureActs.Fee, acts.Day(0));
        clinic.Host.Clock.Advance(acts.EndOf(0) - clinic.Host.Clock.GetUtcNow());

        Assert.Equal(ErrorKind.Invalid, (await acts.CallInAsync(visit, await acts.DoctorAsync())).Error?.Kind);
    }

    [Fact]
    public async Task CallIn_AfterARefund_StopsAgainUnlessItCameFirst()
    {
        var (acts, visit) = await CheckInAsync();
        var doctor = await acts.DoctorAsync();
        var first = (await acts.PayAsync(visit, BillingFixtureActs.Fee)).Value;
        await acts.RefundAsync(visit, first, "0.01");
        Assert.Equal(ErrorKind.Invalid, (await acts.CallInAsync(visit, doctor)).Error?.Kind);
        await acts.PayAsync(visit, "0.01");
        Assert.True((await acts.CallInAsync(visit, doctor)).IsSuccess);

        Assert.True((await acts.RefundAsync(visit, first, "39.99")).IsSuccess);

        Assert.Equal(VisitStatus.InProgress, await acts.StatusAsync(visit));
        Assert.True((await acts.DoAsync(visit, VisitAct.Finish, doctor)).IsSuccess);
    }

    [Fact]
    public async Task CallIn_AfterAFurtherCharge_StopsAgain()
    {
        var (acts, visit) = await CheckInAsync();
        await acts.PayAsync(visit, BillingFixtureActs.Fee);
        await acts.ChargeAsync(visit, await acts.SetPriceAsync("LAB", "15.00"));

        Assert.Equal(ErrorKind.Invalid, (await acts.CallInAsync(visit, await acts.DoctorAsync())).Error?.Kind);
    }

    [Fact]
    public async Task CallIn_InAClinicWithoutAFee_IsKeptBackByNothing()
    {
        await using var own = await DomainHost.StartAsync(clinic.Host.Kind);
        var acts = BillingFixtureActs.OpenWithoutFee(own);
        await acts.SetPriceAsync("LAB", "15.00");
        var visit = await acts.CheckInAsync();

        Assert.True((await acts.CallInAsync(visit, await acts.DoctorAsync())).IsSuccess);

        Assert.Null((await acts.BillAsync(visit)).InvoiceNumber);
        await using var db = await own.OpenAsync();
        Assert.False(await db.Set<Invoice>().AnyAsync());
    }

    [Fact]
    public async Task Queue_OfAVisit_SaysWhatIsOpenAndUntilWhenItIsCleared()
    {
        var (acts, visit) = await CheckInAsync();
        await AssertHeldAsync(visit, isHeld: true, new Money(BillingFixtureActs.FeeCents, "USD"), until: null);

        await acts.ApproveAsync(visit, BillingFixtureActs.Fee, acts.Day(3));
        await AssertHeldAsync(visit, isHeld: false, open: null, acts.EndOf(3));

        var payment = (await acts.PayAsync(visit, BillingFixtureActs.Fee)).Value;
        await AssertHeldAsync(visit, isHeld: false, open: null, until: null);

        await acts.CallInAsync(visit, await acts.DoctorAsync());
        await acts.RefundAsync(visit, payment, BillingFixtureActs.Fee);
        await AssertHeldAsync(visit, isHeld: false, open: null, until: null);
    }

    [Theory]
    [Trait("Requirement", "S4-01")]
    [InlineData(Roles.Doctor)]
    [InlineData(Roles.Nurse)]
    public async Task Queue_OfWhoMayNotSeeTheBill_SaysThatTheVisitIsHeldAndNotForWhat(Roles role)
    {
        var (acts, visit) = await CheckInAsync();
        var fee = new Money(BillingFixtureActs.FeeCents, "USD");

        await AssertHeldAsync(visit, isHeld: true, open: null, until: null, await acts.ActorAsync(role));

        await AssertHeldAsync(visit, isHeld: true, fee, until: null, await acts.CareTeamAsync(visit, role));
    }

    [Fact]
    public async Task News_OfMoney_NamesTheVisitOnceItIsSavedAndNotOfWhatWasRefused()
    {
        var (acts, visit) = await CheckInAsync();
        var told = new ConcurrentQueue<IReadOnlySet<Guid>>();
        using (clinic.Host.Get<QueueNews>().Follow(told.Enqueue))
        {
            var payment = (await acts.PayAsync(visit, BillingFixtureActs.Fee)).Value;
            await TestTime.WaitUntilAsync(() => told.Count == 1);
            await acts.PayAsync(visit, "1.00");
            await acts.RefundAsync(visit, payment, "10.00");
            await TestTime.WaitUntilAsync(() => told.Count == 2);
        }

        Assert.Equal(2, told.Count);
        Assert.All(told, visits => Assert.Equal([visit.VisitId], visits));
    }

    private async Task AssertHeldAsync(BilledVisit visit, bool isHeld, Money? open, DateTimeOffset? until, Actor? reader = null)
    {
        var board = (await clinic.Host.Get<QueueService>().ListAsync(reader ?? visit.Desk, Nobody, default)).Value;
        var row = board.Rows.Single(line => line.VisitId == visit.VisitId);
        Assert.Equal((isHeld, open, until), (row.IsHeld, row.Open, row.ClearedUntil));
    }

    private async Task<(BillingFixtureActs Acts, BilledVisit Visit)> CheckInAsync()
    {
        var acts = await BillingFixtureActs.OpenAsync(clinic.Host);
        return (acts, await acts.CheckInAsync());
    }
}
