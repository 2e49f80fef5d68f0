using ClinicBlazor.Domain.Data;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Accounts;

/// <summary>What the administrators' accounts of a database are like.</summary>
/// <param name="Administrators">Administrators whose account is in use.</param>
/// <param name="WithoutSecondFactor">Those of them who have no second factor.</param>
public sealed record AccountsState(int Administrators, int WithoutSecondFactor);

/// <summary>Looks at the accounts of a database that is migrated, without changing it. For the command line only.</summary>
public sealed class AccountInspection(ClinicGate gate)
{
    /// <summary>The accounts as they are.</summary>
    public async Task<AccountsState> ReadAsync(CancellationToken ct)
    {
        await using var db = await gate.OpenAccountsAsync(ct);
        var administrators = db.Set<Account>().ActiveAdministrators();
        return new AccountsState(await administrators.CountAsync(ct),
            await administrators.CountAsync(account => !account.TwoFactorEnabled, ct));
    }
}
