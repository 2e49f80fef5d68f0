using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Security.Alerts;
using ClinicBlazor.Tests.Audit;
using ClinicBlazor.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Tests.Security.Alerts;

/// <summary>Administrators see alerts, and one of them says what became of each.</summary>
[Trait("Requirement", "S4-10")]
public abstract class AlertServiceTests(DatabaseKind kind) : IAsyncLifetime
{
    private readonly Interference interference = new();
    private DomainHost? host;

    public sealed class OnSqlite() : AlertServiceTests(DatabaseKind.Sqlite);

    public sealed class OnPostgres() : AlertServiceTests(DatabaseKind.Postgres);

    private DomainHost Host => host!;

    private AlertService Alerts => Host.Get<AlertService>();

    public async Task InitializeAsync() => host = await interference.StartAsync(kind);

    public async Task DisposeAsync() => await Host.DisposeAsync();

    [Fact]
    public async Task ListAsync_OfManyAlerts_GoesFromTheLastOneOnPageByPage()
    {
        var administrator = await AdministratorAsync();
        for (var i = 0; i < 60; i++)
        {
            await Host.DoAsync(new Deed(AuditAct.AttackInputSeen) { By = Guid.CreateVersion7() });
        }

        await Host.JudgeAsync();
        var pages = new List<IReadOnlyList<AlertRow>>();
        string? after = null;
        do
        {
            var page = (await Alerts.ListAsync(administrator, new AlertQuery(After: after), default)).Value;
            pages.Add(page.Items);
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal([25, 25, 10], pages.Select(page => page.Count));
        var all = pages.SelectMany(page => page).ToList();
        Assert.Equal(60, all.DistinctBy(row => row.Id).Count());
        Assert.Equal(all.OrderByDescending(row => row.LastAt).Select(row => row.Id), all.Select(row => row.Id));
        Assert.Equal(60, (await Alerts.CountOpenAsync(administrator, default)).Value);
    }

    [Fact]
    public async Task ListAsync_ByKindDayAndState_GivesThese()
    {
        var (first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await Host.DoAndJudgeAsync(new Deed(AuditAct.AttackInputSeen) { By = first });
        var day = DateOnly.FromDateTime(Host.Clock.GetUtcNow().UtcDateTime);
        Host.Clock.Advance(TimeSpan.FromDays(1));
        await Host.DoAndJudgeAsync(new Deed(AuditAct.SessionClientChanged, AuditOutcome.Denied) { By = second });
        var administrator = await AdministratorAsync();

        Assert.Equal([second, first], await AccountsAsync(new()));
        Assert.Equal([first], await AccountsAsync(new(Kind: AlertKind.AttackInput)));
        Assert.Equal([first], await AccountsAsync(new(To: day)));
        Assert.Equal([second], await AccountsAsync(new(From: day.AddDays(1))));
        Assert.Empty(await AccountsAsync(new(Acknowledged: true)));
        await Host.AcknowledgeAsync((await Host.AlertsOfAsync(first)).Single());
        Assert.Equal([second], await AccountsAsync(new()));
        Assert.Equal([first], await AccountsAsync(new(Acknowledged: true, Kind: AlertKind.AttackInput)));

        async Task<IEnumerable<Guid>> AccountsAsync(AlertQuery query) =>
            (await Alerts.ListAsync(administrator, query, default)).Value.Items.Select(row => row.AccountId!.Value);
    }

    [Fact]
    public async Task Reading_OfAlerts_LeavesOneEntryForTheListAndTheFileAndNoneForTheNumber()
    {
        var administrator = await AdministratorAsync();
        await Host.DoAndJudgeAsync(Enumerable.Range(0, 30).Select(_ => new Deed(AuditAct.AttackInputSeen) { By = Guid.CreateVersion7() }));
        var taken = new List<AlertRow>();

        await Alerts.CountOpenAsync(administrator, default);
        await Alerts.ListAsync(administrator, new(), default);
        var read = await Alerts.ReadAllAsync(administrator, new(), part =>
        {
            taken.AddRange(part);
            return Task.CompletedTask;
        }, default);

        Assert.Equal((30L, 30), (read.Value, taken.DistinctBy(row => row.Id).Count()));
        Assert.Equal([AuditAct.AlertsListed, AuditAct.AlertsExported],
            (await EntriesAsync(administrator)).OrderBy(entry => entry.Act).Select(entry => entry.Act));
    }

    [Fact]
    public async Task AcknowledgeAsync_WithANote_ClosesItAndEverybodyReadsByWhom()
    {
        var (administrator, person) = (await AdministratorAsync(), await Host.People.AddStaffAsync(Roles.Nurse));
        var alert = await AttackAsync(person.AccountId);
        Host.Clock.Advance(TimeSpan.FromMinutes(3));

        Assert.True((await Alerts.AcknowledgeAsync(administrator, alert.Id, "  She pasted a link. ", default)).IsSuccess);

        Assert.Equal(0, (await Alerts.CountOpenAsync(administrator, default)).Value);
        var row = Assert.Single((await Alerts.ListAsync(administrator, new(Acknowledged: true), default)).Value.Items);
        Assert.Equal(new AlertAcknowledgement(Host.Clock.Now(), administrator.DisplayName, "She pasted a link."), row.Acknowledgement);
        Assert.False(row.MayAcknowledge);
        Assert.StartsWith("Person ", row.Who, StringComparison.Ordinal);
        var entry = (await EntriesAsync(administrator)).Single(one => one.Act == AuditAct.AlertAcknowledged);
        Assert.Equal((AuditOutcome.Done, (Guid?)person.AccountId), (entry.Outcome, entry.SubjectId));
    }

    [Fact]
    public async Task AcknowledgeAsync_WithAnUnfitNoteOrOfNone_IsRefused()
    {
        var administrator = await AdministratorAsync();
        var alert = await AttackAsync(Guid.CreateVersion7());

        foreach (var note in (string[])["", "  \n ", new string('x', AlertService.LongestNote + 1)])
        {
            var refused = await Alerts.AcknowledgeAsync(administrator, alert.Id, note, default);
            Assert.Equal((ErrorKind.Invalid, "Note"), (refused.Error!.Kind, refused.Error.Fields[0].Field));
        }

        Assert.Equal(ErrorKind.NotFound,
            (await Alerts.AcknowledgeAsync(administrator, Guid.CreateVersion7(), "Looked.", default)).Error?.Kind);
        Assert.True((await Alerts.AcknowledgeAsync(administrator, alert.Id, new string('x', AlertService.LongestNote), default)).IsSuccess);
    }

    [Fact]
    public async Task AcknowledgeAsync_ByTwoAtOnce_TellsTheSecond()
    {
        var (one, other) = (await AdministratorAsync(), await AdministratorAsync());
        var alert = await AttackAsync(Guid.CreateVersion7());
        await using var elsewhere = await Host.StartAgainAsync();
        var service = elsewhere.GetRequiredService<AlertService>();
        interference.BeforeNextSave(() => service.AcknowledgeAsync(other, alert.Id, "I was quicker.", default));

        var result = await Alerts.AcknowledgeAsync(one, alert.Id, "I was slower.", default);

        Assert.Equal(ErrorKind.Conflict, result.Error?.Kind);
        var row = Assert.Single((await Alerts.ListAsync(one, new(Acknowledged: true), default)).Value.Items);
        Assert.Equal("I was quicker.", row.Acknowledgement!.Note);
    }

    [Fact]
    public async Task AcknowledgeAsync_WhileItIsCounted_IsDoneAllTheSame()
    {
        var (administrator, account) = (await AdministratorAsync(), Guid.CreateVersion7());
        var alert = await AttackAsync(account);
        await using var elsewhere = await Host.StartAgainAsync();
        await Host.DoAsync(new Deed(AuditAct.AttackInputSeen) { By = account });
        await Host.Get<AuditSealer>().SealPendingAsync(default);
        interference.BeforeNextSave(() => elsewhere.GetRequiredService<AlertWatcher>().JudgeAsync(default));

        Assert.True((await Alerts.AcknowledgeAsync(administrator, alert.Id, "Looked into.", default)).IsSuccess);

        Assert.Equal(2, Assert.Single(await Host.AlertsAsync()).Count);
    }

    [Theory]
    [Trait("Requirement", "S0-06")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AcknowledgeAsync_OfWhatOneDidOneself_IsForAnotherAdministratorWhereThereIsOne(bool asSubject)
    {
        var administrator = await AdministratorAsync();
        await Host.DoAndJudgeAsync(new Deed(AuditAct.RolesChanged)
        {
            By = asSubject ? Guid.CreateVersion7() : administrator.AccountId,
            SubjectId = asSubject ? administrator.AccountId : Guid.CreateVersion7(),
        });
        var alert = Assert.Single(await Host.AlertsAsync());
        Assert.True(await MayAsync(administrator));

        var other = await AdministratorAsync();
        var refused = await Alerts.AcknowledgeAsync(administrator, alert.Id, "It was me.", default);

        Assert.Equal((false, true), (await MayAsync(administrator), await MayAsync(other)));
        Assert.Equal(ErrorKind.Denied, refused.Error?.Kind);
        Assert.Equal(AuditOutcome.Denied,
            (await EntriesAsync(administrator)).Single(entry => entry.Act == AuditAct.AlertAcknowledged).Outcome);
        Assert.True((await Alerts.AcknowledgeAsync(other, alert.Id, "He told me before.", default)).IsSuccess);

        async Task<bool> MayAsync(Actor actor) =>
            Assert.Single((await Alerts.ListAsync(actor, new(), default)).Value.Items).MayAcknowledge;
    }

    [Fact]
    [Trait("Requirement", "S0-06")]
    public async Task AcknowledgeAsync_OfWhatTheOnlyAdministratorDid_IsTheirs()
    {
        var administrator = await AdministratorAsync();
        var alert = await AttackAsync(administrator.AccountId!.Value);

        Assert.True((await Alerts.AcknowledgeAsync(administrator, alert.Id, "I am alone here.", default)).IsSuccess);
    }

    private async Task<Actor> AdministratorAsync() => await Host.People.ActorAsync(await Host.People.AddStaffAsync(Roles.Administrator));

    private async Task<Alert> AttackAsync(Guid account)
    {
        await Host.DoAndJudgeAsync(new Deed(AuditAct.AttackInputSeen) { By = account });
        return (await Host.AlertsOfAsync(account)).Single();
    }

    private async Task<IReadOnlyList<AuditEntry>> EntriesAsync(Actor actor) =>
        [.. (await AuditSamples.ReadAsync(Host)).Where(entry => entry.AccountId == actor.AccountId && entry.Act != AuditAct.AttackInputSeen
            && entry.Act != AuditAct.RolesChanged)];
}
