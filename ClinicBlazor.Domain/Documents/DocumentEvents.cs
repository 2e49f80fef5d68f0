using ClinicBlazor.Domain.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace ClinicBlazor.Domain.Documents;

/// <summary>
/// Tells open pages that a patient's documents have changed, whoever changed them. It says no more than whose: a page reads again
/// what its person may see.
/// </summary>
public sealed class DocumentEvents
{
    /// <summary>
    /// Called after each change with the id of the patient, on a thread of its own and as nobody: whoever acts does not wait for the
    /// pages of the others.
    /// </summary>
    public event Action<Guid>? Changed;

    internal void Tell(Guid patientId)
    {
        foreach (var follower in Changed?.GetInvocationList() ?? [])
        {
            ThreadPool.UnsafeQueueUserWorkItem(static told => Tell(told.Follower, told.PatientId),
                (Follower: (Action<Guid>)follower, PatientId: patientId), preferLocal: false);
        }
    }

    private static void Tell(Action<Guid> changed, Guid patientId)
    {
        try
        {
            changed(patientId);
        }
        catch (ObjectDisposedException)
        {
            // Its circuit went at this moment.
        }
    }
}

/// <summary>Sees which acts change documents.</summary>
internal sealed class DocumentObserver(DocumentEvents events) : IChangeObserver
{
    /// <inheritdoc/>
    public Action? Observe(ChangeTracker changes)
    {
        var patients = changes.Entries<Document>().Where(entry => entry.State is EntityState.Added or EntityState.Modified)
            .Select(entry => entry.Entity.PatientId).ToHashSet();
        return patients.Count == 0 ? null : () =>
        {
            foreach (var patientId in patients)
            {
                events.Tell(patientId);
            }
        };
    }
}
