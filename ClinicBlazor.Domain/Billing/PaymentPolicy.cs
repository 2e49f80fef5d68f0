using ClinicBlazor.Domain.Visits;

namespace ClinicBlazor.Domain.Billing;

/// <summary>A kind of care, as the payment guard tells them apart.</summary>
public enum CareAct
{
    /// <summary>Checking somebody in.</summary>
    CheckIn,

    /// <summary>Triage.</summary>
    Triage,

    /// <summary>Whatever an emergency needs.</summary>
    Emergency,

    /// <summary>Writing down what was found, and signing it: what has happened is always recorded.</summary>
    Documentation,

    /// <summary>Seeing the doctor.</summary>
    Consultation,

    /// <summary>Ordering tests and treatment.</summary>
    Orders,

    /// <summary>Handing out medicines.</summary>
    Dispensing,
}

/// <summary>THE table: which care waits for clearance, and which never does.</summary>
public static class PaymentPolicy
{
    /// <summary>The table, one line a kind of care.</summary>
    public static IReadOnlyList<(CareAct Care, bool NeedsClearance)> Table { get; } =
    [
        (CareAct.CheckIn, false),
        (CareAct.Triage, false),
        (CareAct.Emergency, false),
        (CareAct.Documentation, false),
        (CareAct.Consultation, true),
        (CareAct.Orders, true),
        (CareAct.Dispensing, true),
    ];

    /// <summary>True when this care waits for clearance.</summary>
    public static bool NeedsClearance(CareAct care) => Table.Single(line => line.Care == care).NeedsClearance;

    /// <summary>What kind of care an act on a visit begins; null when it begins none.</summary>
    public static CareAct? Of(VisitAct act) => act switch
    {
        VisitAct.CheckIn => CareAct.CheckIn,
        VisitAct.StartTriage => CareAct.Triage,
        VisitAct.CallIn => CareAct.Consultation,
        _ => null,
    };
}
