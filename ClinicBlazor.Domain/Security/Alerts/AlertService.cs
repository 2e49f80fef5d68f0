using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Input;
using ClinicBlazor.Domain.Protection;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Security.Alerts;

/// <summary>Administrators see what wants a look, and say what became of it.</summary>
public sealed class AlertService(ClinicGate gate, FieldProtector protector, TimeProvider time)
{
    /// <summary>Most characters of a note.</summary>
    public const int LongestNote = 500;

    private const int PageSize = 25;
    private const int PartSize = 500;
    private const int MostCounted = 100;

    /// <summary>Alerts, what happened last first, 25 at a time.</summary>
    public Task<Result<Page<AlertRow>>> ListAsync(Actor actor, AlertQuery query, CancellationToken ct) =>
        gate.RunAsync<Page<AlertRow>>(actor, new AccessRequest(Permission.AlertRead, AuditAct.AlertsListed),
            async db => await PageAsync(db, actor, query, PageSize, ct), ct);

    /// <summary>How many are open; 100 for more. A page shows it all the time: it has no entry of its own in the audit trail.</summary>
    public Task<Result<int>> CountOpenAsync(Actor actor, CancellationToken ct) =>
        gate.RunAsync<int>(actor, new AccessRequest(Permission.AlertRead, AuditAct.AlertsListed), async (db, trace) =>
        {
            trace.GoesOn = true;
            return await db.Set<Alert>().Where(alert => alert.AcknowledgedAt == null).Take(MostCounted).CountAsync(ct);
        }, ct);

    /// <summary>
    /// Gives all alerts that <paramref name="query"/> asks for to <paramref name="take"/>, from its first page on, and answers with
    /// how many they were. That they are handed out is written down before the first of them is.
    /// </summary>
    public async Task<Result<long>> ReadAllAsync(Actor actor, AlertQuery query, Func<IReadOnlyList<AlertRow>, Task> take,
        CancellationToken ct)
    {
        var request = new AccessRequest(Permission.AlertRead, AuditAct.AlertsExported);
        var begun = await gate.RunAsync<Done>(actor, request, _ => Task.FromResult<Result<Done>>(Done.Instance), ct);
        if (begun.Error is { } refused)
        {
            return refused;
        }

        var count = 0L;
        string? after = null;
        do
        {
            var at = query with { After = after };
            var part = await gate.RunAsync<Page<AlertRow>>(actor, request, async (db, trace) =>
            {
                trace.GoesOn = true;
                return await PageAsync(db, actor, at, PartSize, ct);
            }, ct);
            if (part.Error is { } error)
            {
                return error;
            }

            await take(part.Value.Items);
            count += part.Value.Items.Count;
            after = part.Value.Next;
        }
        while (after is not null);

        return count;
    }

    /// <summary>
    /// Says what became of an alert, which closes it: what happens from then on is another one. <see cref="ErrorKind.Denied"/> for
    /// what one did oneself, or what was done to one, while another administrator could look at it.
    /// <see cref="ErrorKind.Conflict"/> when somebody else was quicker.
    /// </summary>
    public Task<Result<Done>> AcknowledgeAsync(Actor actor, Guid alertId, string note, CancellationToken ct)
    {
        var request = new AccessRequest(Permission.AlertAcknowledge, AuditAct.AlertAcknowledged) { Sent = new { alertId, note } };
        return gate.RunAsync<Done>(actor, request, async (db, trace) =>
        {
            var alert = await db.Set<Alert>().AsTracking().SingleOrDefaultAsync(row => row.Id == alertId, ct);
            if (alert is null)
            {
                return Error.NotFound;
            }

            trace.SubjectId = alert.SubjectId ?? alert.AccountId;
            if (alert.IsOf(actor.AccountId) && await HasAnotherAsync(db, actor, ct))
            {
                return Error.Denied;
            }

            var clean = InputRules.Clean(note);
            var findings = new Findings().Text(clean, "Note", LongestNote, "Write what you found out, and what was done.");
            if (!findings.IsEmpty)
            {
                return findings.Error;
            }

            if (alert.AcknowledgedAt is not null)
            {
                return Error.Conflict;
            }

            var by = actor.AccountId!.Value;
            alert.Acknowledge(
                protector.Seal(clean, FieldPlace.Of<Alert>(alert.Id, Alert.OwnerOf(by), nameof(Alert.Note))), by, time.Now());
            return Done.Instance;
        }, ct, retry: true);
    }

    private static Task<bool> HasAnotherAsync(ClinicDbContext db, Actor actor, CancellationToken ct) =>
        db.Set<Account>().ActiveAdministrators().AnyAsync(account => account.Id != actor.AccountId, ct);

    private static IQueryable<Alert> Narrow(IQueryable<Alert> alerts, AlertQuery query)
    {
        alerts = query.Acknowledged ? alerts.Where(alert => alert.AcknowledgedAt != null)
            : alerts.Where(alert => alert.AcknowledgedAt == null);
        alerts = query.Kind is { } kind ? alerts.Where(alert => alert.Kind == kind) : alerts;
        if (query.From is { } from)
        {
            var start = new DateTimeOffset(from.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
            alerts = alerts.Where(alert => alert.LastAt >= start);
        }

        if (query.To is { } to && to < DateOnly.MaxValue)
        {
            var end = new DateTimeOffset(to.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
            alerts = alerts.Where(alert => alert.LastAt < end);
        }

        return PageCursor.ReadMoment(query.After) is var (moment, last)
            ? alerts.Where(alert => alert.LastAt < moment || (alert.LastAt == moment && alert.Id < last)) : alerts;
    }

    private async Task<Page<AlertRow>> PageAsync(ClinicDbContext db, Actor actor, AlertQuery query, int size, CancellationToken ct)
    {
        var found = await Narrow(db.Set<Alert>(), query).OrderByDescending(alert => alert.LastAt).ThenByDescending(alert => alert.Id)
            .Take(size + 1).ToListAsync(ct);
        var shown = found.Take(size).ToList();
        var names = await AccountNames.OfAsync(db,
            shown.SelectMany(alert => new[] { alert.AccountId, alert.SubjectId, alert.AcknowledgedBy }), ct);
        var may = actor.May(Permission.AlertAcknowledge);
        var hasAnother = may && shown.Exists(alert => alert.IsOf(actor.AccountId)) && await HasAnotherAsync(db, actor, ct);
        return new Page<AlertRow>([.. shown.Select(Row)], found.Count > size ? PageCursor.Write(shown[^1].LastAt, shown[^1].Id) : null);

        AlertRow Row(Alert alert) => new(
            alert.Id, alert.Kind, AlertKinds.SeverityOf(alert.Kind), alert.FirstAt, alert.LastAt, alert.Count, alert.AccountId,
            NameOf(alert.AccountId), alert.Address, alert.Act,
            may && alert.AcknowledgedAt is null && !(hasAnother && alert.IsOf(actor.AccountId)))
        {
            Subject = NameOf(alert.SubjectId),
            Acknowledgement = alert.AcknowledgedAt is not { } at ? null : new AlertAcknowledgement(at, NameOf(alert.AcknowledgedBy) ?? "",
                protector.OpenOptional(alert.Note, FieldPlace.Of(alert, nameof(Alert.Note))) ?? ""),
        };

        string? NameOf(Guid? accountId) => accountId is { } id ? names.GetValueOrDefault(id) : null;
    }
}
