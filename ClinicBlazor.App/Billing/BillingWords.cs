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
    /// <summary>Whether a visit is cleared, and by what; one that is over is stopped from nothing any more.</summary>
    public static string Of(ClearanceKind kind, bool isOver) => kind switch
    {
        ClearanceKind.Free => "Nothing to pay",
        ClearanceKind.Paid => "Paid",
        ClearanceKind.Waived => "Fee waived",
        ClearanceKind.Approved => "Insurer approved",
        ClearanceKind.Deferred => "Deferred",
        ClearanceKind.Planned => "Payment plan",
        ClearanceKind.Emergency => "Emergency",
        ClearanceKind.Overridden => "Clinical override",
        ClearanceKind.Stopped => isOver ? "Unpaid" : "Stopped",
    };

    /// <summary>The glyph beside it.</summary>
    public static string IconOf(ClearanceKind kind, bool isOver) => kind switch
    {
        ClearanceKind.Free or ClearanceKind.Paid or ClearanceKind.Waived => "check",
        ClearanceKind.Approved => "shield",
        ClearanceKind.Deferred => "clock",
        ClearanceKind.Planned => "calendar",
        ClearanceKind.Emergency => "pulse",
        ClearanceKind.Overridden => "unlock",
        ClearanceKind.Stopped => isOver ? "receipt" : "lock",
    };

    /// <summary>What it means.</summary>
    public static Tone ToneOf(ClearanceKind kind, bool isOver) => kind switch
    {
        ClearanceKind.Free => Tone.Neutral,
        ClearanceKind.Paid or ClearanceKind.Waived or ClearanceKind.Approved => Tone.Ok,
        ClearanceKind.Deferred or ClearanceKind.Planned or ClearanceKind.Emergency or ClearanceKind.Overridden => Tone.Warn,
        ClearanceKind.Stopped => isOver ? Tone.Warn : Tone.Danger,
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
        LedgerKind.Waiver => "Take back",
        LedgerKind.Approval or LedgerKind.Deferral or LedgerKind.Plan or LedgerKind.Emergency => "Withdraw",
        _ => "",
    };

    /// <summary>What whoever takes an entry of a kind back needs: what whoever enters one does.</summary>
    public static Permission NeededFor(LedgerKind kind) =>
        kind == LedgerKind.Emergency ? Permission.EmergencyMark : Permission.BillingChange;

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
        LedgerKind.Waiver => text["Waiver of {0}", Shown(line.Amount)],
        LedgerKind.WaiverEnd => text["{0} of waiver no. {1} taken back", Shown(line.Amount), line.OfNumber!],
        LedgerKind.Approval => text["Insurer pays up to {0}, until {1:d MMM yyyy}", Shown(line.Amount), LastDay(line.EndsAt!.Value, clock)],
        LedgerKind.Deferral => text["Payment put off until {0:d MMM yyyy}", LastDay(line.EndsAt!.Value, clock)],
        LedgerKind.Plan => text["Payment in {0} monthly parts", line.Parts!],
        LedgerKind.Emergency => text["Emergency, treated now and paid later"],
        LedgerKind.Override => text["Went on without clearance"],
        LedgerKind.Withdrawal => text["Withdrawal of no. {0}", line.OfNumber!],
    };

    /// <summary>What an entry adds to the charges; null for what is no charge.</summary>
    public static Money? InCharges(BillLine line) => line.Kind switch
    {
        LedgerKind.Charge => line.Amount,
        LedgerKind.Reversal => Minus(line.Amount),
        _ => null,
    };

    /// <summary>What an entry adds to the money that was taken; null for what is no money.</summary>
    public static Money? InPayments(BillLine line) => line.Kind switch
    {
        LedgerKind.Payment => line.Amount,
        LedgerKind.Refund => Minus(line.Amount),
        _ => null,
    };

    /// <summary>What is open, or is to be given back, in the reader's language.</summary>
    public static string Open(Money open, IStringLocalizer<BillingText> text) =>
        open.Cents < 0 ? text["{0} to give back", Shown(Minus(open))] : Shown(open);

    /// <summary>True when insurers cover what is open, and not all of it.</summary>
    public static bool IsPartlyCovered(Clearance clearance) =>
        !clearance.IsCleared && clearance.Needed.Cents < clearance.Open.Cents;

    /// <summary>What is open as a sentence, with what of it is covered.</summary>
    public static string OpenWords(Clearance clearance, IStringLocalizer<BillingText> text) =>
        clearance.Open.Cents <= 0 ? text["Nothing is open any more."]
        : IsPartlyCovered(clearance) ? text["{0} is open, {1} of it is covered", Shown(clearance.Open),
            Shown(clearance.Open with { Cents = clearance.Open.Cents - clearance.Needed.Cents })]
        : text["{0} is open", Shown(clearance.Open)];

    /// <summary>An amount that lessens another one.</summary>
    public static Money Minus(Money money) => money with { Cents = -money.Cents };

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
}
