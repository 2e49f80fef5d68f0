using ClinicBlazor.Domain.Billing;
using CsCheck;

namespace ClinicBlazor.Tests.Billing;

/// <summary>What is open and paid later: put off until a day, or in monthly parts.</summary>
[Trait("Requirement", "S2-09")]
public sealed class LaterPaymentTests
{
    private static readonly DateTimeOffset Start = MadeLedger.Start;

    private readonly MadeLedger ledger = new();

    [Fact]
    public void Clearance_ByADeferral_LastsUntilItsEndAndNotAtIt()
    {
        ledger.Add(LedgerKind.Charge, 4000);
        ledger.Add(LedgerKind.Deferral, 4000, endsAt: Start.AddDays(14));

        ledger.AssertAt(Start, ClearanceKind.Deferred, Start.AddDays(14));
        ledger.AssertAt(Start.AddDays(14).AddTicks(-1), ClearanceKind.Deferred, Start.AddDays(14));
        ledger.AssertAt(Start.AddDays(14), ClearanceKind.Stopped);
    }

    [Fact]
    public void Clearance_ByADeferral_IsNotOfWhatIsChargedLater()
    {
        ledger.Add(LedgerKind.Charge, 4000);
        ledger.Add(LedgerKind.Deferral, 4000, endsAt: Start.AddDays(14));
        ledger.Add(LedgerKind.Charge, 1);
        ledger.AssertAt(Start, ClearanceKind.Stopped);

        ledger.Add(LedgerKind.Payment, 1);
        ledger.AssertAt(Start, ClearanceKind.Deferred, Start.AddDays(14));

        ledger.Add(LedgerKind.Charge, 500);
        ledger.Add(LedgerKind.Deferral, 4500, endsAt: Start.AddDays(20));
        ledger.AssertAt(Start, ClearanceKind.Deferred, Start.AddDays(20));
    }

    [Fact]
    public void Clearance_ByADeferral_IsNotOfWhatIsRefundedLater()
    {
        ledger.Add(LedgerKind.Charge, 4000);
        var payment = ledger.Add(LedgerKind.Payment, 1000);
        ledger.Add(LedgerKind.Deferral, 3000, endsAt: Start.AddDays(14));
        ledger.AssertAt(Start, ClearanceKind.Deferred, Start.AddDays(14));

        ledger.Add(LedgerKind.Refund, 1, payment);
        ledger.AssertAt(Start, ClearanceKind.Stopped);
    }

    [Theory]
    [InlineData(LedgerKind.Deferral)]
    [InlineData(LedgerKind.Plan)]
    public void Clearance_OfWhatWasPutOffAndThenPaidAndRefunded_IsOfTheLeastThatWasOpenSince(LedgerKind kind)
    {
        ledger.Add(LedgerKind.Charge, 4000);
        PutOff(kind);
        var payment = ledger.Add(LedgerKind.Payment, 1000);
        Assert.True(ledger.ClearanceAt(Start).IsCleared);

        ledger.Add(LedgerKind.Refund, 1000, payment);
        ledger.AssertAt(Start, ClearanceKind.Stopped, needed: 1000);

        var rest = ledger.Add(LedgerKind.Payment, 4000);
        ledger.Add(LedgerKind.Refund, 4000, rest);
        ledger.AssertAt(Start, ClearanceKind.Stopped, needed: 4000);

        PutOff(kind);
        Assert.True(ledger.ClearanceAt(Start).IsCleared);
    }

    [Theory]
    [InlineData(LedgerKind.Deferral)]
    [InlineData(LedgerKind.Plan)]
    public void Clearance_OfWhatWasPutOffTwice_IsByTheFirstAgainOnceTheSecondIsWithdrawn(LedgerKind kind)
    {
        ledger.Add(LedgerKind.Charge, 4000);
        var first = PutOff(kind);
        var clearance = ledger.ClearanceAt(Start);
        var second = PutOff(kind, later: true);
        Assert.NotEqual(clearance, ledger.ClearanceAt(Start));

        ledger.Add(LedgerKind.Withdrawal, of: second);
        Assert.Equal(clearance, ledger.ClearanceAt(Start));

        ledger.Add(LedgerKind.Withdrawal, of: first);
        ledger.AssertAt(Start, ClearanceKind.Stopped, needed: 4000);
        Assert.Empty(ledger.Read().Parts(Start));
    }

    [Fact]
    public void Parts_OfAPlan_AreMonthlyAndAddUp()
    {
        ledger.Add(LedgerKind.Charge, 4000);
        ledger.Add(LedgerKind.Plan, 4000, parts: 3);

        var parts = ledger.Read().Parts(Start);

        Assert.Equal([1334L, 1333L, 1333L], parts.Select(part => part.Amount.Cents));
        Assert.Equal([Day(4, 3), Day(5, 3), Day(6, 3)], parts.Select(part => part.DueAt));
    }

    [Fact]
    public void Parts_OfAPlanOfTheLastOfAMonth_EndWithTheLastOfShorterMonths()
    {
        ledger.Add(LedgerKind.Charge, 4000);
        ledger.Add(LedgerKind.Plan, 4000, parts: 3, at: Day(1, 31));

        Assert.Equal([Day(3, 1), Day(4, 1), Day(5, 1)], ledger.Read().Parts(Start).Select(part => part.DueAt));
    }

    [Fact]
    public void Parts_OfAPlan_AreDueByTheCalendarWhereTheClinicIs()
    {
        ledger.Clock.SetLocalTimeZone(TimeZoneInfo.FindSystemTimeZoneById("America/New_York"));
        ledger.Add(LedgerKind.Charge, 4000);
        ledger.Add(LedgerKind.Plan, 4000, parts: 2, at: Day(3, 2).AddHours(2));

        Assert.Equal([Day(4, 2).AddHours(4), Day(5, 2).AddHours(4)], ledger.Read().Parts(Start).Select(part => part.DueAt));
    }

    [Fact]
    public void Parts_WithoutAPlan_AreNone()
    {
        ledger.Add(LedgerKind.Charge, 4000);

        Assert.Empty(ledger.Read().Parts(Start));
    }

    [Fact]
    public void Clearance_ByAPlan_LastsUntilTheFirstPartIsLate()
    {
        ledger.Add(LedgerKind.Charge, 4000);
        ledger.Add(LedgerKind.Plan, 4000, parts: 4);

        ledger.AssertAt(Start, ClearanceKind.Planned, Day(4, 3));
        ledger.AssertAt(Day(4, 3).AddTicks(-1), ClearanceKind.Planned, Day(4, 3));
        ledger.AssertAt(Day(4, 3), ClearanceKind.Stopped);
    }

    [Fact]
    public void Clearance_ByAPlanWhosePartWasPaid_GoesOnUntilTheNextIsLate()
    {
        ledger.Add(LedgerKind.Charge, 4000);
        ledger.Add(LedgerKind.Plan, 4000, parts: 4);
        ledger.Add(LedgerKind.Payment, 1000);
        ledger.AssertAt(Start, ClearanceKind.Planned, Day(5, 3));
        ledger.AssertAt(Day(4, 3), ClearanceKind.Planned, Day(5, 3));
        ledger.AssertAt(Day(5, 3), ClearanceKind.Stopped);

        ledger.Add(LedgerKind.Payment, 999);
        ledger.AssertAt(Day(5, 3), ClearanceKind.Stopped);

        ledger.Add(LedgerKind.Payment, 1);
        ledger.AssertAt(Day(5, 3), ClearanceKind.Planned, Day(6, 3));

        ledger.Add(LedgerKind.Payment, 2000);
        ledger.AssertAt(Day(5, 3), ClearanceKind.Paid);
    }

    [Fact]
    public void Clearance_ByAPlan_IsNotOfWhatIsRefundedOrChargedLater()
    {
        ledger.Add(LedgerKind.Charge, 4000);
        var payment = ledger.Add(LedgerKind.Payment, 1000);
        ledger.Add(LedgerKind.Plan, 3000, parts: 3);
        ledger.AssertAt(Start, ClearanceKind.Planned, Day(4, 3));

        ledger.Add(LedgerKind.Refund, 1000, payment);
        ledger.AssertAt(Start, ClearanceKind.Stopped);

        ledger.Add(LedgerKind.Payment, 1000);
        ledger.AssertAt(Start, ClearanceKind.Planned, Day(4, 3));

        ledger.Add(LedgerKind.Charge, 1);
        ledger.AssertAt(Start, ClearanceKind.Stopped);
    }

    [Fact]
    public void Clearance_AfterASecondPlan_IsByThatOne()
    {
        ledger.Add(LedgerKind.Charge, 4000);
        ledger.Add(LedgerKind.Plan, 4000, parts: 2);
        ledger.AssertAt(Day(4, 3), ClearanceKind.Stopped);

        ledger.Add(LedgerKind.Plan, 4000, parts: 4, at: Day(4, 3));

        ledger.AssertAt(Day(4, 3), ClearanceKind.Planned, Day(5, 4));
    }

    [Fact]
    public void Until_OfAnyClearance_IsTheMomentAtWhichThatClearanceEnds() =>
        Gen.Select(Gen.Select(Gen.Long[1, 6000], Gen.Int[1, 60]).Array[0, 3], Gen.Int[0, 60], Gen.Int[2, 12]).Sample(
            (approvals, days, parts) =>
            {
                var made = new MadeLedger();
                made.Add(LedgerKind.Charge, 5000);
                foreach (var (cents, lasts) in approvals)
                {
                    made.Add(LedgerKind.Approval, cents, endsAt: Start.AddDays(lasts));
                }

                made.Add(LedgerKind.Deferral, 5000, endsAt: Start.AddDays(days));
                made.Add(LedgerKind.Plan, 5000, parts: parts);

                var clearance = made.ClearanceAt(Start);
                while (clearance.Until is { } until)
                {
                    Assert.Equal(clearance, made.ClearanceAt(until.AddTicks(-1)));
                    Assert.NotEqual(clearance.Kind, made.ClearanceAt(until).Kind);
                    clearance = made.ClearanceAt(until);
                }

                Assert.Equal(ClearanceKind.Stopped, clearance.Kind);
            });

    [Fact]
    public void Needed_OfAnyVisitThatIsStopped_IsTheLeastPaymentThatClearsIt() =>
        Gen.Select(Gen.Long[1, 6000].Array[0, 2], Gen.Long[1, 3000], Gen.Int[0, 90]).Sample(
            (approvals, further, days) =>
            {
                var now = Start.AddDays(days);
                var needed = Made(0).ClearanceAt(now).Needed.Cents;
                if (needed == 0)
                {
                    Assert.True(Made(0).ClearanceAt(now).IsCleared);
                    return;
                }

                Assert.True(Made(needed).ClearanceAt(now).IsCleared);
                Assert.Equal(1, Made(needed - 1).ClearanceAt(now).Needed.Cents);

                MadeLedger Made(long paid)
                {
                    var made = new MadeLedger();
                    made.Add(LedgerKind.Charge, 5000);
                    made.Add(LedgerKind.Deferral, 5000, endsAt: Start.AddDays(20));
                    made.Add(LedgerKind.Plan, 5000, parts: 3);
                    Array.ForEach(approvals, cents => made.Add(LedgerKind.Approval, cents, endsAt: Start.AddDays(40)));
                    made.Add(LedgerKind.Charge, further);
                    made.Add(LedgerKind.Payment, paid);
                    return made;
                }
            });

    // The later one ends otherwise.
    private LedgerEntry PutOff(LedgerKind kind, bool later = false)
    {
        var open = ledger.Read().OpenCents;
        return kind == LedgerKind.Plan ? ledger.Add(kind, open, parts: 2, at: later ? Start.AddDays(1) : null)
            : ledger.Add(kind, open, endsAt: Start.AddDays(later ? 20 : 14));
    }

    private static DateTimeOffset Day(int month, int day) => new(2026, month, day, 0, 0, 0, TimeSpan.Zero);
}
