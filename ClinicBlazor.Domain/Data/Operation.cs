using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;

namespace ClinicBlazor.Domain.Data;

/// <summary>
/// One thing that somebody wants done: the permission it needs and what the audit trail will say of it. A service
/// opens the database only with one of these, so that nothing is read or written without an entry.
/// </summary>
internal sealed class Operation(Permission permission, AuditAct act)
{
    /// <summary>The permission it needs.</summary>
    public Permission Permission { get; } = permission;

    /// <summary>What it is called in the audit trail. A body may name it more exactly.</summary>
    public AuditAct Act { get; set; } = act;

    /// <summary>How a carried-out operation ended for its person: a wrong password is carried out and failed.</summary>
    public AuditOutcome Outcome { get; set; } = AuditOutcome.Done;

    /// <summary>Every text of the input. Where it is named here it is looked through for attacks; a test holds that none is left out.</summary>
    public IReadOnlyList<Typed> Typed { get; init; } = [];

    /// <summary>Whose data; set from the command, or by the body once it is known.</summary>
    public Guid? PatientId { get; set; }

    /// <summary>Which record.</summary>
    public Guid? RecordId { get; set; }

    /// <summary>Which visit.</summary>
    public Guid? VisitId { get; set; }

    /// <summary>Which account it is done to.</summary>
    public Guid? SubjectId { get; set; }

    /// <summary>Who did it, where that becomes known only on the way (a sign-in).</summary>
    public Guid? AccountId { get; set; }

    /// <summary>In which session, where the one who does it has none: a session that ends by itself.</summary>
    public Guid? SessionId { get; set; }

    /// <summary>Set by a body whose refusal has changed something that must be kept: a counted failure.</summary>
    public bool SaveRefusal { get; set; }

    /// <summary>True for a refusal that is not worth an entry of its own: what was typed was incomplete.</summary>
    public static bool IsSilent(Error error) => error.Kind is ErrorKind.Invalid or ErrorKind.StepUpNeeded;

    /// <summary>Further acts that happened in the same transaction.</summary>
    public List<(AuditAct Act, AuditOutcome Outcome)> AlsoHappened { get; } = [];
}
