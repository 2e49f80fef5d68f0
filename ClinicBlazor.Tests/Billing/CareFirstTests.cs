using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Billing;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Visits;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Billing;

/// <summary>Care that goes first: an emergency, and a doctor who goes on for a reason; and who may say so.</summary>
[Trait("Requirement", "S2-09")]
public abstract class CareFirstTests(ClinicFixture clinic)
{
    public sealed class OnSqlite(SqliteClinic clinic) : CareFirstTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : CareFirstTests(clinic), IClassFixture<PostgresClinic>;

    [Theory]
    [InlineData(Roles.Nurse)]
    [InlineData(Roles.Doctor)]
    public async Task MarkEmergency_ByThoseWhoCare_ClearsAndTwiceIsAConflict(Roles role)
    {
        var (acts, visit) = await CheckInAsync();

        Assert.True((await acts.MarkEmergencyAsync(visit, await acts.ActorAsync(role))).IsSuccess);

        Assert.Equal(ClearanceKind.Emergency, await acts.ClearanceAsync(visit));
        Assert.Equal(ErrorKind.Conflict, (await acts.MarkEmergencyAsync(visit, await acts.DoctorAsync())).Error?.Kind);
    }

    [Fact]
    public async Task WithdrawEmergency_ForAReason_StopsAgainAndItCanBeMarkedAnew()
    {
        var (acts, visit) = await CheckInAsync();
        var (nurse, doctor) = (await acts.NurseAsync(), await acts.DoctorAsync());
        var emergency = (await acts.MarkEmergencyAsync(visit, nurse)).Value;
        BillingFixtureActs.AssertBeside("Reason", "Say why.", await acts.WithdrawEmergencyAsync(visit, emergency, doctor, reason: " "));

        Assert.True((await acts.WithdrawEmergencyAsync(visit, emergency, doctor)).IsSuccess);

        Assert.Equal(ClearanceKind.Stopped, await acts.ClearanceAsync(visit));
        Assert.Contains((AuditAct.EmergencyWithdrawn, AuditOutcome.Done), await acts.AuditedAsync(visit));
        Assert.Equal(ErrorKind.Conflict, (await acts.WithdrawEmergencyAsync(visit, emergency, nurse)).Error?.Kind);
        Assert.Equal(ErrorKind.Invalid, (await acts.CallInAsync(visit, doctor)).Error?.Kind);

        Assert.True((await acts.MarkEmergencyAsync(visit, doctor)).IsSuccess);
        Assert.Equal(ClearanceKind.Emergency, await acts.ClearanceAsync(visit));
    }

    [Fact]
    public async Task WithdrawEmergency_OfSomethingElseOrOfAnotherVisit_IsNotFound()
    {
        var (acts, visit) = await CheckInAsync();
        var nurse = await acts.NurseAsync();
        var emergency = (await acts.MarkEmergencyAsync(visit, nurse)).Value;
        var approval = (await acts.ApproveAsync(visit, BillingFixtureActs.Fee, acts.Day(1))).Value;

        Assert.Equal(ErrorKind.NotFound, (await acts.WithdrawEmergencyAsync(visit, approval, nurse)).Error?.Kind);
        Assert.Equal(ErrorKind.NotFound, (await acts.WithdrawEmergencyAsync(await acts.CheckInAsync(), emergency, nurse)).Error?.Kind);
        Assert.Equal(ErrorKind.NotFound, (await acts.WithdrawAsync(visit, emergency)).Error?.Kind);
        Assert.Equal(ClearanceKind.Emergency, await acts.ClearanceAsync(visit));
    }

    [Fact]
    public async Task EmergencyAndOverride_OfAVisitThatIsOver_AreConflicts()
    {
        var (acts, visit) = await CheckInAsync();
        await acts.DoAsync(visit, VisitAct.Finish, visit.Desk);

        Assert.Equal(ErrorKind.Conflict, (await acts.MarkEmergencyAsync(visit, await acts.NurseAsync())).Error?.Kind);
        Assert.Equal(ErrorKind.Conflict, (await acts.OverrideAsync(visit, await acts.DoctorAsync())).Error?.Kind);
    }

    [Fact]
    public async Task Override_NeedsAReasonAndIsAuditedAndTwiceIsAConflict()
    {
        var (acts, visit) = await CheckInAsync();
        var doctor = await acts.CareTeamAsync(visit, Roles.Doctor);
        BillingFixtureActs.AssertBeside("Reason", "Say why.", await acts.OverrideAsync(visit, doctor, reason: " "));

        Assert.True((await acts.OverrideAsync(visit, doctor, reason: "Chest pain.")).IsSuccess);

        var bill = await acts.BillAsync(visit, doctor);
        Assert.Equal((ClearanceKind.Overridden, "Chest pain."), (bill.Clearance.Kind, bill.Lines[^1].Reason));
        Assert.Equal((4000L, 4000L), (bill.Lines[^1].Amount.Cents, bill.Open.Cents));
        await using var db = await clinic.Host.OpenAsync();
        var entry = await db.Set<AuditEntry>()
            .SingleAsync(row => row.VisitId == visit.VisitId && row.Act == AuditAct.PaymentGuardOverridden);
        Assert.Equal((doctor.AccountId, AuditOutcome.Done), (entry.AccountId, entry.Outcome));
        Assert.Equal(ErrorKind.Conflict, (await acts.OverrideAsync(visit, await acts.DoctorAsync())).Error?.Kind);
    }

    [Theory]
    [InlineData(ClearanceKind.Free)]
    [InlineData(ClearanceKind.Paid)]
    [InlineData(ClearanceKind.Approved)]
    [InlineData(ClearanceKind.Deferred)]
    [InlineData(ClearanceKind.Emergency)]
    public async Task Override_OfAVisitThatIsCleared_IsAConflict(ClearanceKind kind)
    {
        var (acts, visit) = await CheckInAsync();
        await acts.ClearAsync(visit, kind);

        Assert.Equal(ErrorKind.Conflict, (await acts.OverrideAsync(visit, await acts.DoctorAsync())).Error?.Kind);

        Assert.Equal(kind, await acts.ClearanceAsync(visit));
    }

    [Fact]
    public async Task Override_OfWhatWasOpenThen_IsNotOfWhatIsChargedLater()
    {
        var (acts, visit) = await CheckInAsync();
        var doctor = await acts.DoctorAsync();
        await acts.OverrideAsync(visit, doctor);
        await acts.ChargeAsync(visit, await acts.SetPriceAsync("LAB", "15.00"));

        var clearance = (await acts.BillAsync(visit)).Clearance;
        Assert.Equal((ClearanceKind.Stopped, 1500L), (clearance.Kind, clearance.Needed.Cents));

        Assert.True((await acts.OverrideAsync(visit, doctor)).IsSuccess);
        Assert.Equal(ClearanceKind.Overridden, await acts.ClearanceAsync(visit));
        Assert.Equal([4000L, 5500L], (await acts.StoredAsync(visit)).Entries
            .Where(entry => entry.Kind == LedgerKind.Override).Select(entry => entry.Cents));
    }

    [Fact]
    public async Task Override_OfAVisitThatIsForAnotherDoctor_IsDenied()
    {
        var (acts, visit) = await CheckInAsync();
        var (own, other) = (await acts.DoctorAsync(), await acts.DoctorAsync());
        await acts.GiveToAsync(visit, own);

        Assert.Equal(ErrorKind.Denied, (await acts.OverrideAsync(visit, other)).Error?.Kind);
        Assert.Equal(ClearanceKind.Stopped, await acts.ClearanceAsync(visit));

        Assert.True((await acts.OverrideAsync(visit, own)).IsSuccess);
        Assert.True((await acts.CallInAsync(visit, own)).IsSuccess);
    }

    [Fact]
    [Trait("Requirement", "B-02")]
    public async Task Override_WithoutAFreshProof_AsksForOne()
    {
        var (acts, visit) = await CheckInAsync();
        var doctor = await acts.DoctorAsync();
        clinic.Host.Clock.Advance(TimeSpan.FromMinutes(AccessPolicy.ProofMinutes) + TimeSpan.FromSeconds(1));

        Assert.Equal(ErrorKind.StepUpNeeded, (await acts.OverrideAsync(visit, doctor)).Error?.Kind);

        Assert.Equal(ClearanceKind.Stopped, await acts.ClearanceAsync(visit));
    }

    [Fact]
    public async Task EveryAct_ByThoseWhoseItIsNot_IsNotFoundAndEntersNothing()
    {
        var (acts, visit) = await CheckInAsync();
        var (nurse, doctor) = (await acts.NurseAsync(), await acts.DoctorAsync());
        Result<Guid>[] refused =
        [
            await acts.OverrideAsync(visit, nurse), await acts.OverrideAsync(visit, visit.Desk),
            await acts.MarkEmergencyAsync(visit, visit.Desk), await acts.PayAsync(visit, "1.00", nurse),
            await acts.PayAsync(visit, "1.00", doctor), await acts.WaiveAsync(visit, "1.00", doctor), await acts.DeferAsync(visit, nurse),
            await acts.PlanAsync(visit, parts: 2, doctor), await acts.ApproveAsync(visit, "40.00", acts.Day(1), doctor),
            await acts.PayAsync(visit, "1.00", await acts.ActorAsync(Roles.Administrator)),
            await acts.EndWaiverAsync(visit, Guid.CreateVersion7(), doctor), await acts.WithdrawAsync(visit, Guid.CreateVersion7(), nurse),
            await acts.WithdrawEmergencyAsync(visit, Guid.CreateVersion7(), visit.Desk),
        ];

        Assert.All(refused, result => Assert.Equal(ErrorKind.NotFound, result.Error?.Kind));
        Assert.Single((await acts.BillAsync(visit)).Lines);
    }

    private async Task<(BillingFixtureActs Acts, BilledVisit Visit)> CheckInAsync()
    {
        var acts = await BillingFixtureActs.OpenAsync(clinic.Host);
        return (acts, await acts.CheckInAsync());
    }
}
