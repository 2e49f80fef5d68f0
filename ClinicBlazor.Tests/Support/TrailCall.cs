using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Security;

namespace ClinicBlazor.Tests.Support;

/// <summary>What an administrator asks of a <see cref="BigTrail"/>.</summary>
public static class TrailCall
{
    private const int Exported = 10_000;

    /// <summary>The list with its filters, the export's first entries, a month.</summary>
    public static async Task<IReadOnlyList<ListCall>> AllAsync(DomainHost host, TestPerson person, int patientNumber)
    {
        var administrator = await host.People.ActorAsync(await host.People.AddStaffAsync(Roles.Administrator));
        var audit = host.Get<AuditService>();
        var reviews = host.Get<AuditReviewService>();
        var ct = CancellationToken.None;
        var day = DateOnly.FromDateTime(host.Clock.GetUtcNow().UtcDateTime).AddDays(-700);
        var month = new DateOnly(day.Year, day.Month, 1);
        var next = (await audit.ListAsync(administrator, new AuditQuery(), ct)).Value.Next;

        ListCall Ask(string name, AuditQuery query) =>
            new(name, async () => (await audit.ListAsync(administrator, query, ct)).Value.Items.Count);
        return
        [
            Ask("first page", new()), Ask("next page", new(After: next)), Ask("oldest first", new(OldestFirst: true)),
            Ask("a day", new(day, day)), Ask("a person", new(Who: person.Email)),
            Ask("a person's act", new(Who: person.Email, Act: AuditAct.RecordRead)), Ask("a common act", new(Act: AuditAct.PatientRead)),
            Ask("a rare act", new(Act: AuditAct.RolesGiven)), Ask("an act that nobody did", new(Act: AuditAct.FeeWaived)),
            Ask("a patient", new(PatientNumber: patientNumber)), Ask("a patient on a day", new(day, day, PatientNumber: patientNumber)),
            Ask("refusals", new(Outcome: AuditOutcome.Denied)),
            Ask("refusals of an act", new(Act: AuditAct.PatientRead, Outcome: AuditOutcome.Denied)),
            Ask("failures of an act that never fails", new(Act: AuditAct.QueueRead, Outcome: AuditOutcome.Failed)),
            new("the list of months", async () => (await reviews.ListAsync(administrator, ct)).Value.Count),
            new("a month", async () => (await reviews.ReadAsync(administrator, month, ct)).Value.Figures.Counts.Count),
            new($"export of the first {Exported:N0}", async () => await ExportAsync(host, administrator)),
        ];
    }

    private static async Task<int> ExportAsync(DomainHost host, Actor administrator)
    {
        var count = 0;
        using var enough = new CancellationTokenSource();
        try
        {
            await host.Get<AuditExport>().ReadAllAsync(administrator, new AuditQuery(), rows =>
            {
                count += rows.Count;
                return count < Exported ? Task.CompletedTask : enough.CancelAsync();
            }, enough.Token);
        }
        catch (OperationCanceledException) when (enough.IsCancellationRequested)
        {
            // As many as were asked for.
        }

        return count;
    }
}
