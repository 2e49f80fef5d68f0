using ClinicBlazor.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Audit;

/// <summary>Puts entries into the transaction of the act they tell of.</summary>
public sealed class AuditTrail(AuditMac mac, TimeProvider time) : IDisposable
{
    private readonly WakeUp wake = new();

    /// <inheritdoc/>
    public void Dispose() => wake.Dispose();

    /// <summary>Adds the entry of a request, and those of what happened with it, to what <paramref name="db"/> is about to save.</summary>
    internal void Add(DbContext db, Actor actor, AuditTrace trace, AuditOutcome outcome, DateTimeOffset now)
    {
        if (!trace.GoesOn || outcome != AuditOutcome.Done)
        {
            Add(db, actor, trace, trace.Act, outcome, (time.NewId(), now), trace.Listed);
        }

        foreach (var (act, itsOutcome) in trace.AlsoHappened)
        {
            Add(db, actor, trace, act, itsOutcome, (time.NewId(), now), []);
        }

        foreach (var (subjectId, act, details) in trace.Others)
        {
            var other = new AuditTrace(act) { SubjectId = subjectId, AccountId = trace.AccountId, SessionId = trace.SessionId };
            other.Say(details);
            Add(db, actor, other, act, AuditOutcome.Done, (time.NewId(), now), []);
        }

        foreach (var (patientId, recordId) in trace.Unreadable)
        {
            var broken = new AuditTrace(AuditAct.SealBroken) { PatientId = patientId, RecordId = recordId };
            Add(db, actor, broken, broken.Act, AuditOutcome.Failed, (time.NewId(), now), []);
        }
    }

    /// <summary>
    /// Adds the entry of what somebody is said to have done in a made-up clinic, in its place of the order of time.
    /// </summary>
    internal void AddMadeUp(DbContext db, Roles roles, AuditTrace trace, DateTimeOffset then) =>
        Add(db, Actor.Anonymous(ClientInfo.Local), trace, trace.Act, AuditOutcome.Done, (Guid.CreateVersion7(then), then), [], roles);

    /// <summary>Tells the sealer that there is work.</summary>
    internal void Wake() => wake.Call();

    /// <summary>Waits until there is something to seal, or until <paramref name="atMost"/> has passed.</summary>
    internal Task WaitAsync(TimeSpan atMost, CancellationToken ct) => wake.WaitAsync(atMost, ct);

    private void Add(DbContext db, Actor actor, AuditTrace trace, AuditAct act, AuditOutcome outcome, (Guid Id, DateTimeOffset At) place,
        IReadOnlyCollection<Guid> listed, Roles? roles = null)
    {
        var entry = mac.Sign(new AuditEntry
        {
            Id = place.Id,
            At = place.At,
            AccountId = actor.AccountId ?? trace.AccountId,
            Role = string.Join(", ", (roles ?? actor.Roles).Each()),
            SessionId = actor.SessionId ?? trace.SessionId,
            Act = act,
            Outcome = outcome,
            Level = AuditLevels.Of(act, outcome),
            PatientId = trace.PatientId,
            RecordId = trace.RecordId,
            VisitId = trace.VisitId,
            DocumentId = trace.DocumentId,
            SubjectId = trace.SubjectId,
            Address = Cut(actor.Client.Address, 64),
            UserAgent = Cut(trace.Remark ?? actor.Client.UserAgent, 256),
            Details = AuditDetails.Write(trace.DetailsOf(act)),
        }, listed);
        db.Set<AuditEntry>().Add(entry);
        db.Set<AuditListed>().AddRange(listed.Select(patient => new AuditListed { EntryId = entry.Id, PatientId = patient }));
        db.Set<AuditPending>().Add(new AuditPending { EntryId = entry.Id });
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}
