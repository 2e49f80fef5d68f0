using System.Globalization;
using ClinicBlazor.App.Shared;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Billing;
using ClinicBlazor.Domain.Kernel;
using Microsoft.Extensions.Localization;

namespace ClinicBlazor.App.Billing;

/// <summary>The words and figures of bills, one for each state and each kind of entry; words are the keys of their translations.</summary>
internal static class BillingWords
{
    /// <summary>Whether a visit is cleared, and by what.</summary>
    public static string Of(ClearanceKind kind) => kind switch
    {
        ClearanceKind.Free => "Nothing to pay",
        ClearanceKind.Paid => "Paid",
        ClearanceKind.Waived => "Waived",
        ClearanceKind.Approved => "Insurer approved",
        ClearanceKind.Deferred => "Paid later",
        ClearanceKind.Planned => "Paid in parts",
        ClearanceKind.Emergency => "Emergency",
        ClearanceKind.Overridden => "A doctor went on without it",
        ClearanceKind.Stopped => "Stopped",
    };

    /// <summary>The glyph beside it.</summary>
    public static string IconOf(ClearanceKind kind) => kind switch
    {
        ClearanceKind.Free or ClearanceKind.Paid or ClearanceKind.Waived => "check",
        ClearanceKind.Approved => "shield",
        ClearanceKind.Deferred => "clock",
        ClearanceKind.Planned => "calendar",
        ClearanceKind.Emergency => "pulse",
        ClearanceKind.Overridden => "unlock",
        ClearanceKind.Stopped => "lock",
    };

    /// <summary>What it means.</summary>
    public static Tone ToneOf(ClearanceKind kind) => kind switch
    {
        ClearanceKind.Free => Tone.Neutral,
        ClearanceKind.Paid or ClearanceKind.Waived or ClearanceKind.Approved => Tone.Ok,
        ClearanceKind.Deferred or ClearanceKind.Planned or ClearanceKind.Emergency or ClearanceKind.Overridden => Tone.Warn,
        ClearanceKind.Stopped => Tone.Danger,
    };

    /// <summary>A kind of care.</summary>
    public static string Of(CareAct care) => care switch
    {
        CareAct.CheckIn => "Check-in",
        CareAct.Triage => "Triage",
        CareAct.Emergency => "Emergencies",
        CareAct.Documentation => "Documentation",
        CareAct.Consultation => "Consultation",
        CareAct.Orders => "Orders",
        CareAct.Dispensing => "Dispensing",
    };

    /// <summary>How money is taken.</summary>
    public static string Of(PaymentMethod method) => method switch
    {
        PaymentMethod.Cash => "Cash",
        PaymentMethod.Card => "Card",
        PaymentMethod.Transfer => "Transfer",
    };

    /// <summary>The act that takes an entry of a kind back; empty where there is none.</summary>
    public static string TakesBack(LedgerKind kind) => kind switch
    {
        LedgerKind.Charge => "Reverse",
        LedgerKind.Payment => "Refund",
        LedgerKind.Approval => "Withdraw",
        _ => "",
    };

    /// <summary>Whose a way is that clears a visit, for those who have another part.</summary>
    public static string Whose(Permission permission) => permission switch
    {
        Permission.EmergencyMark => "a doctor or nurse",
        Permission.PaymentOverride => "a doctor",
        _ => "reception",
    };

    /// <summary>What an entry says, in the reader's language.</summary>
    public static string EntryOf(BillLine line, TimeProvider clock, IStringLocalizer<BillingText> text) => line.Kind switch
    {
        LedgerKind.Charge => line.Name ?? "",
        LedgerKind.Reversal => text["Reversal of no. {0}", line.OfNumber!],
        LedgerKind.Payment => text[Taken(line.Method!.Value)],
        LedgerKind.Refund => text["Refund of no. {0}", line.OfNumber!],
        LedgerKind.Waiver => text["Waiver"],
        LedgerKind.Approval => text["Insurer pays up to {0}, until {1:d MMM yyyy}", Shown(line.Amount), LastDay(line.EndsAt!.Value, clock)],
        LedgerKind.ApprovalEnd => text["Approval no. {0} withdrawn", line.OfNumber!],
        LedgerKind.Deferral => text["Payment put off until {0:d MMM yyyy}", LastDay(line.EndsAt!.Value, clock)],
        LedgerKind.Plan => text["Payment in {0} monthly parts", line.Parts!],
        LedgerKind.Emergency => text["Emergency, treated now and paid later"],
        LedgerKind.Override => text["Went on without clearance"],
    };

    /// <summary>What an entry adds to the charges; null for what is no charge.</summary>
    public static Money? InCharges(BillLine line) => line.Kind switch
    {
        LedgerKind.Charge => line.Amount,
        LedgerKind.Reversal => Minus(line.Amount),
        _ => null,
    };

    /// <summary>What an entry takes off the charges: money, or what was let go; null for what does neither.</summary>
    public static Money? InPayments(BillLine line) => line.Kind switch
    {
        LedgerKind.Payment or LedgerKind.Waiver => line.Amount,
        LedgerKind.Refund => Minus(line.Amount),
        _ => null,
    };

    /// <summary>All that was taken off the charges.</summary>
    public static Money Settled(Bill bill) => bill.Paid with { Cents = bill.Paid.Cents + bill.Waived.Cents };

    /// <summary>What is open, or is to be given back, in the reader's language.</summary>
    public static string Open(Money open, IStringLocalizer<BillingText> text) =>
        open.Cents < 0 ? text["{0} to give back", Shown(Minus(open))] : Shown(open);

    /// <summary>An amount with its currency.</summary>
    public static string Shown(Money money) => money.ToString(format: null, CultureInfo.CurrentCulture);

    /// <summary>An amount in a column whose currency stands elsewhere.</summary>
    public static string Figure(Money money) => (money.Cents / 100m).ToString("N2", CultureInfo.CurrentCulture);

    /// <summary>An amount as one types it.</summary>
    public static string Typed(Money money) => (money.Cents / 100m).ToString("0.00", CultureInfo.CurrentCulture);

    /// <summary>The last day of what holds up to a moment.</summary>
    public static DateTimeOffset LastDay(DateTimeOffset end, TimeProvider clock) => clock.Local(end.AddTicks(-1));

    private static string Taken(PaymentMethod method) => method switch
    {
        PaymentMethod.Cash => "Payment in cash",
        PaymentMethod.Card => "Payment by card",
        PaymentMethod.Transfer => "Payment by transfer",
    };

    private static Money Minus(Money money) => money with { Cents = -money.Cents };
}
