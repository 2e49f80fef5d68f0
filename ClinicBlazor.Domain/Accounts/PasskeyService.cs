using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Input;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Accounts;

/// <summary>A passkey as its owner sees it.</summary>
/// <param name="Id">Id.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="CreatedAt">When it was added.</param>
/// <param name="LastUsedAt">When it was used last.</param>
/// <param name="Data">The credential, which the device is told not to make a second time.</param>
public sealed record OwnPasskey(Guid Id, string Name, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt, PasskeyData Data);

/// <summary>The passkeys of an account, and whose it is.</summary>
/// <param name="Email">Address of the account.</param>
/// <param name="DisplayName">Name of its owner.</param>
/// <param name="Passkeys">The passkeys, the oldest first.</param>
public sealed record OwnPasskeys(string Email, string DisplayName, IReadOnlyList<OwnPasskey> Passkeys)
{
    /// <summary>True when no further one may be added.</summary>
    public bool IsFull => Passkeys.Count >= Passkey.MostPerAccount;
}

/// <summary>What staff do with their own passkeys. Whose they are follows from the actor alone.</summary>
public sealed class PasskeyService(ClinicGate gate, TimeProvider time)
{
    // W3C Web Authentication, section 5.8.4; whatever else a browser says of a device is left out.
    private static readonly string[] KnownTransports = ["usb", "nfc", "ble", "smart-card", "hybrid", "internal"];

    /// <summary>One's own passkeys.</summary>
    public Task<Result<OwnPasskeys>> ListAsync(Actor actor, CancellationToken ct) =>
        RunOnOwnAsync<OwnPasskeys>(actor, AuditAct.OwnAccountRead, async (db, account) =>
        {
            var rows = await db.Set<Passkey>().Where(row => row.AccountId == account.Id).OrderBy(row => row.CreatedAt).ThenBy(row => row.Id)
                .ToListAsync(ct);
            return new OwnPasskeys(
                account.Email!, account.DisplayName,
                rows.ConvertAll(row => new OwnPasskey(row.Id, row.Name, row.CreatedAt, row.LastUsedAt, row.ToData())));
        }, ct);

    /// <summary>Keeps a credential whose registration was verified; the owner is told by mail.</summary>
    public Task<Result<Done>> AddAsync(Actor actor, string name, PasskeyChallenge challenge, PasskeyData passkey, CancellationToken ct) =>
        RunOnOwnAsync<Done>(actor, AuditAct.PasskeyAdded, async (db, account) =>
        {
            var line = InputRules.CleanLine(name);
            var count = await db.Set<Passkey>().CountAsync(row => row.AccountId == account.Id, ct);
            var findings = CheckName(line)
                .Check(count < Passkey.MostPerAccount, "Name",
                    new Message("You have {0} passkeys. Remove one that you no longer use first.", Passkey.MostPerAccount))
                .Check(!await db.Set<Passkey>().AnyAsync(row => row.CredentialId == passkey.CredentialId, ct), "Name",
                    "This device has a passkey already.");
            if (!findings.IsEmpty)
            {
                return findings.Error;
            }

            if (!await TakenChallenge.TryTakeAsync(db, challenge, time.Now(), ct))
            {
                return Error.Conflict;
            }

            account.PasskeysChanged();
            db.Set<Passkey>().Add(new Passkey
            {
                Id = time.NewId(),
                AccountId = account.Id,
                CredentialId = passkey.CredentialId,
                PublicKey = passkey.PublicKey,
                Name = line,
                CreatedAt = time.Now(),
                SignCount = passkey.SignCount,
                Transports = string.Join(',', KnownTransports.Intersect(passkey.Transports)),
                IsUserVerified = passkey.IsUserVerified,
                IsBackupEligible = passkey.IsBackupEligible,
                IsBackedUp = passkey.IsBackedUp,
                AttestationObject = passkey.AttestationObject,
                ClientDataJson = passkey.ClientDataJson,
            });
            return Done.Instance;
        }, ct);

    /// <summary>Calls a passkey something else.</summary>
    public Task<Result<Done>> RenameAsync(Actor actor, Guid passkeyId, string name, CancellationToken ct) =>
        RunOnOwnAsync<Done>(actor, AuditAct.PasskeyRenamed, async (db, account) =>
        {
            if (await FindAsync(db, account, passkeyId, ct) is not { } passkey)
            {
                return Error.NotFound;
            }

            var line = InputRules.CleanLine(name);
            if (CheckName(line) is { IsEmpty: false } findings)
            {
                return findings.Error;
            }

            passkey.Name = line;
            return Done.Instance;
        }, ct);

    /// <summary>Removes a passkey, which then opens nothing any more; the owner is told by mail.</summary>
    public Task<Result<Done>> RemoveAsync(Actor actor, Guid passkeyId, CancellationToken ct) =>
        RunOnOwnAsync<Done>(actor, AuditAct.PasskeyRemoved, async (db, account) =>
        {
            if (await FindAsync(db, account, passkeyId, ct) is not { } passkey)
            {
                return Error.NotFound;
            }

            account.PasskeysChanged();
            db.Set<Passkey>().Remove(passkey);
            return Done.Instance;
        }, ct);

    private static Findings CheckName(string name) => new Findings().Text(name, "Name", Passkey.LongestName, "Give the passkey a name.");

    private static Task<Passkey?> FindAsync(ClinicDbContext db, Account account, Guid passkeyId, CancellationToken ct) =>
        db.Set<Passkey>().AsTracking().SingleOrDefaultAsync(row => row.Id == passkeyId && row.AccountId == account.Id, ct);

    private Task<Result<T>> RunOnOwnAsync<T>(Actor actor, AuditAct act, Func<ClinicDbContext, Account, Task<Result<T>>> body,
        CancellationToken ct) =>
        gate.RunAsync<T>(actor, new AccessRequest(Permission.PasskeyKeep, act) { SubjectId = actor.AccountId }, async db =>
        {
            var account = await db.Set<Account>().AsTracking()
                .SingleOrDefaultAsync(row => row.Id == actor.AccountId && row.Status == AccountStatus.Active, ct);
            return account is null ? Error.Denied : await body(db, account);
        }, ct, retry: true);
}
