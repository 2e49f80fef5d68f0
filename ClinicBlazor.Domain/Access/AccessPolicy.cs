using static ClinicBlazor.Domain.Access.Compartment;
using static ClinicBlazor.Domain.Access.Reach;

namespace ClinicBlazor.Domain.Access;

/// <summary>
/// THE table: which role may do what, for whose data. Pages, services, the database's query filters and the write
/// guard all answer from here and from nowhere else.
/// </summary>
public static class AccessPolicy
{
    /// <summary>One line of the table.</summary>
    /// <param name="Permission">What is asked.</param>
    /// <param name="Compartment">What kind of data it opens.</param>
    /// <param name="Anyone">Reach of somebody who is not signed in.</param>
    /// <param name="Patient">Reach of a patient.</param>
    /// <param name="Doctor">Reach of a doctor.</param>
    /// <param name="Nurse">Reach of a nurse.</param>
    /// <param name="Reception">Reach of the front desk.</param>
    /// <param name="Administrator">Reach of an administrator.</param>
    /// <param name="FreshProof">True when the password or a code must have been given within <see cref="ProofMinutes"/>.</param>
    public sealed record Line(
        Permission Permission, Compartment Compartment, Reach Anyone,
        Reach Patient, Reach Doctor, Reach Nurse, Reach Reception, Reach Administrator, bool FreshProof = false);

    /// <summary>How long a proof of identity is fresh, in minutes.</summary>
    public const int ProofMinutes = 5;

    /// <summary>The table, one line a permission.</summary>
    public static IReadOnlyList<Line> Table { get; } =
    [
        //  permission                        compartment     anyone  patient  doctor    nurse     reception  administrator
        new(Permission.SignIn,                Account,        Self,   Self,    Self,     Self,     Self,      Self),
        new(Permission.OwnAccount,            Account,        None,   Self,    Self,     Self,     Self,      Self),
        new(Permission.PasskeyKeep,           Account,        None,   None,    Self,     Self,     Self,      Self,
            FreshProof: true),
        new(Permission.PatientList,           Demographic,    None,   None,    Assigned, Assigned, Everyone,  Assigned),
        new(Permission.PatientRead,           Demographic,    None,   Self,    Assigned, Assigned, Everyone,  Assigned),
        new(Permission.PatientRegister,       Demographic,    None,   None,    None,     None,     Everyone,  None),
        new(Permission.PatientIdentifierShow, Demographic,    None,   None,    Assigned, None,     Everyone,  None,
            FreshProof: true),
        new(Permission.PatientStatusChange,   Demographic,    None,   None,    None,     None,     Everyone,  None),
        new(Permission.PatientAccountLink,    Demographic,    None,   None,    Team,     Team,     Everyone,  None,
            FreshProof: true),
        new(Permission.PatientAccountConfirm, Demographic,    None,   None,    Team,     Team,     None,      None,
            FreshProof: true),
        new(Permission.CareTeamChange,        Demographic,    None,   None,    Team,     None,     Everyone,  None),
        new(Permission.QueueRead,             Demographic,    None,   None,    Everyone, Everyone, Everyone,  None),
        new(Permission.VisitChange,           Demographic,    None,   None,    Assigned, Assigned, Everyone,  None),
        new(Permission.VisitTriage,           Demographic,    None,   None,    Everyone, Everyone, None,      None),
        new(Permission.VisitCallIn,           Demographic,    None,   None,    Everyone, None,     None,      None),
        new(Permission.VisitUndo,             Demographic,    None,   None,    Everyone, Everyone, Everyone,  None),
        new(Permission.VisitStaffChange,      Demographic,    None,   None,    Team,     Team,     Everyone,  None),
        new(Permission.BillingRead,           Demographic,    None,   None,    Assigned, Assigned, Everyone,  None),
        new(Permission.BillingChange,         Demographic,    None,   None,    None,     None,     Everyone,  None),
        new(Permission.EmergencyMark,         Demographic,    None,   None,    Everyone, Everyone, None,      None),
        new(Permission.PaymentOverride,       Demographic,    None,   None,    Everyone, None,     None,      None,
            FreshProof: true),
        new(Permission.RecordRead,            Clinical,       None,   Self,    Assigned, Assigned, None,      Assigned),
        new(Permission.RecordDescribe,        Clinical,       None,   Self,    None,     None,     None,      None),
        new(Permission.RecordWriteOnBehalf,   Clinical,       None,   None,    Assigned, None,     None,      None),
        new(Permission.DraftKeep,             Clinical,       None,   Self,    Assigned, None,     None,      None),
        new(Permission.DiagnosisAssign,       Clinical,       None,   None,    Assigned, None,     None,      None),
        new(Permission.RecordSign,            Clinical,       None,   None,    Assigned, None,     None,      None,
            FreshProof: true),
        new(Permission.RecordMarkError,       Clinical,       None,   None,    Assigned, None,     None,      None),
        new(Permission.RecordErrorsRead,      Clinical,       None,   None,    Assigned, Assigned, None,      Assigned),
        new(Permission.DocumentRead,          Clinical,       None,   Self,    Assigned, Assigned, None,      Assigned),
        new(Permission.DocumentAdd,           Clinical,       None,   Self,    Assigned, Assigned, None,      None),
        new(Permission.DocumentMarkError,     Clinical,       None,   None,    Assigned, Assigned, None,      None),
        new(Permission.AccessHistoryRead,     Clinical,       None,   Self,    None,     None,     None,      None),
        new(Permission.AccountList,           Administration, None,   None,    None,     None,     None,      Everyone),
        new(Permission.AccountManage,         Administration, None,   None,    None,     None,     None,      Everyone,
            FreshProof: true),
        new(Permission.AuditRead,             Administration, None,   None,    None,     None,     None,      Everyone),
        new(Permission.PriceListChange,       Administration, None,   None,    None,     None,     None,      Everyone),
        new(Permission.LookReportAnswer,      Administration, None,   None,    None,     None,     None,      Everyone),
        new(Permission.AlertRead,             Administration, None,   None,    None,     None,     None,      Everyone),
        new(Permission.AlertAcknowledge,      Administration, None,   None,    None,     None,     None,      Everyone),
    ];

    private static readonly Dictionary<Permission, Line> Lines = Table.ToDictionary(line => line.Permission);

    /// <summary>Whose data <paramref name="roles"/> reach with <paramref name="permission"/>: what all held roles give together.</summary>
    public static Reach ReachOf(Roles roles, Permission permission)
    {
        var line = Lines[permission];
        var reach = line.Anyone;
        foreach (var role in roles.Each())
        {
            reach |= role switch
            {
                Roles.Patient => line.Patient,
                Roles.Doctor => line.Doctor,
                Roles.Nurse => line.Nurse,
                Roles.Reception => line.Reception,
                Roles.Administrator => line.Administrator,
                _ => None,
            };
        }

        return reach;
    }

    /// <summary>True when <paramref name="roles"/> have the permission for anybody's data at all.</summary>
    public static bool Allows(Roles roles, Permission permission) => ReachOf(roles, permission) != None;

    /// <summary>True when the permission asks for a fresh proof of identity.</summary>
    public static bool NeedsFreshProof(Permission permission) => Lines[permission].FreshProof;

    /// <summary>The kind of data that <paramref name="permission"/> opens.</summary>
    public static Compartment CompartmentOf(Permission permission) => Lines[permission].Compartment;
}
