using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Data;

namespace ClinicBlazor.Domain.Audit;

/// <summary>Puts entries into the transaction of the act they tell of.</summary>
public sealed class AuditTrail(AuditMac mac, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim wake = new(0, 1);

    /// <inheritdoc/>
    public void Dispose() => wake.Dispose();

    /// <summary>Adds the operation's entry, and those of what happened with it, to what <paramref name="db"/> is about to save.</summary>
    internal void Add(ClinicDbContext db, Actor actor, Operation operation, AuditOutcome outcome, DateTimeOffset now)
    {
        Add(db, actor, operation, operation.Act, outcome, now);
        foreach (var (act, itsOutcome) in operation.AlsoHappened)
        {
            Add(db, actor, operation, act, itsOutcome, now);
        }
    }

    /// <summary>Tells the sealer that there is work.</summary>
    internal void Wake()
    {
        try
        {
            wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // The sealer has been told already and will find this entry too.
        }
    }

    /// <summary>Waits until there is something to seal, or until <paramref name="atMost"/> has passed.</summary>
    internal Task WaitAsync(TimeSpan atMost, CancellationToken ct) => wake.WaitAsync(atMost, ct);

    private void Add(ClinicDbContext db, Actor actor, Operation operation, AuditAct act, AuditOutcome outcome, DateTimeOffset now)
    {
        var entry = mac.Sign(new AuditEntry
        {
            Id = time.NewId(),
            At = now,
            AccountId = actor.AccountId ?? operation.AccountId,
            Role = string.Join(", ", actor.Roles.Each()),
            SessionId = actor.SessionId ?? operation.SessionId,
            Act = act,
            Outcome = outcome,
            Level = AuditLevels.Of(act, outcome),
            PatientId = operation.PatientId,
            RecordId = operation.RecordId,
            VisitId = operation.VisitId,
            SubjectId = operation.SubjectId,
            Address = Cut(actor.Client.Address, 64),
            UserAgent = Cut(actor.Client.UserAgent, 256),
        });
        db.AuditEntries.Add(entry);
        db.AuditPending.Add(new AuditPending { EntryId = entry.Id });
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}
