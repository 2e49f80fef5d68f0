using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Accounts.Grants;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Patients;

/// <summary>Which account is a patient's own. It opens the whole chart, so nobody gives it alone and unnoticed.</summary>
public sealed class AccountLinkService(ClinicGate gate, PowerNotices notices, TimeProvider time)
{
    /// <summary>
    /// Asks that a self-registered account becomes the patient's own, whose identity document the actor has seen. It takes
    /// effect when somebody of the care team confirms it, or a day after everybody concerned was told.
    /// </summary>
    public Task<Result<Done>> RequestAsync(Actor actor, Guid patientId, string email, IdentityDocument? document, CancellationToken ct)
    {
        var request = new AccessRequest(Permission.PatientAccountLink,
            AuditAct.AccountLinkRequested)
        { PatientId = patientId, Sent = new { email, document } };
        return gate.RunAsync<Done>(actor, request, async (db, trace) =>
        {
            if (await db.Set<Patient>().SingleOrDefaultAsync(row => row.Id == patientId, ct) is not { } patient)
            {
                return Error.NotFound;
            }

            if (document is not { } seen || !Enum.IsDefined(seen))
            {
                return Error.Invalid("Document", "Say which identity document you have seen: the account will read the whole chart.");
            }

            var normalized = Account.Normalize(email);
            var account = await db.Set<Account>().AsTracking().SingleOrDefaultAsync(
                row => row.NormalizedEmail == normalized && row.Status == AccountStatus.Active && row.Roles == Roles.Patient
                    && row.PatientId == null, ct);
            if (account is null || await db.Set<AccountLink>().AnyAsync(row => row.AccountId == account.Id && row.EndedAt == null, ct))
            {
                return Error.Invalid("Email", "There is no patient's account with this address that waits to be linked.");
            }

            if (await db.Set<Account>().AnyAsync(row => row.PatientId == patientId, ct)
                || await db.Set<AccountLink>().AnyAsync(row => row.PatientId == patientId && row.EndedAt == null, ct))
            {
                return Error.Invalid("Email", "This patient has an account already, or one that waits to be confirmed.");
            }

            var now = time.Now();
            trace.SubjectId = account.Id;
            account.Assigned();
            db.Set<AccountLink>().Add(new AccountLink
            {
                Id = time.NewId(),
                PatientId = patientId,
                AccountId = account.Id,
                Document = seen,
                RequestedBy = actor.AccountId!.Value,
                RequestedAt = now,
                DueAt = now.AddHours(PowerNotices.HoursToObject),
            });
            await notices.LinkWaitsAsync(db, patientId, patient.Email, actor.AccountId!.Value, ct);
            return Done.Instance;
        }, ct, retry: true);
    }

    /// <summary>
    /// Confirms the link that was seen, which somebody else has asked for: the account reads the chart from now on.
    /// <see cref="ErrorKind.Conflict"/> when that one does not wait any more, whatever waits in its place.
    /// </summary>
    public Task<Result<Done>> ConfirmAsync(Actor actor, Guid patientId, Guid linkId, CancellationToken ct)
    {
        var request = new AccessRequest(Permission.PatientAccountConfirm, AuditAct.AccountLinked) { PatientId = patientId, Sent = linkId };
        return gate.RunAsync<Done>(actor, request, async (db, trace) =>
        {
            var link = await db.Set<AccountLink>().AsTracking()
                .SingleOrDefaultAsync(row => row.Id == linkId && row.PatientId == patientId, ct);
            trace.SubjectId = link?.AccountId;
            if (link is null)
            {
                return Error.NotFound;
            }

            if (link is not { EndedAt: null, InForceAt: null })
            {
                return Error.Conflict;
            }

            if (link.RequestedBy == actor.AccountId || link.AccountId == actor.AccountId)
            {
                return Error.Invalid("Link", "Somebody else of the care team must confirm this.");
            }

            if (await AccountLinks.ApplyAsync(db, link, actor.AccountId, time.Now(), ct))
            {
                return Done.Instance;
            }

            trace.SaveRefusal = true;
            return Error.Invalid("Link", "This account cannot be linked any more: it was changed, or whoever asked for it was.");
        }, ct, retry: true);
    }

    /// <summary>
    /// Takes the link of the account that was seen back where it waits, or undoes it: the chart closes for the account at once.
    /// <see cref="ErrorKind.Conflict"/> when the patient has another account by now.
    /// </summary>
    public Task<Result<Done>> EndAsync(Actor actor, Guid patientId, Guid accountId, CancellationToken ct)
    {
        var request = new AccessRequest(Permission.PatientAccountLink, AuditAct.AccountUnlinked)
        {
            PatientId = patientId, SubjectId = accountId,
        };
        return gate.RunAsync<Done>(actor, request, async db =>
        {
            if (!await db.Set<Patient>().AnyAsync(row => row.Id == patientId, ct))
            {
                return Error.NotFound;
            }

            var link = await db.Set<AccountLink>().AsTracking()
                .SingleOrDefaultAsync(row => row.PatientId == patientId && row.EndedAt == null, ct);
            var account = await db.Set<Account>().AsTracking().SingleOrDefaultAsync(row => row.PatientId == patientId, ct);
            if ((link?.AccountId ?? account?.Id) is not { } present)
            {
                return Error.NotFound;
            }

            if (present != accountId)
            {
                return Error.Conflict;
            }

            link?.End(actor.AccountId, time.Now());
            account?.Unlink();
            return Done.Instance;
        }, ct, retry: true);
    }
}
