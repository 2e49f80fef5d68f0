using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Protection;
using ClinicBlazor.Domain.Visits;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Data;

/// <summary>One request through the gate, by what it lets through, what it writes down and what it answers.</summary>
[Trait("Requirement", "S4-01")]
public sealed class GateTests(SqliteClinic clinic) : IClassFixture<SqliteClinic>
{
    private DomainHost Host => clinic.Host;

    [Theory]
    [InlineData(Permission.AuditRead, ErrorKind.Denied)]
    [InlineData(Permission.PatientRegister, ErrorKind.NotFound)]
    [InlineData(Permission.RecordDescribe, ErrorKind.NotFound)]
    [InlineData(Permission.AccountManage, ErrorKind.Denied)]
    public async Task RunAsync_WithoutThePermission_IsRefusedAndAuditedBeforeTheBody(Permission permission, ErrorKind expected)
    {
        var (actor, patientId, hasRun) = (Person(Roles.Doctor), Host.Clock.NewId(), false);
        await IsAwakeAsync(); // what an earlier test left

        var request = new AccessRequest(permission, AuditAct.PageOpened) { PatientId = patientId };
        var result = await Host.Gate.RunAsync<Done>(actor, request, _ =>
        {
            hasRun = true;
            return Task.FromResult<Result<Done>>(Done.Instance);
        }, default);

        Assert.Equal((expected, false), (result.Error!.Kind, hasRun));
        var entry = Assert.Single(await EntriesAsync(actor));
        Assert.Equal((AuditAct.PageOpened, AuditOutcome.Denied, patientId), (entry.Act, entry.Outcome, entry.PatientId));
        Assert.True(await IsAwakeAsync());
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task RunAsync_WithAProofOfFiveMinutes_StillTakesItAndNoOlderOne(int microseconds, bool fresh)
    {
        var actor = Person(Roles.Doctor, Host.Clock.Now().AddMinutes(-AccessPolicy.ProofMinutes).AddMicroseconds(-microseconds));

        var result = await RunAsync(actor, Permission.RecordSign, Done.Instance);

        Assert.Equal(fresh ? null : ErrorKind.StepUpNeeded, result.Error?.Kind);
        Assert.Equal(fresh ? 1 : 0, (await EntriesAsync(actor)).Count);
        Assert.True((await RunAsync(Person(Roles.Doctor, default), Permission.RecordRead, Done.Instance)).IsSuccess);
    }

    [Fact]
    public async Task RunAsync_CarriedOut_IsOneEntryWithTheOutcomeOfItsTrace()
    {
        var actor = Person(Roles.Doctor);
        await IsAwakeAsync(); // what an earlier test left

        await Host.Gate.RunAsync<Done>(actor, new AccessRequest(Permission.RecordRead, AuditAct.RecordRead), (_, trace) =>
        {
            trace.Outcome = AuditOutcome.Failed;
            trace.AlsoHappened.Add((AuditAct.AccountLocked, AuditOutcome.Done));
            return Task.FromResult<Result<Done>>(Done.Instance);
        }, default);

        Assert.Equal([(AuditAct.AccountLocked, AuditOutcome.Done), (AuditAct.RecordRead, AuditOutcome.Failed)], await ActsAsync(actor));
        Assert.True(await IsAwakeAsync());
    }

    [Theory]
    [InlineData(ErrorKind.NotFound, AuditOutcome.Denied)]
    [InlineData(ErrorKind.Denied, AuditOutcome.Denied)]
    [InlineData(ErrorKind.Conflict, AuditOutcome.Failed)]
    [InlineData(ErrorKind.Invalid, null)]
    [InlineData(ErrorKind.StepUpNeeded, null)]
    public async Task RunAsync_ABodyThatRefuses_SavesNothingButTheRefusal(ErrorKind kind, AuditOutcome? outcome)
    {
        var (actor, listed) = (Person(Roles.Doctor), Host.Clock.NewId());
        var error = kind switch
        {
            ErrorKind.NotFound => Error.NotFound,
            ErrorKind.Denied => Error.Denied,
            ErrorKind.Conflict => Error.Conflict,
            ErrorKind.Invalid => Error.Invalid("Field", "Text."),
            _ => Error.StepUpNeeded,
        };

        var result = await Host.Gate.RunAsync<Done>(actor, new AccessRequest(Permission.RecordRead, AuditAct.RecordRead), (db, trace) =>
        {
            db.Add(Tally(actor, 1));
            trace.AlsoHappened.Add((AuditAct.AccountLocked, AuditOutcome.Done));
            trace.List([listed]);
            return Task.FromResult<Result<Done>>(error);
        }, default);

        Assert.Equal(kind, result.Error?.Kind);
        Assert.Equal(outcome is { } said ? [(AuditAct.RecordRead, said)] : [], await ActsAsync(actor));
        await using var db = await Host.OpenAsync();
        Assert.False(await db.Set<DenialTally>().AnyAsync(row => row.AccountId == actor.AccountId && row.Minute == 1));
        Assert.False(await db.Set<AuditListed>().AnyAsync(row => row.PatientId == listed));
    }

    [Fact]
    public async Task RunAsync_ABodyThatRefusesAndKeepsWhatItDid_SavesIt()
    {
        var actor = Person(Roles.Doctor);

        var result = await Host.Gate.RunAsync<Done>(actor, new AccessRequest(Permission.SignIn, AuditAct.SignIn), (db, trace) =>
        {
            db.Add(Tally(actor, 1));
            trace.SaveRefusal = true;
            return Task.FromResult<Result<Done>>(Error.NotFound);
        }, default);

        Assert.Equal(ErrorKind.NotFound, result.Error?.Kind);
        Assert.Equal([(AuditAct.SignIn, AuditOutcome.Failed)], await ActsAsync(actor));
        await using var db = await Host.OpenAsync();
        Assert.True(await db.Set<DenialTally>().AnyAsync(row => row.AccountId == actor.AccountId && row.Minute == 1));
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, ClinicGate.Attempts)]
    public async Task RunAsync_ABodyThatAlwaysLosesTheRace_EndsAsAConflict(bool retry, int runs)
    {
        var (actor, ran) = (Person(Roles.Doctor), 0);
        await Host.ArrangeAsync(db => db.Add(Tally(actor, 1)));

        var result = await Host.Gate.RunAsync<Done>(actor, new AccessRequest(Permission.RecordRead, AuditAct.RecordRead), db =>
        {
            ran++;
            db.Add(Tally(actor, 1));
            return Task.FromResult<Result<Done>>(Done.Instance);
        }, default, retry);

        Assert.Equal((ErrorKind.Conflict, runs), (result.Error?.Kind, ran));
        Assert.Equal([(AuditAct.RecordRead, AuditOutcome.Failed)], await ActsAsync(actor));
    }

    [Fact]
    public async Task RunAsync_ABodyThatLosesTheRaceOnce_IsRunAgain()
    {
        var (actor, ran) = (Person(Roles.Doctor), 0);
        await Host.ArrangeAsync(db => db.Add(Tally(actor, 1)));

        var result = await Host.Gate.RunAsync<Done>(actor, new AccessRequest(Permission.RecordRead, AuditAct.RecordRead), db =>
        {
            db.Add(Tally(actor, ++ran));
            return Task.FromResult<Result<Done>>(Done.Instance);
        }, default, retry: true);

        Assert.Equal((true, 2), (result.IsSuccess, ran));
        Assert.Equal([(AuditAct.RecordRead, AuditOutcome.Done)], await ActsAsync(actor));
    }

    [Fact]
    [Trait("Requirement", "S4-05")]
    public async Task RunAsync_ABodyThatMeetsABrokenSeal_IsAFaultUnderItsOwner()
    {
        var (actor, patientId) = (Person(Roles.Doctor), Host.Clock.NewId());
        var place = FieldPlace.Of<Patient>(patientId, new RowOwner(patientId), nameof(Patient.Ssn));

        await Assert.ThrowsAsync<SealBrokenException>(() => Host.Gate.RunAsync<Done>(actor,
            new AccessRequest(Permission.PatientRead, AuditAct.PatientRead), _ => throw new SealBrokenException(place, null), default));

        var entry = Assert.Single(await EntriesAsync(actor));
        Assert.Equal((AuditAct.SealBroken, AuditOutcome.Failed, patientId), (entry.Act, entry.Outcome, entry.PatientId));
    }

    [Fact]
    public async Task Refusal_NamingAVisitOfAnotherPatient_IsFoundUnderBoth()
    {
        var (actor, named, owner) = (Person(Roles.Doctor), await Host.People.AddChartAsync(), await Host.People.AddChartAsync());
        var visitId = await Host.People.AddVisitAsync(owner);

        await Host.Gate.RunAsync<Done>(actor,
            new AccessRequest(Permission.PatientRegister, AuditAct.PageOpened) { PatientId = named, VisitId = visitId },
            _ => Task.FromResult<Result<Done>>(Done.Instance), default);
        await Host.Gate.RunAsync<Done>(actor,
            new AccessRequest(Permission.PatientRegister, AuditAct.PageOpened) { PatientId = owner, VisitId = visitId },
            _ => Task.FromResult<Result<Done>>(Done.Instance), default);

        Assert.Equal(new Guid?[] { named, owner, owner }.Order(), (await EntriesAsync(actor)).Select(entry => entry.PatientId).Order());
    }

    [Fact]
    public async Task RunForProgramAsync_SeesEveryRowAndIsAuditedAsTheProgram()
    {
        var (patientId, subjectId) = (await Host.People.AddChartAsync(), Host.Clock.NewId());

        var seen = await Host.Gate.RunForProgramAsync<bool>(
            new AccessRequest(Permission.SignIn, AuditAct.RolesCameDue) { SubjectId = subjectId },
            async (db, _) => await db.Set<Patient>().AnyAsync(patient => patient.Id == patientId), default);

        Assert.True(seen.Value);
        var entry = (await AuditAsync()).Single(row => row.SubjectId == subjectId);
        Assert.Equal((null, "local", AuditOutcome.Done), (entry.AccountId, entry.Address, entry.Outcome));
    }

    [Fact]
    public async Task OpenAccountsAsync_SeesNoPatient()
    {
        await Host.People.AddVisitAsync(await Host.People.AddChartAsync());
        await using var db = await Host.Gate.OpenAccountsAsync(default);

        Assert.Equal((Reach.None, Reach.None), (db.Scope.Demographic, db.Scope.Clinical));
        Assert.False(await db.Set<Visit>().AnyAsync());
    }

    [Fact]
    public async Task AdvanceAsync_OfAPatientsRow_Throws() =>
        await Assert.ThrowsAsync<OutOfScopeWriteException>(() => Host.Gate.AdvanceAsync<Visit>(
            [], visit => visit.StatusSince!.Value, (rows, _, _) => rows, default));

    [Fact]
    [Trait("Requirement", "B-14")]
    public async Task AdvanceAsync_OfRows_WritesEachMoment()
    {
        var (first, second) = (Person(Roles.Doctor), Person(Roles.Doctor));
        await Host.ArrangeAsync(db => db.AddRange(Receipt(first), Receipt(second)));
        var moment = Host.Clock.Now().AddMinutes(3);

        await Host.Gate.AdvanceAsync<CommandReceipt>(
            [new(second.AccountId!.Value, moment.AddMinutes(1)), new(first.AccountId!.Value, moment)], row => row.At,
            (rows, id, _) => rows.Where(row => row.AccountId == id), default);

        await using var db = await Host.OpenAsync();
        Assert.Equal(moment, (await db.Set<CommandReceipt>().SingleAsync(row => row.AccountId == first.AccountId)).At);
        Assert.Equal(moment.AddMinutes(1), (await db.Set<CommandReceipt>().SingleAsync(row => row.AccountId == second.AccountId)).At);
    }

    private static DenialTally Tally(Actor actor, long minute) => new() { AccountId = actor.AccountId!.Value, Minute = minute };

    private CommandReceipt Receipt(Actor actor) => new()
    {
        AccountId = actor.AccountId!.Value,
        CommandId = Host.Clock.NewId(),
        Act = AuditAct.SignIn,
        At = Host.Clock.Now(),
        Digest = new byte[32],
    };

    private Actor Person(Roles roles, DateTimeOffset? provedAt = null) =>
        new(Host.Clock.NewId(), Host.Clock.NewId(), roles, null, "Dora Doctor", TestPeople.Client, provedAt ?? Host.Clock.Now());

    private Task<Result<T>> RunAsync<T>(Actor actor, Permission permission, T answer) => Host.Gate.RunAsync<T>(
        actor, new AccessRequest(permission, AuditAct.PageOpened), _ => Task.FromResult<Result<T>>(answer), default);

    /// <summary>Whether the sealer was told that there is work, once.</summary>
    private Task<bool> IsAwakeAsync() => (Task<bool>)Host.Get<AuditTrail>().WaitAsync(TimeSpan.Zero, default);

    private async Task<IReadOnlyList<AuditEntry>> AuditAsync()
    {
        await using var db = await Host.OpenAsync();
        return await db.Set<AuditEntry>().OrderBy(entry => entry.Id).ToListAsync();
    }

    private async Task<IReadOnlyList<AuditEntry>> EntriesAsync(Actor actor) =>
        [.. (await AuditAsync()).Where(entry => entry.AccountId == actor.AccountId)];

    private async Task<IEnumerable<(AuditAct, AuditOutcome)>> ActsAsync(Actor actor) =>
        (await EntriesAsync(actor)).Select(entry => (entry.Act, entry.Outcome)).OrderBy(entry => $"{entry.Act}", StringComparer.Ordinal);
}
