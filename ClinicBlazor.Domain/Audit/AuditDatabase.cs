using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Audit;

/// <summary>The database as the sealer needs it; the gate, which knows the audit and is not known here, gives it.</summary>
/// <param name="OpenAsync">Opens a context that sees the whole trail.</param>
/// <param name="WasBeaten">True for a save that failed because another instance was quicker.</param>
internal sealed record AuditDatabase(Func<CancellationToken, ValueTask<DbContext>> OpenAsync, Func<DbUpdateException, bool> WasBeaten);
