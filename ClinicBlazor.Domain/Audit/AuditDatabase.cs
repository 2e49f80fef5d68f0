using ClinicBlazor.Domain.Audit.Archives;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Audit;

/// <summary>
/// The database as the sealer and the archiver need it; the gate, which knows the audit and is not known here, gives it.
/// </summary>
/// <param name="OpenAsync">Opens a context that sees the whole trail.</param>
/// <param name="WasBeaten">True for a save that failed because another instance was quicker.</param>
/// <param name="ArchiveAsync">
/// Saves what a context holds, has the file written, and takes the archived entries away: all of it, or nothing but a file that the
/// next run replaces.
/// </param>
internal sealed record AuditDatabase(
    Func<CancellationToken, ValueTask<DbContext>> OpenAsync, Func<DbUpdateException, bool> WasBeaten,
    Func<DbContext, IReadOnlyList<AuditArchived>, Action, CancellationToken, Task> ArchiveAsync);
