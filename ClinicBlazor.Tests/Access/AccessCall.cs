using ClinicBlazor.Domain.Access;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Access;

/// <summary>A patient with everything that the cases ask for.</summary>
internal sealed record MatrixChart(Guid PatientId, int Number, Guid RecordId, Guid RecordVersion, Guid VisitId, string UnlinkedEmail)
{
    /// <summary>Ids of a patient, a record and a visit that do not exist.</summary>
    public static MatrixChart Missing() =>
        new(NewId(), 0, NewId(), NewId(), NewId(), "");

    private static Guid NewId() => Guid.CreateVersion7();
}

/// <summary>
/// What one asker has around them for one method: a chart of their own, two assigned, one that is neither; a colleague
/// who cares for none of these, and the member of all their care teams; a passkey of their own.
/// </summary>
internal sealed record MatrixWorld(
    AccessCase Case, Asker Asker, string? SessionToken, MatrixChart Own, MatrixChart Assigned, MatrixChart AlsoAssigned, MatrixChart Foreign,
    Guid ColleagueId, Guid MemberId, Guid PasskeyId)
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
        WithinReach with { RecordId = other.RecordId, RecordVersion = other.RecordVersion, VisitId = other.VisitId };

    private MatrixChart WithinReach => Asker == Asker.Patient ? Own : Assigned;
}

/// <summary>The arguments of one call.</summary>
internal sealed class AccessCall(DomainHost host, Cell cell, MatrixWorld world, Actor actor)
{
    private readonly MatrixChart chart = world.ChartOf(cell.Relation);

    public Cell Cell => cell;

    public MatrixWorld World => world;

    public Actor Actor => actor;

    public Guid PatientId => chart.PatientId;

    public int PatientNumber => chart.Number;

    public Guid RecordId => chart.RecordId;

    public Guid RecordVersion => chart.RecordVersion;

    public Guid VisitId => chart.VisitId;

    public string UnlinkedEmail => chart.UnlinkedEmail;

    public Guid ColleagueId => world.ColleagueId;

    public Guid MemberId => world.MemberId;

    public Guid PasskeyId => world.PasskeyId;

    public Guid TargetAccountId { get; } = cell.Relation == Relation.Existing ? world.MemberId : Guid.CreateVersion7();

    public T Get<T>()
        where T : notnull =>
        host.Get<T>();
}
