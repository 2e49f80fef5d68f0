using ClinicBlazor.Domain.Visits;

namespace ClinicBlazor.Tests.Visits;

/// <summary>What a visit takes, in every state, and what it keeps of it.</summary>
[Trait("Requirement", "S2-08")]
public sealed class VisitTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);

    private static readonly (VisitAct Act, VisitStatus From, VisitStatus To)[] Ways =
    [
        (VisitAct.CheckIn, VisitStatus.Planned, VisitStatus.Arrived),
        (VisitAct.StartTriage, VisitStatus.Arrived, VisitStatus.Triaged),
        (VisitAct.CallIn, VisitStatus.Arrived, VisitStatus.InProgress),
        (VisitAct.CallIn, VisitStatus.Triaged, VisitStatus.InProgress),
        (VisitAct.Finish, VisitStatus.Arrived, VisitStatus.Finished),
        (VisitAct.Finish, VisitStatus.Triaged, VisitStatus.Finished),
        (VisitAct.Finish, VisitStatus.InProgress, VisitStatus.Finished),
        (VisitAct.Cancel, VisitStatus.Planned, VisitStatus.Cancelled),
        (VisitAct.Cancel, VisitStatus.Arrived, VisitStatus.Cancelled),
        (VisitAct.Cancel, VisitStatus.Triaged, VisitStatus.Cancelled),
        (VisitAct.Cancel, VisitStatus.InProgress, VisitStatus.Cancelled),
        (VisitAct.MarkNoShow, VisitStatus.Planned, VisitStatus.NoShow),
        (VisitAct.MarkInError, VisitStatus.Planned, VisitStatus.EnteredInError),
        (VisitAct.MarkInError, VisitStatus.Arrived, VisitStatus.EnteredInError),
        (VisitAct.MarkInError, VisitStatus.Triaged, VisitStatus.EnteredInError),
        (VisitAct.MarkInError, VisitStatus.InProgress, VisitStatus.EnteredInError),
        (VisitAct.MarkInError, VisitStatus.Finished, VisitStatus.EnteredInError),
        (VisitAct.MarkInError, VisitStatus.Cancelled, VisitStatus.EnteredInError),
        (VisitAct.MarkInError, VisitStatus.NoShow, VisitStatus.EnteredInError),
    ];

    public static IEnumerable<object[]> EveryStateAndAct =>
    [
        .. from status in Enum.GetValues<VisitStatus>() from line in VisitTransitions.Table select new object[] { status, line.Act },
    ];

    public static IEnumerable<object[]> EveryWay => Ways.Select(way => new object[] { way.From, way.Act });

    [Theory]
    [MemberData(nameof(EveryStateAndAct))]
    public void Do_InEachState_LeadsOnlyWhereTheTableSays(VisitStatus status, VisitAct act)
    {
        var visit = In(status);
        var way = Ways.Where(line => line.Act == act && line.From == status).ToList();
        var (before, count) = (visit.Version, visit.Events);

        if (way.Count == 0)
        {
            Assert.False(visit.Takes(act));
            Assert.Throws<InvalidOperationException>(() => visit.Do(act, Step(100)));
            Assert.Equal((status, before, count), (visit.Status, visit.Version, visit.Events));
            return;
        }

        var done = visit.Do(act, Step(100));

        Assert.Equal((way[0].To, Start.AddMinutes(100), count + 1), (visit.Status, visit.Since, visit.Events));
        Assert.Equal((act, (VisitStatus?)status, way[0].To, count + 1, Start.AddMinutes(100)),
            (done.Act, done.From, done.To, done.Number, done.At));
        Assert.NotEqual(before, visit.Version);
        Assert.Equal(way[0].To is not (VisitStatus.Planned or VisitStatus.Arrived or VisitStatus.Triaged or VisitStatus.InProgress),
            visit.ClosedAt is not null);
    }

    [Theory]
    [MemberData(nameof(EveryWay))]
    public void Undo_OfEachActInEachState_PutsTheVisitWhereItStood(VisitStatus status, VisitAct act)
    {
        var visit = In(status);
        var before = All(visit);
        var done = visit.Do(act, Step(100));

        var undone = visit.Undo(done, Step(101));

        Assert.Equal(before, All(visit));
        Assert.Equal((VisitAct.Undo, done.Number + 1), (undone.Act, undone.Number));
        Assert.Throws<InvalidOperationException>(() => visit.Undo(undone, Step(102)));
        Assert.Throws<InvalidOperationException>(() => visit.Undo(done, Step(102)));
    }

    [Fact]
    public void Undo_OfTheBeginning_LeavesAVisitThatNeverWas()
    {
        var (visit, begun) = Visit.CheckIn(Id(), Id(), null, Step(0));

        visit.Undo(begun, Step(1));

        Assert.Equal(VisitStatus.EnteredInError, visit.Status);
        Assert.Equal(Start.AddMinutes(1), visit.ClosedAt);
    }

    [Fact]
    public void Do_EarlierThanTheLastAct_IsRefused()
    {
        var visit = In(VisitStatus.Triaged);

        Assert.Throws<InvalidOperationException>(() => visit.Do(VisitAct.CallIn, new VisitStep(Id(), null, visit.Since.AddTicks(-1))));
    }

    [Fact]
    public void MarkInError_OfWhatWasOver_KeepsWhenItWas()
    {
        var visit = In(VisitStatus.Finished);
        var closed = visit.ClosedAt;

        visit.Do(VisitAct.MarkInError, Step(100));

        Assert.Equal(closed, visit.ClosedAt);
    }

    [Fact]
    public void Table_HasALineForEveryActOnAVisit() =>
        Assert.Equal(Enum.GetValues<VisitAct>().Except([VisitAct.Plan, VisitAct.Undo, VisitAct.Give]).Order(),
            VisitTransitions.Table.Select(line => line.Act).Order());

    private static Visit In(VisitStatus status)
    {
        var visit = Visit.Plan(Id(), Id(), Start, null, Step(0)).Visit;
        VisitAct[] way = status switch
        {
            VisitStatus.Planned => [],
            VisitStatus.Arrived => [VisitAct.CheckIn],
            VisitStatus.Triaged => [VisitAct.CheckIn, VisitAct.StartTriage],
            VisitStatus.InProgress => [VisitAct.CheckIn, VisitAct.StartTriage, VisitAct.CallIn],
            VisitStatus.Finished => [VisitAct.CheckIn, VisitAct.StartTriage, VisitAct.CallIn, VisitAct.Finish],
            VisitStatus.Cancelled => [VisitAct.Cancel],
            VisitStatus.NoShow => [VisitAct.MarkNoShow],
            VisitStatus.EnteredInError => [VisitAct.MarkInError],
        };
        for (var i = 0; i < way.Length; i++)
        {
            visit.Do(way[i], Step(i + 1));
        }

        return visit;
    }

    private static object All(Visit visit) => (visit.Status, visit.Since, visit.ArrivedAt, visit.OpenedById, visit.AttendedById,
        IsClosed: visit.ClosedAt is not null);

    private static VisitStep Step(int minutes) => new(Id(), Id(), Start.AddMinutes(minutes));

    private static Guid Id() => Guid.CreateVersion7();
}
