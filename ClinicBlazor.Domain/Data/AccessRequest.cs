using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;

namespace ClinicBlazor.Domain.Data;

/// <summary>
/// What somebody asks for: the permission it needs, and whom it concerns. A service opens the database only with one of
/// these, so that nothing is read or written without an entry; <see cref="AuditTrace"/> says what came of it.
/// </summary>
/// <param name="Permission">The permission it needs.</param>
/// <param name="Act">What it is called in the audit trail.</param>
internal sealed record AccessRequest(Permission Permission, AuditAct Act)
{
    /// <summary>How it counts as carried out, unless the body says otherwise.</summary>
    public AuditOutcome Outcome { get; init; } = AuditOutcome.Done;

    /// <summary>What was sent, so that an act which comes twice is known from another one under its name.</summary>
    public object? Sent { get; init; }

    /// <summary>
    /// True for what may come any number of times: it keeps what is being typed, proves who one is, or ends what may
    /// have ended. Everything else that a page changes names its act (<see cref="Actor.Doing"/>) and is done once.
    /// </summary>
    public bool Repeatable { get; init; }

    /// <summary>Whose data.</summary>
    public Guid? PatientId { get; init; }

    /// <summary>Which record.</summary>
    public Guid? RecordId { get; init; }

    /// <summary>Which visit.</summary>
    public Guid? VisitId { get; init; }

    /// <summary>Which document.</summary>
    public Guid? DocumentId { get; init; }

    /// <summary>Which account it is done to.</summary>
    public Guid? SubjectId { get; init; }

    /// <summary>Who asks, where the actor is not signed in (a sign-in).</summary>
    public Guid? AccountId { get; init; }

    /// <summary>In which session, where the one who does it has none: a session that ends by itself.</summary>
    public Guid? SessionId { get; init; }

    /// <summary>Which role, identifier or fields are asked for, as far as that is known before it is looked at.</summary>
    public IReadOnlyList<AuditDetail> Details { get; init; } = [];

    /// <summary>A fresh trace, as far as the request itself is known.</summary>
    public AuditTrace NewTrace()
    {
        var trace = new AuditTrace(Act)
        {
            Outcome = Outcome,
            PatientId = PatientId,
            RecordId = RecordId,
            VisitId = VisitId,
            DocumentId = DocumentId,
            SubjectId = SubjectId,
            AccountId = AccountId,
            SessionId = SessionId,
        };
        trace.Say(Details);
        return trace;
    }

    /// <summary>
    /// What the audit trail says when a sealed value did not open on the way: in a list only the value itself tells
    /// whose it claims to be.
    /// </summary>
    public AuditTrace NewBrokenSealTrace(Guid ownerId)
    {
        var trace = (this with { Act = AuditAct.SealBroken }).NewTrace();
        trace.PatientId ??= AccessPolicy.CompartmentOf(Permission) is Compartment.Clinical or Compartment.Demographic ? ownerId : null;
        return trace;
    }
}
