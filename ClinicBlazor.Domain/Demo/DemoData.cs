using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Protection;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Demo;

/// <summary>
/// Fills an empty database with a made-up clinic, in one transaction. The web application calls it in Development only
/// and refuses to start elsewhere while a demo account exists.
/// </summary>
public sealed class DemoData(ClinicGate gate, AuditTrail trail, DemoCharts charts, DemoDocuments documents, DemoAlerts alerts,
    AccountManagers managers, FieldProtector protector, TimeProvider time)
{
    /// <summary>Password of every demo account.</summary>
    public const string Password = "Clinic-Demo-2026!";

    /// <summary>Authenticator key of the staff accounts.</summary>
    public const string AuthenticatorKey = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

    /// <summary>Domains of the demo accounts' addresses; reserved by RFC 2606, so never anybody's.</summary>
    public static IReadOnlyList<string> Domains { get; } = ["@clinic.example", "@patient.example"];

    /// <summary>True when the database holds a demo account.</summary>
    public async Task<bool> IsPresentAsync(CancellationToken ct)
    {
        var (staff, patients) = (Account.Normalize(Domains[0]), Account.Normalize(Domains[1]));
        await using var db = await gate.OpenAccountsAsync(ct);
        return await db.Set<Account>()
            .AnyAsync(account => account.NormalizedEmail!.EndsWith(staff) || account.NormalizedEmail.EndsWith(patients), ct);
    }

    /// <summary>Puts the demo clinic in, unless the database holds accounts already. Returns whether it did.</summary>
    public async Task<bool> SeedAsync(CancellationToken ct)
    {
        await using var db = await gate.OpenUnrestrictedAsync(ct);
        if (await db.Set<Account>().AnyAsync(ct))
        {
            return false;
        }

        // One hash for all: they share the password anyway, and hashing is meant to be slow.
        var hash = HashOnce(db);
        var admin = Staff(db, hash, "admin@clinic.example", "Ian Innes", Roles.Administrator);
        charts.Reception = Staff(db, hash, "reception@clinic.example", "Rhea Ross", Roles.Reception);
        var nurse = Staff(db, hash, "nurse@clinic.example", "Nora Nash", Roles.Nurse);
        var adams = Staff(db, hash, "dr.adams@clinic.example", "Dr Ann Adams", Roles.Doctor);
        var baker = Staff(db, hash, "dr.baker@clinic.example", "Dr Ben Baker", Roles.Doctor);

        var alice = charts.AddAlice(db, adams, nurse);
        var bob = charts.AddBob(db, adams, nurse);
        var carol = charts.AddCarol(db, baker);
        Patient(db, hash, "alice@patient.example", "Alice Archer", alice);
        var bobs = Patient(db, hash, "bob@patient.example", "Bob Brook", bob);
        Patient(db, hash, "carol@patient.example", "Carol Cole", carol);
        charts.AddCrowd(db, adams, baker, nurse);
        alerts.Add(db, admin, charts.Reception, nurse, baker);
        await documents.AddLetterAsync(db, adams, alice, ct);
        await documents.AddDiaryAsync(db, bobs, bob, ct);
        await documents.AddPictureAsync(db, nurse, ct);

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.SaveChangesAsync(ct);
        while (await charts.SignNextAsync(db, ct))
        {
            await db.SaveChangesAsync(ct);
        }

        trail.Add(db, Actor.Anonymous(ClientInfo.Local), new AuditTrace(AuditAct.DemoDataSeeded), AuditOutcome.Done, time.Now());
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        trail.Wake();
        return true;
    }

    /// <summary>The present authenticator code of a demo account; null when there is none with a second factor.</summary>
    public async Task<string?> CurrentCodeAsync(string email, CancellationToken ct)
    {
        var normalized = Account.Normalize(email);
        await using var db = await gate.OpenAccountsAsync(ct);
        var account = await db.Set<Account>().SingleOrDefaultAsync(row => row.NormalizedEmail == normalized, ct);
        if (account?.AuthenticatorKey is not { } key)
        {
            return null;
        }

        var secret = protector.Open(key, FieldPlace.Of(account, nameof(Account.AuthenticatorKey)));
        return AuthenticatorCodes.At(secret, time.GetUtcNow());
    }

    private string HashOnce(ClinicDbContext db)
    {
        using var users = managers.Over(db);
        return users.PasswordHasher.HashPassword(new Account(Guid.Empty, "demo@clinic.example", "", Roles.None), Password);
    }

    private Account Staff(ClinicDbContext db, string hash, string email, string name, Roles role)
    {
        var account = Add(db, hash, email, name, role);
        account.BeginEnrolment(protector.Seal(AuthenticatorKey, FieldPlace.Of(account, nameof(Account.AuthenticatorKey))), time.Now());
        account.CompleteEnrolment(step: 0);
        return account;
    }

    private Account Patient(ClinicDbContext db, string hash, string email, string name, Guid patientId)
    {
        var account = Add(db, hash, email, name, Roles.Patient);
        account.LinkTo(patientId);
        charts.SendWaiting(db, patientId, account);
        return account;
    }

    private Account Add(ClinicDbContext db, string hash, string email, string name, Roles role)
    {
        var account = new Account(time.NewId(), email, name, role);
        account.SetPassword(hash);
        account.ConfirmEmail();
        db.Set<Account>().Add(account);
        return account;
    }
}
