using ClinicBlazor.Domain.Billing;

namespace ClinicBlazor.Tests.Billing;

/// <summary>What follows from the entries of a ledger: what is open, whether that is cleared, and until when.</summary>
[Trait("Requirement", "S2-09")]
public sealed class LedgerTests
{
    private static readonly DateTimeOffset Start = MadeLedger.Start;

    private readonly MadeLedger ledger = new();

    [Fact]
    public void OpenCents_OfAllKinds_IsTheirRunningSum()
    {
        var charge = ledger.Add(LedgerKind.Charge, 4000);
        var extra = ledger.Add(LedgerKind.Charge, 1500);
        var payment = ledger.Add(LedgerKind.Payment, 3000);
        ledger.Add(LedgerKind.Refund, 500, payment);
        ledger.Add(LedgerKind.Waiver, 1000);
        ledger.Add(LedgerKind.Approval, 9000, endsAt: Start.AddDays(1));
        ledger.Add(LedgerKind.Deferral, 2000, endsAt: Start.AddDays(1));
        ledger.Add(LedgerKind.Plan, 2000, parts: 2);
        ledger.Add(LedgerKind.Emergency);
        ledger.Add(LedgerKind.Reversal, 1500, extra);

        var read = ledger.Read();

        Assert.Equal(500, read.OpenCents);
        Assert.Equal(5500, read.SumOf(LedgerKind.Charge));
        Assert.Equal([charge], read.Charges(Start));
    }

    [Fact]
    public void Entries_InAnyOrder_AreReadByTheirNumber()
    {
        ledger.Add(LedgerKind.Charge, 4000);
        ledger.Add(LedgerKind.Deferral, 4000, endsAt: Start.AddDays(1));
        ledger.Add(LedgerKind.Deferral, 4000, endsAt: Start.AddDays(2));
        ledger.Reverse();

        Assert.Equal([1, 2, 3], ledger.Read().Entries.Select(entry => entry.Number));
        ledger.AssertAt(Start, ClearanceKind.Deferred, Start.AddDays(2));
    }

    [Fact]
    public void Clearance_OfACharge_StopsUntilItIsTakenBack()
    {
        ledger.AssertAt(Start, ClearanceKind.Free);

        var charge = ledger.Add(LedgerKind.Charge, 4000);
        ledger.AssertAt(Start, ClearanceKind.Stopped);

        ledger.Add(LedgerKind.Reversal, 4000, charge);
        ledger.AssertAt(Start, ClearanceKind.Free);
    }

    [Fact]
    public void Clearance_OfAPayment_IsPaidWhenNothingIsOpenAndStopsAfterARefund()
    {
        ledger.Add(LedgerKind.Charge, 4000);
        ledger.Add(LedgerKind.Payment, 3999);
        ledger.AssertAt(Start, ClearanceKind.Stopped);

        var payment = ledger.Add(LedgerKind.Payment, 1);
        ledger.AssertAt(Start, ClearanceKind.Paid);

        ledger.Add(LedgerKind.Refund, 1, payment);
        ledger.AssertAt(Start, ClearanceKind.Stopped);
    }

    [Fact]
    public void Clearance_OfAChargeThatWasPaidAndTakenBack_KeepsNothingBackAndOwesIt()
    {
        var charge = ledger.Add(LedgerKind.Charge, 4000);
        ledger.Add(LedgerKind.Payment, 4000);
        ledger.Add(LedgerKind.Reversal, 4000, charge);

        ledger.AssertAt(Start, ClearanceKind.Free);
        Assert.Equal(-4000, ledger.Read().ClearanceAt(Start).Open.Cents);
    }

    [Fact]
    public void Clearance_OfAWaiver_IsWaivedWhenNothingWasPaid()
    {
        ledger.Add(LedgerKind.Charge, 4000);
        ledger.Add(LedgerKind.Waiver, 4000);
        ledger.AssertAt(Start, ClearanceKind.Waived);

        ledger.Add(LedgerKind.Charge, 1000);
        ledger.AssertAt(Start, ClearanceKind.Stopped);

        ledger.Add(LedgerKind.Payment, 1000);
        ledger.AssertAt(Start, ClearanceKind.Paid);
    }

    [Fact]
    public void Clearance_ByAnApproval_LastsUntilItsEndAndNotAtIt()
    {
        ledger.Add(LedgerKind.Charge, 4000);
        ledger.Add(LedgerKind.Approval, 4000, endsAt: Start.AddDays(10));

        ledger.AssertAt(Start, ClearanceKind.Approved, Start.AddDays(10));
        ledger.AssertAt(Start.AddDays(10).AddTicks(-1), ClearanceKind.Approved, Start.AddDays(10));
        ledger.AssertAt(Start.AddDays(10), ClearanceKind.Stopped);
    }

    [Fact]
    public void Clearance_ByAnApprovalThatIsTooSmallOrWithdrawn_Stops()
    {
        ledger.Add(LedgerKind.Charge, 4000);
        ledger.Add(LedgerKind.Approval, 3999, endsAt: Start.AddDays(10));
        ledger.AssertAt(Start, ClearanceKind.Stopped);

        var approval = ledger.Add(LedgerKind.Approval, 4000, endsAt: Start.AddDays(10));
        ledger.AssertAt(Start, ClearanceKind.Approved, Start.AddDays(10));

        ledger.Add(LedgerKind.ApprovalEnd, of: approval);
        ledger.AssertAt(Start, ClearanceKind.Stopped);
    }

    [Fact]
    public void Clearance_ByTwoApprovalsTogether_LastsUntilTheFirstOfThoseThatAreNeededEnds()
    {
        ledger.Add(LedgerKind.Charge, 4000);
        ledger.Add(LedgerKind.Approval, 3000, endsAt: Start.AddDays(10));
        ledger.Add(LedgerKind.Approval, 500, endsAt: Start.AddDays(2));
        ledger.AssertAt(Start, ClearanceKind.Stopped);

        ledger.Add(LedgerKind.Approval, 1000, endsAt: Start.AddDays(5));
        ledger.AssertAt(Start, ClearanceKind.Approved, Start.AddDays(5));
        ledger.AssertAt(Start.AddDays(3), ClearanceKind.Approved, Start.AddDays(5));
        ledger.AssertAt(Start.AddDays(5), ClearanceKind.Stopped);
    }

    [Fact]
    public void Clearance_InAnEmergency_ComesBeforeEverythingAndStays()
    {
        ledger.Add(LedgerKind.Charge, 4000);
        ledger.Add(LedgerKind.Override);
        ledger.Add(LedgerKind.Approval, 4000, endsAt: Start.AddDays(1));
        ledger.Add(LedgerKind.Emergency);
        ledger.AssertAt(Start, ClearanceKind.Emergency);

        var payment = ledger.Add(LedgerKind.Payment, 4000);
        ledger.Add(LedgerKind.Refund, 4000, payment);
        ledger.Add(LedgerKind.Charge, 9000);
        ledger.AssertAt(Start.AddYears(1), ClearanceKind.Emergency);
    }

    [Fact]
    public void Clearance_ThatADoctorOverrode_StaysWhateverIsCharged()
    {
        ledger.Add(LedgerKind.Charge, 4000);
        ledger.Add(LedgerKind.Override);
        ledger.AssertAt(Start, ClearanceKind.Overridden);

        ledger.Add(LedgerKind.Charge, 9000);
        ledger.AssertAt(Start.AddYears(1), ClearanceKind.Overridden);

        ledger.Add(LedgerKind.Payment, 13_000);
        ledger.AssertAt(Start, ClearanceKind.Paid);
    }

    [Fact]
    public void LeftOf_AChargeAPaymentAndAnApproval_IsWhatCanStillBeTakenBack()
    {
        var charge = ledger.Add(LedgerKind.Charge, 4000);
        var payment = ledger.Add(LedgerKind.Payment, 4000);
        var approval = ledger.Add(LedgerKind.Approval, 3000, endsAt: Start.AddDays(1));
        var waiver = ledger.Add(LedgerKind.Waiver, 100);
        Assert.Equal([4000L, 4000L, 3000L, 0L], LeftOf(Start, charge, payment, approval, waiver));
        Assert.Equal([4000L, 4000L, 0L, 0L], LeftOf(Start.AddDays(1), charge, payment, approval, waiver));

        ledger.Add(LedgerKind.Refund, 1500, payment);
        ledger.Add(LedgerKind.Refund, 500, payment);
        ledger.Add(LedgerKind.Reversal, 4000, charge);
        ledger.Add(LedgerKind.ApprovalEnd, of: approval);
        Assert.Equal([0L, 2000L, 0L, 0L], LeftOf(Start, charge, payment, approval, waiver));
    }

    private IEnumerable<long> LeftOf(DateTimeOffset now, params LedgerEntry[] of) =>
        of.Select(entry => ledger.Read().LeftOf(entry, now));
}
