using System.Globalization;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Billing;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Security;
using ClinicBlazor.Domain.Security.Alerts;
using ClinicBlazor.Domain.Visits;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Access;

/// <summary>A patient with everything that the cases ask for.</summary>
internal sealed record MatrixChart(
    Guid PatientId, int Number, Guid RecordId, Guid RecordVersion, Guid VisitId, Guid DocumentId, string UnlinkedEmail)
{
    /// <summary>Ids of a patient, a record, a visit and a document that do not exist.</summary>
    public static MatrixChart Missing() =>
        new(NewId(), 0, NewId(), NewId(), NewId(), NewId(), "");

    private static Guid NewId() => Guid.CreateVersion7();
}

/// <summary>
/// What one asker has around them for one method: a chart of their own, two assigned, one that is neither; a colleague
/// who cares for none of these, and the member of all their care teams; a passkey of their own; roles that the
/// member waits for.
/// </summary>
internal sealed record MatrixWorld(
    AccessCase Case, Asker Asker, string? SessionToken, MatrixChart Own, MatrixChart Assigned, MatrixChart AlsoAssigned,
        MatrixChart Foreign,
    Guid ColleagueId, Guid MemberId, Guid PasskeyId, Guid GrantId)
{
    public IReadOnlyList<MatrixChart> Charts => [Own, Assigned, AlsoAssigned, Foreign];

    /// <summary>The chart that stands in a relation to the asker.</summary>
    public MatrixChart ChartOf(Relation relation) => relation switch
    {
        Relation.Own => Own,
        Relation.Assigned => Assigned,
        Relation.Foreign => Foreign,
        Relation.Missing => MatrixChart.Missing(),
        Relation.ForeignItem => ItemOf(Foreign),
        Relation.OtherItem => ItemOf(AlsoAssigned),
        Relation.MissingItem => MatrixChart.Missing() with { PatientId = WithinReach.PatientId },
        Relation.Existing or Relation.Unnamed => Foreign,
    };

    private MatrixChart ItemOf(MatrixChart other) =>
        WithinReach with
        {
            RecordId = other.RecordId,
            RecordVersion = other.RecordVersion,
            VisitId = other.VisitId,
            DocumentId = other.DocumentId,
        };

    private MatrixChart WithinReach => Asker == Asker.Patient ? Own : Assigned;
}

/// <summary>The arguments of one call.</summary>
internal sealed class AccessCall(DomainHost host, Cell cell, MatrixWorld world, Actor actor)
{
    private readonly MatrixChart chart = world.ChartOf(cell.Relation);

    private AccessCall(DomainHost host, AccessCall same, Actor actor)
        : this(host, same.Cell, same.World, actor) =>
        (chart, TargetAccountId) = (same.chart, same.TargetAccountId);

    /// <summary>The same call, by the same person once more.</summary>
    public AccessCall By(Actor again) => new(host, this, again);

    public Cell Cell => cell;

    public MatrixWorld World => world;

    public Actor Actor => actor;

    public Guid PatientId => chart.PatientId;

    public int PatientNumber => chart.Number;

    public Guid RecordId => chart.RecordId;

    public Guid RecordVersion => chart.RecordVersion;

    public Guid VisitId => chart.VisitId;

    public Guid DocumentId => chart.DocumentId;

    /// <summary>The patient to whom the record and the visit belong; null where there are none.</summary>
    public Guid? ItemOwnerId => world.Charts.FirstOrDefault(whose => whose.RecordId == chart.RecordId)?.PatientId;

    public string UnlinkedEmail => chart.UnlinkedEmail;

    public Guid ColleagueId => world.ColleagueId;

    public Guid MemberId => world.MemberId;

    public Guid PasskeyId => world.PasskeyId;

    public Guid GrantId => world.GrantId;

    /// <summary>The link of an account to the patient; one that does not exist where there is none.</summary>
    public async Task<(Guid Id, Guid AccountId)> LinkAsync() =>
        await host.LinkOfAsync(PatientId) is { } link ? (link.Id, link.AccountId) : (Guid.CreateVersion7(), Guid.CreateVersion7());

    /// <summary>The day after today, as it is typed.</summary>
    public string Tomorrow => host.Clock.GetLocalNow().AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The last event of the visit; one that does not exist where there is none.</summary>
    public async Task<Guid> LastEventAsync()
    {
        await using var db = await host.OpenAsync();
        return await db.Set<VisitEvent>().Where(done => done.VisitId == VisitId).OrderByDescending(done => done.Number)
            .Select(done => (Guid?)done.Id).FirstOrDefaultAsync() ?? Guid.CreateVersion7();
    }

    /// <summary>An entry of the visit's ledger; one that does not exist where there is none.</summary>
    public async Task<Guid> EntryAsync(LedgerKind kind)
    {
        await using var db = await host.OpenAsync();
        return await db.Set<LedgerEntry>().Where(entry => entry.Kind == kind
                && db.Set<Invoice>().Any(invoice => invoice.Id == entry.InvoiceId && invoice.VisitId == VisitId))
            .Select(entry => (Guid?)entry.Id).FirstOrDefaultAsync() ?? Guid.CreateVersion7();
    }

    /// <summary>A price by its code.</summary>
    public async Task<Guid> PriceAsync(string code)
    {
        await using var db = await host.OpenAsync();
        return await db.Set<Price>().Where(price => price.Code == code).Select(price => price.Id).FirstAsync();
    }

    /// <summary>A look of somebody else at the asker's own chart.</summary>
    public async Task<Guid> LookAsync()
    {
        await using (var db = await host.OpenAsync())
        {
            if (await db.Set<AuditEntry>().FirstOrDefaultAsync(
                entry => entry.PatientId == world.Own.PatientId && entry.Act == AuditAct.RecordRead) is { } found)
            {
                return found.Id;
            }
        }

        var look = new AuditTrace(AuditAct.RecordRead) { PatientId = world.Own.PatientId, AccountId = world.MemberId };
        await host.ArrangeAsync(db => host.Get<AuditTrail>()
            .Add(db, Domain.Access.Actor.Anonymous(TestPeople.Client), look, AuditOutcome.Done, host.Clock.Now()));
        return await LookAsync();
    }

    /// <summary>What the patient of that chart said of the look.</summary>
    public async Task<Guid> LookReportAsync()
    {
        var entryId = await LookAsync();
        await using (var db = await host.OpenAsync())
        {
            if (await db.Set<LookReport>().FirstOrDefaultAsync(report => report.EntryId == entryId) is { } found)
            {
                return found.Id;
            }
        }

        await host.ArrangeAsync(db => db.Set<LookReport>().Add(new LookReport
        {
            Id = host.Clock.NewId(), PatientId = world.Own.PatientId, EntryId = entryId, ReportedAt = host.Clock.Now(),
        }));
        return await LookReportAsync();
    }

    /// <summary>An alert about the member of the care teams.</summary>
    public async Task<Guid> AlertAsync()
    {
        var key = AlertKeys.Of(world.MemberId);
        await using (var db = await host.OpenAsync())
        {
            if (await db.Set<Alert>().FirstOrDefaultAsync(alert => alert.Key == key) is { } found)
            {
                return found.Id;
            }
        }

        var now = host.Clock.Now();
        await host.ArrangeAsync(db => db.Set<Alert>().Add(Alert.Raise(host.Clock.NewId(),
            new AlertCause(AlertKind.Denials, key, now, now, Count: 3) { AccountId = world.MemberId })));
        return await AlertAsync();
    }

    public Guid TargetAccountId { get; } = cell.Relation == Relation.Existing ? world.MemberId : Guid.CreateVersion7();

    public T Get<T>()
        where T : notnull =>
        host.Get<T>();
}
