namespace ClinicBlazor.Domain.Billing;

/// <summary>What an entry of a visit's ledger is.</summary>
public enum LedgerKind
{
    /// <summary>Something of the price list that the visit costs (FHIR ChargeItem).</summary>
    Charge,

    /// <summary>Takes a charge back, wholly.</summary>
    Reversal,

    /// <summary>Money that was taken.</summary>
    Payment,

    /// <summary>Money of a payment that was given back.</summary>
    Refund,

    /// <summary>What the clinic lets go.</summary>
    Waiver,

    /// <summary>Takes a waiver back, as far as it was made by mistake or is of charges that were taken back.</summary>
    WaiverEnd,

    /// <summary>The insurer pays up to an amount, until a day.</summary>
    Approval,

    /// <summary>What is open is paid later, until a day.</summary>
    Deferral,

    /// <summary>What is open is paid in monthly parts.</summary>
    Plan,

    /// <summary>An emergency: care goes first, whatever is open.</summary>
    Emergency,

    /// <summary>A doctor goes on in spite of what is open, for a reason.</summary>
    Override,

    /// <summary>Takes an approval, a deferral, a plan or an emergency back.</summary>
    Withdrawal,
}

/// <summary>How money was taken.</summary>
public enum PaymentMethod
{
    /// <summary>Coins and notes.</summary>
    Cash,

    /// <summary>A card.</summary>
    Card,

    /// <summary>A bank transfer.</summary>
    Transfer,
}

/// <summary>Why what a visit costs keeps nothing back, or that it does.</summary>
public enum ClearanceKind
{
    /// <summary>Nothing was charged.</summary>
    Free,

    /// <summary>Everything is paid.</summary>
    Paid,

    /// <summary>What was not paid was waived.</summary>
    Waived,

    /// <summary>The insurer has approved what is open.</summary>
    Approved,

    /// <summary>What is open is paid later.</summary>
    Deferred,

    /// <summary>What is open is paid in parts, and none is late.</summary>
    Planned,

    /// <summary>An emergency.</summary>
    Emergency,

    /// <summary>A doctor goes on in spite of it.</summary>
    Overridden,

    /// <summary>Not cleared: acts that need clearance are kept back.</summary>
    Stopped,
}
