using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Accounts.Grants;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Visits;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Access.Meetings;

/// <summary>What came of a run: all that somebody may do, was told, or is written down of it.</summary>
/// <param name="Facts">In words that are the same in every run.</param>
/// <param name="Faults">What must not be, whatever happened.</param>
internal sealed record MeetingState(IReadOnlyList<string> Facts, IReadOnlyList<string> Faults)
{
    /// <summary>Reads it.</summary>
    public static async Task<MeetingState> ReadAsync(MeetingWorld world)
    {
        var mails = await world.Host.SentAsync();
        await using var db = await world.Host.OpenAsync();
        var addresses = world.Mailboxes.Keys.ToList();
        var accounts = await db.Set<Account>().Where(account => addresses.Contains(account.Email!)).ToListAsync();
        var ids = accounts.ConvertAll(account => account.Id);
        var names = accounts.ToDictionary(account => account.Id, account => world.Mailboxes[account.Email!]);
        var charts = world.Charts.Keys.ToList();
        var parts = await db.Set<AccessGrant>().Where(part => ids.Contains(part.AccountId) && part.EndsAt == null).ToListAsync();
        var grants = await db.Set<RoleGrant>().Where(grant => ids.Contains(grant.AccountId)).ToListAsync();
        var links = await db.Set<AccountLink>().Where(link => charts.Contains(link.PatientId)).ToListAsync();
        var now = world.Host.Clock.Now();
        var sessions = await db.Set<Session>()
            .Where(session => ids.Contains(session.AccountId) && session.RevokedAt == null && session.ExpiresAt > now).ToListAsync();
        var tokens = await db.Set<AccountToken>().Where(token => ids.Contains(token.AccountId) && token.UsedAt == null).ToListAsync();
        var codes = await db.Set<RecoveryCode>().Where(code => ids.Contains(code.AccountId)).ToListAsync();
        var visits = await db.Set<Visit>().Where(visit => charts.Contains(visit.PatientId)).ToListAsync();
        var events = await db.Set<VisitEvent>().Where(done => charts.Contains(done.PatientId)).OrderBy(done => done.Number).ToListAsync();
        var entries = await db.Set<AuditEntry>().Where(entry => entry.Outcome == AuditOutcome.Done
            && (ids.Contains(entry.SubjectId!.Value) || ids.Contains(entry.AccountId!.Value) || charts.Contains(entry.PatientId!.Value)))
            .ToListAsync();
        IEnumerable<string> facts =
        [
            .. accounts.Select(row => $"{names[row.Id]} is {row.Status}, {row.Roles}, reads {Chart(row.PatientId)}, "
                + $"two factors {row.TwoFactorEnabled}"),
            .. parts.Select(part => $"{Of(part.AccountId)} takes part, {part.Kind} of {Chart(part.PatientId)}"),
            .. grants.Select(grant => $"{Of(grant.AccountId)} gets {grant.Roles} in place of {grant.InsteadOf}: {grant.Ended}"),
            .. links.Select(link => $"{Of(link.AccountId)} gets {Chart(link.PatientId)}: in force {link.InForceAt is not null}, "
                + $"confirmed {link.ConfirmedBy is not null}, ended {link.EndedAt is not null}"),
            .. sessions.Select(session => $"{Of(session.AccountId)} has a session, {session.Stage}"),
            .. tokens.Select(token => $"{Of(token.AccountId)} has a link, {token.Purpose}"),
            .. codes.GroupBy(code => code.AccountId).Select(some => $"{Of(some.Key)} has {some.Count()} recovery codes"),
            .. visits.Select(visit => $"visit of {Chart(visit.PatientId)} is {visit.Status}, for {Of(visit.DoctorId)}: "
                + string.Join(", ", events.Where(done => done.VisitId == visit.Id).Select(done => $"{done.Act} to {done.To}"))),
            .. mails.Where(mail => world.Mailboxes.ContainsKey(mail.Email))
                .Select(mail => $"{world.Mailboxes[mail.Email]} was told {mail.Kind}"),
            .. entries.Select(entry => $"the trail has {entry.Act} of {Of(entry.AccountId)} to {Of(entry.SubjectId)}, {entry.Details}"),
        ];
        return new MeetingState([.. facts.Order(StringComparer.Ordinal)],
        [
            .. accounts.Where(row => row.Status != AccountStatus.Active && sessions.Exists(session => session.AccountId == row.Id))
                .Select(row => $"{names[row.Id]} is {row.Status} with a session."),
            .. accounts.Where(row => row.Status == AccountStatus.Deactivated && (row.PatientId is not null
                    || parts.Exists(part => part.AccountId == row.Id)
                    || grants.Exists(grant => grant.EndedAt is null && (grant.AccountId == row.Id || grant.GivenBy == row.Id))
                    || links.Exists(link => link.EndedAt is null && link.AccountId == row.Id)))
                .Select(row => $"{names[row.Id]} is switched off, and something is left."),
            .. accounts.Where(row => !row.Roles.HasAny(Roles.CareTeamEligible) && parts.Exists(part => part.AccountId == row.Id))
                .Select(row => $"{names[row.Id]} is {row.Roles}, and takes part."),
            .. accounts.Where(row => row.MustEnrol
                    && sessions.Exists(session => session.AccountId == row.Id && session.Stage == SessionStage.Full))
                .Select(row => $"{names[row.Id]} is signed in without a second factor."),
            .. accounts.Where(row => !row.TwoFactorEnabled && codes.Exists(code => code.AccountId == row.Id))
                .Select(row => $"{names[row.Id]} has recovery codes without a second factor."),
            .. accounts.Where(row => row.PatientId != links.Find(link => link.AccountId == row.Id && link is
                { EndedAt: null, InForceAt: not null })?.PatientId).Select(row => $"{names[row.Id]} reads what no link gives."),
            .. visits.Where(visit => visit.ClosedAt is not null && parts.Exists(part => part.VisitId == visit.Id))
                .Select(visit => $"The visit of {Chart(visit.PatientId)} is closed, and somebody takes part."),
        ]);

        string Of(Guid? id) => id is { } some ? names.GetValueOrDefault(some, "somebody") : "nobody";

        string Chart(Guid? id) => id is { } some ? world.Charts.GetValueOrDefault(some, "another chart") : "no chart";
    }
}
