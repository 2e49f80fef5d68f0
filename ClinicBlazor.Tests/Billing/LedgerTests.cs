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
        var waiver = ledger.Add(LedgerKind.Waiver, 1000);
        ledger.Add(LedgerKind.WaiverEnd, 400, waiver);
        ledger.Add(LedgerKind.Approval, 9000, endsAt: Start.AddDays(1));
        ledger.Add(LedgerKind.Deferral, 2400, endsAt: Start.AddDays(1));
        ledger.Add(LedgerKind.Plan, 2400, parts: 2);
        ledger.Add(LedgerKind.Override, 2400);
        var emergency = ledger.Add(LedgerKind.Emergency);
        ledger.Add(LedgerKind.Withdrawal, of: emergency);
        ledger.Add(LedgerKind.Reversal, 1500, extra);

        var read = ledger.Read();

        Assert.Equal((900L, 4000L, 2500L, 600L), (read.OpenCents, read.ChargedCents, read.PaidCents, read.WaivedCents));
        Assert.Equal([charge], read.Charges);
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

        ledger.Add(LedgerKind.Withdrawal, of: approval);
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
        ledger.Add(LedgerKind.Override, 4000);
        ledger.Add(LedgerKind.Approval, 4000, endsAt: Start.AddDays(1));
        ledger.Add(LedgerKind.Emergency);
        ledger.AssertAt(Start, ClearanceKind.Emergency);

        var payment = ledger.Add(LedgerKind.Payment, 4000);
        ledger.Add(LedgerKind.Refund, 4000, payment);
        ledger.Add(LedgerKind.Charge, 9000);
        ledger.AssertAt(Start.AddYears(1), ClearanceKind.Emergency);
    }

    [Fact]
    public void Clearance_InAnEmergencyThatWasWithdrawn_StopsUntilItIsSaidAgain()
    {
        ledger.Add(LedgerKind.Charge, 4000);
        var emergency = ledger.Add(LedgerKind.Emergency);

        ledger.Add(LedgerKind.Withdrawal, of: emergency);
        ledger.AssertAt(Start, ClearanceKind.Stopped);

        ledger.Add(LedgerKind.Emergency);
        ledger.AssertAt(Start, ClearanceKind.Emergency);
    }

    [Fact]
    public void Clearance_ThatADoctorOverrode_IsOfWhatWasOpenThenAndStayedSo()
    {
        ledger.Add(LedgerKind.Charge, 4000);
        ledger.Add(LedgerKind.Override, 4000);
        ledger.AssertAt(Start.AddYears(1), ClearanceKind.Overridden);

        ledger.Add(LedgerKind.Charge, 9000);
        ledger.AssertAt(Start, ClearanceKind.Stopped, needed: 9000);

        var payment = ledger.Add(LedgerKind.Payment, 9000);
        ledger.AssertAt(Start, ClearanceKind.Overridden);

        ledger.Add(LedgerKind.Payment, 4000);
        ledger.AssertAt(Start, ClearanceKind.Paid);

        ledger.Add(LedgerKind.Refund, 4000, payment);
        ledger.AssertAt(Start, ClearanceKind.Stopped, needed: 4000);

        ledger.Add(LedgerKind.Override, 4000);
        ledger.AssertAt(Start, ClearanceKind.Overridden);
    }

    [Fact]
    public void Needed_BesideWhatInsurersHaveApproved_IsTheRestThatIsOpen()
    {
        ledger.Add(LedgerKind.Charge, 4000);
        ledger.AssertAt(Start, ClearanceKind.Stopped, needed: 4000);

        ledger.Add(LedgerKind.Approval, 2500, endsAt: Start.AddDays(10));
        ledger.Add(LedgerKind.Approval, 500, endsAt: Start.AddDays(2));
        ledger.AssertAt(Start, ClearanceKind.Stopped, needed: 1000);
        ledger.AssertAt(Start.AddDays(2), ClearanceKind.Stopped, needed: 1500);

        ledger.Add(LedgerKind.Payment, 1000);
        ledger.AssertAt(Start, ClearanceKind.Approved, Start.AddDays(2));
    }

    [Fact]
    public void LeftOf_AChargeAPaymentAndAWaiver_IsWhatCanStillBeTakenBack()
    {
        var charge = ledger.Add(LedgerKind.Charge, 4000);
        var payment = ledger.Add(LedgerKind.Payment, 3900);
        var approval = ledger.Add(LedgerKind.Approval, 3000, endsAt: Start.AddDays(1));
        var waiver = ledger.Add(LedgerKind.Waiver, 100);
        Assert.Equal([4000L, 3900L, 0L, 100L], LeftOf(charge, payment, approval, waiver));

        ledger.Add(LedgerKind.Refund, 1500, payment);
        ledger.Add(LedgerKind.Refund, 500, payment);
        ledger.Add(LedgerKind.WaiverEnd, 40, waiver);
        Assert.Equal([4000L, 1900L, 0L, 60L], LeftOf(charge, payment, approval, waiver));

        ledger.Add(LedgerKind.Reversal, 4000, charge);
        ledger.Add(LedgerKind.WaiverEnd, 60, waiver);
        Assert.Equal([0L, 1900L, 0L, 0L], LeftOf(charge, payment, approval, waiver));
    }

    [Fact]
    public void Stands_OfEachEntryThatCanBeTakenBack_IsSoUntilItIsOrEnds()
    {
        var charge = ledger.Add(LedgerKind.Charge, 4000);
        var payment = ledger.Add(LedgerKind.Payment, 1000);
        var waiver = ledger.Add(LedgerKind.Waiver, 1000);
        var approval = ledger.Add(LedgerKind.Approval, 2000, endsAt: Start.AddDays(1));
        var deferral = ledger.Add(LedgerKind.Deferral, 2000, endsAt: Start.AddDays(1));
        var plan = ledger.Add(LedgerKind.Plan, 2000, parts: 2);
        var emergency = ledger.Add(LedgerKind.Emergency);
        var overridden = ledger.Add(LedgerKind.Override, 2000);
        LedgerEntry[] all = [charge, payment, waiver, approval, deferral, plan, emergency, overridden];
        Assert.Equal([charge, payment, waiver, approval, deferral, plan, emergency], StandingAt(Start, all));
        Assert.Equal([charge, payment, waiver, plan, emergency], StandingAt(Start.AddDays(1), all));

        ledger.Add(LedgerKind.Refund, 1000, payment);
        ledger.Add(LedgerKind.WaiverEnd, 1000, waiver);
        ledger.Add(LedgerKind.Reversal, 4000, charge);
        Assert.Equal([approval, deferral, plan, emergency], StandingAt(Start, all));

        foreach (var entry in new[] { approval, deferral, plan, emergency })
        {
            ledger.Add(LedgerKind.Withdrawal, of: entry);
        }

        Assert.Empty(StandingAt(Start, all));
    }

    [Fact]
    public void LinesToReverse_OfWhatWasWaived_EndTheLastWaiversFirstAndNoMoreThanMust()
    {
        var fee = ledger.Add(LedgerKind.Charge, 4000);
        var extra = ledger.Add(LedgerKind.Charge, 1500);
        var first = ledger.Add(LedgerKind.Waiver, 1500);
        var second = ledger.Add(LedgerKind.Waiver, 1000);

        Assert.Equal([(LedgerKind.Reversal, 1500L, extra.Id)], LinesToReverse(extra));
        Assert.Equal([(LedgerKind.Reversal, 4000L, fee.Id), (LedgerKind.WaiverEnd, 1000L, second.Id)], LinesToReverse(fee));
        Assert.Equal(
            [
                (LedgerKind.Reversal, 4000L, fee.Id), (LedgerKind.Reversal, 1500L, extra.Id),
                (LedgerKind.WaiverEnd, 1000L, second.Id), (LedgerKind.WaiverEnd, 1500L, first.Id),
            ],
            LinesToReverse(fee, extra));
    }

    private IEnumerable<long> LeftOf(params LedgerEntry[] of) => of.Select(entry => ledger.Read().LeftOf(entry));

    private IEnumerable<LedgerEntry> StandingAt(DateTimeOffset now, LedgerEntry[] of) =>
        of.Where(entry => ledger.Read().Stands(entry, now));

    private IEnumerable<(LedgerKind Kind, long Cents, Guid OfId)> LinesToReverse(params LedgerEntry[] charges) =>
        ledger.Read().LinesToReverse(charges).Select(line => (line.Kind, line.Cents, line.OfId!.Value));
}
