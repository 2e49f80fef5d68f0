using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Security.Alerts;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Security.Alerts;

/// <summary>What somebody did, as the trail has it.</summary>
internal sealed record Deed(AuditAct Act, AuditOutcome Outcome = AuditOutcome.Done)
{
    public Guid? By { get; init; }

    public string Address { get; init; } = "192.0.2.77";

    public Roles Roles { get; init; } = Roles.Doctor;

    public Guid? PatientId { get; init; }

    public Guid? VisitId { get; init; }

    public Guid? SubjectId { get; init; }

    public string? Remark { get; init; }

    public IReadOnlyList<AuditDetail> Details { get; init; } = [];
}

/// <summary>A clinic whose trail is written by a test, and judged when the test says so.</summary>
internal static class WatchedClinic
{
    /// <summary>Writes an entry for each deed, a millisecond apart.</summary>
    public static Task DoAsync(this DomainHost host, params IEnumerable<Deed> deeds) => host.ArrangeAsync(db =>
    {
        foreach (var deed in deeds)
        {
            host.Clock.Advance(TimeSpan.FromMilliseconds(1));
            var actor = new Actor(deed.By, null, deed.By is null ? Roles.None : deed.Roles, null, "", new ClientInfo(deed.Address, "Test"));
            var trace = new AuditTrace(deed.Act)
            {
                PatientId = deed.PatientId, VisitId = deed.VisitId, SubjectId = deed.SubjectId, Remark = deed.Remark,
            };
            trace.Say(deed.Details);
            host.Get<AuditTrail>().Add(db, actor, trace, deed.Outcome, host.Clock.Now());
        }
    });

    /// <summary>Seals what was done and judges it.</summary>
    public static async Task<int> JudgeAsync(this DomainHost host)
    {
        await host.Get<AuditSealer>().SealPendingAsync(default);
        return await host.Get<AlertWatcher>().JudgeAsync(default);
    }

    /// <summary>Does, seals and judges.</summary>
    public static async Task DoAndJudgeAsync(this DomainHost host, params IEnumerable<Deed> deeds)
    {
        await host.DoAsync(deeds);
        await host.JudgeAsync();
    }

    /// <summary>All alerts, in the order in which they were raised.</summary>
    public static async Task<IReadOnlyList<Alert>> AlertsAsync(this DomainHost host)
    {
        await using var db = await host.OpenAsync();
        return await db.Set<Alert>().OrderBy(alert => alert.Id).ToListAsync();
    }

    /// <summary>Alerts about an account.</summary>
    public static async Task<IReadOnlyList<Alert>> AlertsOfAsync(this DomainHost host, Guid accountId) =>
        [.. (await host.AlertsAsync()).Where(alert => alert.AccountId == accountId || alert.SubjectId == accountId)];

    /// <summary>Alerts from an address that name no account.</summary>
    public static async Task<IReadOnlyList<Alert>> AlertsFromAsync(this DomainHost host, string address) =>
        [.. (await host.AlertsAsync()).Where(alert => alert.Address == address && alert.AccountId is null)];

    /// <summary>Somebody who has nothing to do with it acknowledges an alert.</summary>
    public static async Task AcknowledgeAsync(this DomainHost host, Alert alert)
    {
        var administrator = await host.People.ActorAsync(await host.People.AddStaffAsync(Roles.Administrator));
        host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True((await host.Get<AlertService>().AcknowledgeAsync(administrator, alert.Id, "Looked into.", default)).IsSuccess);
    }

    /// <summary>So many times the same deed.</summary>
    public static IEnumerable<Deed> Times(this Deed deed, int count) => Enumerable.Repeat(deed, count);
}
