namespace ClinicBlazor.Domain.Audit;

/// <summary>
/// What came of a request, for its entry in the audit trail. The body that carries it out completes what it learns on
/// the way.
/// </summary>
/// <param name="act">What it is called.</param>
internal sealed class AuditTrace(AuditAct act)
{
    private readonly HashSet<Guid> listed = [];
    private readonly List<(Guid SubjectId, AuditAct Act, IReadOnlyList<AuditDetail> Details)> others = [];
    private readonly List<(Guid PatientId, Guid RecordId)> unreadable = [];
    private readonly HashSet<AuditDetail> details = [];
    private readonly Dictionary<AuditAct, IReadOnlyList<AuditDetail>> detailsOf = [];

    /// <summary>What it is called in the audit trail. A body may name it more exactly.</summary>
    public AuditAct Act { get; set; } = act;

    /// <summary>How a carried-out request ended for its person: a wrong password is carried out and failed.</summary>
    public AuditOutcome Outcome { get; set; } = AuditOutcome.Done;

    /// <summary>Whose data.</summary>
    public Guid? PatientId { get; set; }

    /// <summary>Which record.</summary>
    public Guid? RecordId { get; set; }

    /// <summary>Which visit.</summary>
    public Guid? VisitId { get; set; }

    /// <summary>Which document.</summary>
    public Guid? DocumentId { get; set; }

    /// <summary>Which account it was done to.</summary>
    public Guid? SubjectId { get; set; }

    /// <summary>Who did it, where that becomes known only on the way (a sign-in).</summary>
    public Guid? AccountId { get; set; }

    /// <summary>In which session, where the one who did it has none.</summary>
    public Guid? SessionId { get; set; }

    /// <summary>Set by a body whose refusal leaves something that must be kept: a counted failure, an entry of what it told.</summary>
    public bool SaveRefusal { get; set; }

    /// <summary>What the program itself did, in numbers; it stands where the browser of a person is named.</summary>
    public string? Remark { get; set; }

    /// <summary>Set by a body that goes on with what has its entry already: the next second of what somebody is typing.</summary>
    public bool GoesOn { get; set; }

    /// <summary>The patients who stood in a list, other than the one whose data it is.</summary>
    public IReadOnlyCollection<Guid> Listed => [.. listed.Where(id => id != PatientId)];

    /// <summary>Names patients whose names or words are shown in a list: each is found under this entry.</summary>
    public void List(IEnumerable<Guid> patients) => listed.UnionWith(patients);

    /// <summary>Forgets them: the request was refused, and nobody was shown.</summary>
    public void ListNobody() => listed.Clear();

    /// <summary>Says which role, identifier or fields it was about.</summary>
    public void Say(IEnumerable<AuditDetail> what) => details.UnionWith(what);

    /// <summary>Says so of what happened besides.</summary>
    public void SayOf(AuditAct alsoHappened, IEnumerable<AuditDetail> what) => detailsOf[alsoHappened] = [.. what];

    /// <summary>What was said of an act of this request.</summary>
    public IEnumerable<AuditDetail> DetailsOf(AuditAct itsAct) => itsAct == Act ? details : detailsOf.GetValueOrDefault(itsAct, []);

    /// <summary>Further acts that happened in the same transaction.</summary>
    public List<(AuditAct Act, AuditOutcome Outcome)> AlsoHappened { get; } = [];

    /// <summary>What was done to other accounts in the same transaction.</summary>
    public IReadOnlyList<(Guid SubjectId, AuditAct Act, IReadOnlyList<AuditDetail> Details)> Others => others;

    /// <summary>Says that something was done to another account in the same transaction.</summary>
    public void AlsoDoneTo(Guid subjectId, AuditAct act, IEnumerable<AuditDetail> what) => others.Add((subjectId, act, [.. what]));

    /// <summary>The records of a list that did not open.</summary>
    public IReadOnlyList<(Guid PatientId, Guid RecordId)> Unreadable => unreadable;

    /// <summary>Says that records of a list did not open; the others of it were shown.</summary>
    public void DidNotOpen(IEnumerable<(Guid PatientId, Guid RecordId)> records) => unreadable.AddRange(records);

    /// <summary>Forgets what happened besides: nothing of it was saved.</summary>
    public void NothingElseHappened()
    {
        AlsoHappened.Clear();
        others.Clear();
        unreadable.Clear();
    }
}
