using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Audit.Archives;

/// <summary>Entries that a concept still needs, however old they are; the concept registers it.</summary>
internal interface IKeptEntries
{
    /// <summary>Their ids: few at any time.</summary>
    Task<IReadOnlyList<Guid>> FindAsync(DbContext db, CancellationToken ct);
}
