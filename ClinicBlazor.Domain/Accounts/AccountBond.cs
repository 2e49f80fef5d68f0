using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;

namespace ClinicBlazor.Domain.Accounts;

/// <summary>What another concept lets an account hold, and ends when the account is switched off.</summary>
public abstract class AccountBond
{
    /// <summary>Ends it in the transaction of the act, and says so in its trace.</summary>
    internal abstract Task EndAsync(ClinicDbContext db, AuditTrace trace, Account account, Guid by, CancellationToken ct);
}
