using ClinicBlazor.Domain.Audit.Anchors;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Accounts;

/// <summary>A clinic with an account has been started before: none comes into it past the start.</summary>
internal sealed class AccountsInUse : IClinicInUse
{
    /// <inheritdoc/>
    public Task<bool> AnswerAsync(DbContext db, CancellationToken ct) => db.Set<Account>().AnyAsync(ct);
}
