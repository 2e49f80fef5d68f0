using System.Globalization;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Protection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace ClinicBlazor.Domain.Accounts.Mail;

/// <summary>
/// Puts mails into the transaction of the act that causes them. What <see cref="MailRules"/> says of an act happens by
/// itself, whoever carries it out.
/// </summary>
public sealed class MailQueue(FieldProtector protector, TimeProvider time) : IChangeObserver, IDisposable
{
    private readonly WakeUp wake = new();

    /// <inheritdoc/>
    Action? IChangeObserver.Observe(ChangeTracker changes)
    {
        var acts = changes.Entries<AuditEntry>().Where(entry => entry.State == EntityState.Added).Select(entry => entry.Entity).ToList();
        foreach (var act in acts.Where(act => act.Outcome != AuditOutcome.Failed && (act.SubjectId ?? act.AccountId) is not null))
        {
            var ownerId = act.SubjectId ?? act.AccountId;
            if (MailRules.Of(act.Act, byOwner: ownerId == act.AccountId) is { } kind)
            {
                Tell(changes, ownerId!.Value, kind);
            }
        }

        return changes.Entries<QueuedMail>().Any() ? wake.Call : null;
    }

    /// <inheritdoc/>
    public void Dispose() => wake.Dispose();

    /// <summary>
    /// A mail that somebody who is not signed in asks for. It is written for every address: what it says is found out
    /// when it is sent.
    /// </summary>
    /// <param name="db">The transaction.</param>
    /// <param name="kind">A registration or a password reset.</param>
    /// <param name="address">What was typed.</param>
    /// <param name="name">What somebody who asks for an account calls themselves.</param>
    /// <returns>The mail's id, which is also that of the account that a registration makes.</returns>
    internal Guid Ask(ClinicDbContext db, AccountMailKind kind, string address, string? name) =>
        db.Set<QueuedMail>().Add(New(kind, accountId: null, address, name)).Entity.Id;

    /// <summary>A mail to the owner of an account.</summary>
    internal void Write(ClinicDbContext db, Account account, AccountMailKind kind) =>
        db.Set<QueuedMail>().Add(New(kind, account.Id, account.Email!, name: null));

    /// <summary>A mail to an address that is on file and no account's.</summary>
    internal void WriteTo(ClinicDbContext db, string address, AccountMailKind kind) =>
        db.Set<QueuedMail>().Add(New(kind, accountId: null, address, name: null));

    /// <summary>Waits until there is something to send, or until <paramref name="atMost"/> has passed.</summary>
    internal Task WaitAsync(TimeSpan atMost, CancellationToken ct) => wake.WaitAsync(atMost, ct);

    private void Tell(ChangeTracker changes, Guid ownerId, AccountMailKind kind)
    {
        var owner = changes.Entries<Account>().Select(entry => entry.Entity).SingleOrDefault(account => account.Id == ownerId)
            ?? throw new InvalidOperationException($"An act that sends the mail {kind} must read the owner's account with tracking.");

        if (ToInvited(owner, kind) is { } told)
        {
            Write((ClinicDbContext)changes.Context, owner, told);
        }
    }

    /// <summary>
    /// What somebody gets to read who was invited and has not come yet: a new link, since other roles or a switched-off account
    /// ended the earlier one; nothing while the roles wait for a second person.
    /// </summary>
    private static AccountMailKind? ToInvited(Account owner, AccountMailKind kind) => (kind, owner.Status) switch
    {
        // An administrator who is made at the machine has chosen the password already.
        (AccountMailKind.Invitation, not AccountStatus.Invited) => null,
        (AccountMailKind.RolesChanged or AccountMailKind.AccountReactivated, AccountStatus.Invited) => owner.Roles == Roles.None ? null
            : AccountMailKind.Invitation,
        _ => kind,
    };

    private QueuedMail New(AccountMailKind kind, Guid? accountId, string address, string? name)
    {
        var (id, now) = (time.NewId(), time.Now());
        var mail = new QueuedMail
        {
            Id = id,
            AccountId = accountId,
            Kind = kind,
            Address = protector.Seal(address, FieldPlace.Of<QueuedMail>(id, QueuedMail.OwnerOf(accountId), nameof(QueuedMail.Address))),
            Name = protector.SealOptional(name, FieldPlace.Of<QueuedMail>(id, QueuedMail.OwnerOf(accountId), nameof(QueuedMail.Name))),
            Language = CultureInfo.CurrentUICulture.Name,
            CreatedAt = now,
        };
        mail.BeDue(now);
        return mail;
    }
}
