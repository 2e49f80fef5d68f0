namespace ClinicBlazor.Domain.Billing;

/// <summary>Whether a visit is cleared; derived from its ledger each time, and stored nowhere.</summary>
/// <param name="Kind">Why it is, or that it is not.</param>
/// <param name="Open">What is open; negative when money is owed back.</param>
/// <param name="Needed">The least payment that clears it, beside what insurers have approved; zero while it is cleared.</param>
/// <param name="Until">When the clearance ends by itself; null for one that does not.</param>
public sealed record Clearance(ClearanceKind Kind, Money Open, Money Needed, DateTimeOffset? Until = null)
{
    /// <summary>True when nothing is kept back.</summary>
    public bool IsCleared => Kind != ClearanceKind.Stopped;
}

/// <summary>One part of a plan.</summary>
/// <param name="Amount">How much.</param>
/// <param name="DueAt">Until when; it is late from then on.</param>
public sealed record PlanPart(Money Amount, DateTimeOffset DueAt);

/// <summary>An entry of a ledger.</summary>
/// <param name="Id">Id.</param>
/// <param name="Number">Place in the ledger, from 1.</param>
/// <param name="Kind">What it is.</param>
/// <param name="At">When it was entered.</param>
/// <param name="By">Name of who entered it; null for the program itself.</param>
/// <param name="Amount">How much; zero for what is no amount.</param>
/// <param name="OpenAfter">What was open from then on.</param>
/// <param name="Name">What was charged, as the price list called it then.</param>
/// <param name="OfNumber">Number of the entry that it takes back, wholly or in part.</param>
/// <param name="Method">How money was taken.</param>
/// <param name="Reference">Number of the insurer's approval, or of a card's or transfer's receipt.</param>
/// <param name="Reason">Why, where somebody had to say so.</param>
/// <param name="EndsAt">Until when it holds.</param>
/// <param name="Parts">In how many parts.</param>
/// <param name="Left">What of it can still be taken back: of a charge, a payment, a waiver; zero for the others.</param>
/// <param name="Stands">True while it can be taken back, by whoever enters such a thing.</param>
public sealed record BillLine(
    Guid Id, int Number, LedgerKind Kind, DateTimeOffset At, string? By, Money Amount, Money OpenAfter, string? Name, int? OfNumber,
    PaymentMethod? Method, string? Reference, string? Reason, DateTimeOffset? EndsAt, int? Parts, Money Left,
    bool Stands);

/// <summary>What a visit costs, and what was paid.</summary>
/// <param name="VisitId">The visit.</param>
/// <param name="PatientId">Whose.</param>
/// <param name="InvoiceNumber">Number of the invoice; null while nothing was ever entered.</param>
/// <param name="Clearance">Whether the visit is cleared.</param>
/// <param name="Charged">All charges that were not reversed.</param>
/// <param name="Paid">All payments without what was given back.</param>
/// <param name="Waived">What was waived and is still.</param>
/// <param name="Lines">The ledger, oldest first.</param>
/// <param name="Plan">Parts of the plan that is in force; empty without one.</param>
public sealed record Bill(
    Guid VisitId, Guid PatientId, int? InvoiceNumber, Clearance Clearance, Money Charged, Money Paid, Money Waived,
    IReadOnlyList<BillLine> Lines, IReadOnlyList<PlanPart> Plan)
{
    /// <summary>What is open; negative when money is owed back.</summary>
    public Money Open => Clearance.Open;
}

/// <summary>A visit that is not settled.</summary>
/// <param name="VisitId">The visit.</param>
/// <param name="PatientId">Whose.</param>
/// <param name="PatientName">Name of the patient.</param>
/// <param name="PatientNumber">Number of the patient.</param>
/// <param name="InvoiceNumber">Number of the invoice.</param>
/// <param name="OpenedAt">When the invoice was begun.</param>
/// <param name="IsOver">True when the patient has gone: nothing is kept back any more, and what is open is a debt.</param>
/// <param name="Clearance">Whether the visit is cleared, and what is open.</param>
public sealed record OpenBalance(
    Guid VisitId, Guid PatientId, string PatientName, int PatientNumber, int InvoiceNumber, DateTimeOffset OpenedAt, bool IsOver,
    Clearance Clearance);

/// <summary>A line of the price list.</summary>
/// <param name="Id">Id.</param>
/// <param name="Code">The clinic's own code.</param>
/// <param name="Name">What it is called on invoices.</param>
/// <param name="Amount">What it costs.</param>
/// <param name="IsConsultation">True for the fee that every visit is charged at check-in.</param>
public sealed record PriceRow(Guid Id, string Code, string Name, Money Amount, bool IsConsultation);

/// <summary>What is typed to set a price.</summary>
/// <param name="Code">The clinic's own code; a price that has it is replaced.</param>
/// <param name="Name">What it is called on invoices.</param>
/// <param name="Amount">What it costs, as it is typed.</param>
/// <param name="IsConsultation">
/// True for the fee that every visit is charged at check-in; the fee that was it before is no longer charged then.
/// </param>
public sealed record NewPrice(string Code, string Name, string Amount, bool IsConsultation = false);

/// <summary>What is typed when money is taken.</summary>
/// <param name="Amount">How much, as it is typed.</param>
/// <param name="Method">How; null while nothing was chosen.</param>
/// <param name="Reference">Number of the card's or transfer's receipt; may be empty.</param>
/// <param name="Seen">How many entries the ledger had that was seen; another number is refused, and null asks nothing.</param>
public sealed record NewPayment(string Amount, PaymentMethod? Method, string Reference = "", int? Seen = null);

/// <summary>What is typed to write down an insurer's approval.</summary>
/// <param name="Amount">Up to how much, as it is typed.</param>
/// <param name="Reference">The insurer's number of it.</param>
/// <param name="LastDay">The last day on which it holds, in any form that the page shows days in.</param>
public sealed record NewApproval(string Amount, string Reference, string LastDay);
