namespace ClinicBlazor.Domain.Access;

/// <summary>Everything that can be asked of the domain. <see cref="AccessPolicy"/> says who may, and for whose data.</summary>
public enum Permission
{
    /// <summary>Prove who one is; open to anyone.</summary>
    SignIn,

    /// <summary>Look after one's own account: password, second factor, sessions.</summary>
    OwnAccount,

    /// <summary>Keep passkeys for one's own sign-in.</summary>
    PasskeyKeep,

    /// <summary>See and search the list of patients.</summary>
    PatientList,

    /// <summary>See one patient's demographics, identifiers masked.</summary>
    PatientRead,

    /// <summary>Register a patient.</summary>
    PatientRegister,

    /// <summary>See an SSN or TIN in full.</summary>
    PatientIdentifierShow,

    /// <summary>Make a patient inactive or active again.</summary>
    PatientStatusChange,

    /// <summary>Ask that a self-registered account becomes a patient's, whose identity document was seen; take that back.</summary>
    PatientAccountLink,

    /// <summary>Confirm, as a second person, that an account is a patient's own.</summary>
    PatientAccountConfirm,

    /// <summary>Put staff on a patient's care team or end that.</summary>
    CareTeamChange,

    /// <summary>See who is in the clinic and who is expected, by name, without a chart.</summary>
    QueueRead,

    /// <summary>Agree upon a visit, check a patient in, close the visit.</summary>
    VisitChange,

    /// <summary>Start the triage of somebody who has arrived, which opens the chart for the visit.</summary>
    VisitTriage,

    /// <summary>Call somebody in, which opens the chart for the visit.</summary>
    VisitCallIn,

    /// <summary>Take back what one has just done to a visit.</summary>
    VisitUndo,

    /// <summary>Say who takes part in a visit, which opens the chart to them.</summary>
    VisitStaffChange,

    /// <summary>See what a visit costs, and what was paid.</summary>
    BillingRead,

    /// <summary>Charge, take and give back money, waive it, put it off, write down what an insurer approves.</summary>
    BillingChange,

    /// <summary>Say that a visit is an emergency, which waits for no payment.</summary>
    EmergencyMark,

    /// <summary>Go on with a visit in spite of what is open, for a reason.</summary>
    PaymentOverride,

    /// <summary>Read medical records.</summary>
    RecordRead,

    /// <summary>Describe one's own problem.</summary>
    RecordDescribe,

    /// <summary>Write a record on a patient's behalf.</summary>
    RecordWriteOnBehalf,

    /// <summary>Keep drafts of what one is writing about a patient.</summary>
    DraftKeep,

    /// <summary>Assign a diagnosis.</summary>
    DiagnosisAssign,

    /// <summary>Sign a record, which locks it.</summary>
    RecordSign,

    /// <summary>Hide a record that was entered in error, with a reason.</summary>
    RecordMarkError,

    /// <summary>Find again what was entered in error.</summary>
    RecordErrorsRead,

    /// <summary>Read documents: lists, previews and the files themselves.</summary>
    DocumentRead,

    /// <summary>Add a document to a chart, a record or a visit.</summary>
    DocumentAdd,

    /// <summary>Hide a document that was entered in error, with a reason.</summary>
    DocumentMarkError,

    /// <summary>See who looked at one's own record.</summary>
    AccessHistoryRead,

    /// <summary>See the list of accounts.</summary>
    AccountList,

    /// <summary>Invite, unlock, deactivate accounts; change roles; reset second factors.</summary>
    AccountManage,

    /// <summary>Read and verify the audit trail.</summary>
    AuditRead,

    /// <summary>Set and retire the clinic's prices.</summary>
    PriceListChange,

    /// <summary>Answer what patients say of looks that they do not recognise.</summary>
    LookReportAnswer,

    /// <summary>See what the program found in the trail, and in itself, that wants a look.</summary>
    AlertRead,

    /// <summary>Say of an alert what became of it.</summary>
    AlertAcknowledge,
}

/// <summary>Whose data a permission opens. Several may hold at once.</summary>
[Flags]
public enum Reach
{
    /// <summary>Nobody's: the permission is not given.</summary>
    None = 0,

    /// <summary>The person's own.</summary>
    Self = 1,

    /// <summary>Patients assigned to the person now: by the care team or by an open visit.</summary>
    Assigned = 2,

    /// <summary>Every patient.</summary>
    Everyone = 4,

    /// <summary>Patients on whose care team the person is now; taking part in a visit is not enough.</summary>
    Team = 8,
}

/// <summary>What kind of data a permission opens; a lease of the database sees no other.</summary>
public enum Compartment
{
    /// <summary>Accounts and sessions; no patient's data.</summary>
    Account,

    /// <summary>Who a patient is: names, contact, identifiers, care team, visits.</summary>
    Demographic,

    /// <summary>What is wrong with a patient, and the demographics that go with it.</summary>
    Clinical,

    /// <summary>Running the clinic: accounts of others, audit. No patient's data.</summary>
    Administration,
}
