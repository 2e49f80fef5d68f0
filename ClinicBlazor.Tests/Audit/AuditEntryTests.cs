using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Tests.Architecture;
using ClinicBlazor.Tests.Protection;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Audit;

/// <summary>What is added to a save for the trail: no database is needed to see it.</summary>
[Trait("Requirement", "B-12")]
[Trait("Requirement", "S2-13")]
public sealed class AuditEntryTests : IDisposable
{
    private static readonly Guid[] Ids = [.. Enumerable.Range(0, 6).Select(_ => Guid.CreateVersion7())];

    private readonly TestClock clock = new();
    private readonly ClinicDbContext db = BothModels.NewSqlite("Data Source=:memory:");
    private readonly AuditTrail trail;

    public AuditEntryTests() => trail = new AuditTrail(new AuditMac(new TestKeys().Ring), clock);

    private DateTimeOffset Now => clock.GetUtcNow();

    public void Dispose()
    {
        trail.Dispose();
        db.Dispose();
    }

    [Fact]
    public void Add_OfARequest_SaysWhoDidWhatToWhomFromWhere()
    {
        var trace = new AuditTrace(AuditAct.RecordSigned)
        {
            PatientId = Ids[0],
            RecordId = Ids[1],
            VisitId = Ids[2],
            DocumentId = Ids[5],
            SubjectId = Ids[3],
            AccountId = Ids[4],
            SessionId = Ids[4],
        };
        trace.Say([AuditDetail.Ssn]);
        var actor = Person(TestPeople.Client);

        trail.Add(db, actor, trace, AuditOutcome.Denied, Now);

        var entry = Assert.Single(Entries());
        Assert.Equal((actor.AccountId, actor.SessionId, "Doctor, Nurse"), (entry.AccountId, entry.SessionId, entry.Role));
        Assert.Equal((AuditAct.RecordSigned, AuditOutcome.Denied, AuditLevel.Warning), (entry.Act, entry.Outcome, entry.Level));
        Assert.Equal(((Guid?)Ids[0], (Guid?)Ids[1], (Guid?)Ids[2], (Guid?)Ids[5], (Guid?)Ids[3]),
            (entry.PatientId, entry.RecordId, entry.VisitId, entry.DocumentId, entry.SubjectId));
        Assert.Equal((TestPeople.Client.Address, TestPeople.Client.UserAgent, "Ssn"), (entry.Address, entry.UserAgent, entry.Details));
        Assert.Equal(Now, entry.At);
        Assert.Equal([entry.Id], db.ChangeTracker.Entries<AuditPending>().Select(row => row.Entity.EntryId));
    }

    [Fact]
    public void Add_OfSomebodyWhoIsNotSignedIn_SaysWhoTheTraceFound()
    {
        trail.Add(db, Actor.Anonymous(TestPeople.Client), new AuditTrace(AuditAct.SignIn) { AccountId = Ids[0], SessionId = Ids[1] },
            AuditOutcome.Done, Now);

        var entry = Assert.Single(Entries());
        Assert.Equal(((Guid?)Ids[0], (Guid?)Ids[1], ""), (entry.AccountId, entry.SessionId, entry.Role));
    }

    [Fact]
    public void Add_OfAList_NamesEachPatientUnderTheEntryAndUnderNoOther()
    {
        var trace = new AuditTrace(AuditAct.PatientsListed) { PatientId = Ids[0] };
        trace.List(Ids[..3]);
        trace.AlsoHappened.Add((AuditAct.AccountLocked, AuditOutcome.Failed));

        trail.Add(db, Person(TestPeople.Client), trace, AuditOutcome.Done, Now);

        Assert.Equal([(AuditAct.AccountLocked, AuditOutcome.Failed), (AuditAct.PatientsListed, AuditOutcome.Done)],
            Entries().Select(entry => (entry.Act, entry.Outcome)).OrderBy(entry => $"{entry.Act}", StringComparer.Ordinal));
        var list = Entries().Single(entry => entry.Act == AuditAct.PatientsListed);
        Assert.Equal(new[] { (list.Id, Ids[1]), (list.Id, Ids[2]) }.Order(),
            db.ChangeTracker.Entries<AuditListed>().Select(row => (row.Entity.EntryId, row.Entity.PatientId)).Order());
        Assert.Equal(2, db.ChangeTracker.Entries<AuditPending>().Count());
    }

    [Theory]
    [InlineData(false, AuditOutcome.Done, 2)]
    [InlineData(true, AuditOutcome.Done, 1)]
    [InlineData(true, AuditOutcome.Denied, 2)]
    public void Add_OfWhatGoesOn_LeavesOutTheEntryThatIsThereAlready(bool goesOn, AuditOutcome outcome, int entries)
    {
        var trace = new AuditTrace(AuditAct.DraftKept) { GoesOn = goesOn };
        trace.AlsoHappened.Add((AuditAct.AccountLocked, AuditOutcome.Done));

        trail.Add(db, Person(TestPeople.Client), trace, outcome, Now);

        Assert.Equal(entries, Entries().Count());
    }

    [Theory]
    [InlineData(64, 256)]
    [InlineData(65, 257)]
    [InlineData(1, 1)]
    public void Add_FromAClientThatCallsItselfAtLength_CutsItToItsColumn(int address, int userAgent)
    {
        trail.Add(db, Person(new ClientInfo(new string('a', address), new string('b', userAgent))), new AuditTrace(AuditAct.SignIn),
            AuditOutcome.Done, Now);

        var entry = Assert.Single(Entries());
        Assert.Equal((new string('a', Math.Min(address, 64)), new string('b', Math.Min(userAgent, 256))), (entry.Address, entry.UserAgent));
    }

    [Fact]
    public void Add_WithARemark_PutsItWhereTheBrowserIsNamed()
    {
        trail.Add(db, Person(TestPeople.Client), new AuditTrace(AuditAct.DenialsCounted) { Remark = "12 more" }, AuditOutcome.Denied, Now);

        Assert.Equal("12 more", Assert.Single(Entries()).UserAgent);
    }

    [Fact]
    public void AddMadeUp_StandsInItsPlaceOfTheOrderOfTime()
    {
        var then = Now.AddDays(-3);

        trail.AddMadeUp(db, Roles.Nurse, new AuditTrace(AuditAct.RecordRead) { PatientId = Ids[0], AccountId = Ids[1] }, then);

        var entry = Assert.Single(Entries());
        Assert.Equal((then, "Nurse", (Guid?)Ids[1], AuditOutcome.Done, "local"),
            (entry.At, entry.Role, entry.AccountId, entry.Outcome, entry.Address));
        Assert.True(entry.Id.CompareTo(Guid.CreateVersion7(then.AddMilliseconds(1))) < 0);
        Assert.True(entry.Id.CompareTo(Guid.CreateVersion7(then.AddMilliseconds(-1))) > 0);
    }

    [Fact]
    public async Task Wake_MoreThanOnce_IsHeardOnce()
    {
        trail.Wake();
        trail.Wake();

        Assert.True(await (Task<bool>)trail.WaitAsync(TimeSpan.Zero, default));
        Assert.False(await (Task<bool>)trail.WaitAsync(TimeSpan.Zero, default));
    }

    [Fact]
    public void Add_OfAList_SignsTheEntryTogetherWithIt()
    {
        var mac = new AuditMac(new TestKeys().Ring);
        using var own = new AuditTrail(mac, clock);
        var trace = new AuditTrace(AuditAct.PatientsListed);
        trace.List(Ids[..2]);

        own.Add(db, Person(TestPeople.Client), trace, AuditOutcome.Done, Now);

        Assert.True(mac.IsGenuine(Assert.Single(Entries()), Ids[..2]));
    }

    private static Actor Person(ClientInfo client) =>
        new(Guid.CreateVersion7(), Guid.CreateVersion7(), Roles.Nurse | Roles.Doctor, patientId: null, "Dora Doctor", client);

    private IEnumerable<AuditEntry> Entries() => db.ChangeTracker.Entries<AuditEntry>().Select(row => row.Entity);
}
