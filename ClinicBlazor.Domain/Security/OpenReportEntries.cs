using ClinicBlazor.Domain.Audit.Archives;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Security;

/// <summary>Looks that a patient did not recognise stay in the trail until somebody has answered, however long that takes.</summary>
internal sealed class OpenReportEntries : IKeptEntries
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<Guid>> FindAsync(DbContext db, CancellationToken ct) =>
        await db.Set<LookReport>().Where(report => report.AnsweredAt == null).Select(report => report.EntryId).Distinct().ToListAsync(ct);
}
