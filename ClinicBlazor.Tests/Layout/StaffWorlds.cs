using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Protection;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Domain.Security;
using ClinicBlazor.Domain.Security.Alerts;
using ClinicBlazor.Domain.Visits;
using ClinicBlazor.Tests.Billing;
using ClinicBlazor.Tests.Security.Pages;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Layout;

/// <summary>Two clinics that differ in nothing but in how long their lists are.</summary>
public sealed class StaffWorlds : IAsyncLifetime
{
    public const int FewRows = 2;
    public const int ManyRows = 12;

    internal StaffWorld Few { get; private set; } = null!;

    internal StaffWorld Many { get; private set; } = null!;

    public async Task InitializeAsync() =>
        (Few, Many) = (await StaffWorld.FillAsync(FewRows), await StaffWorld.FillAsync(ManyRows));

    public async Task DisposeAsync()
    {
        await Few.Host.DisposeAsync();
        await Many.Host.DisposeAsync();
    }
}

/// <summary>A clinic in which every list of the staff has so many rows.</summary>
internal sealed class StaffWorld
{
    // Nobody does these here, but for whoever fills the lists with them.
    public const AuditAct ListedAct = AuditAct.RecordPrinted;
    public const string ListedName = "Weight";

    private readonly int rows;
    private BilledVisit visit = null!;

    private StaffWorld(DomainHost host, int rows) => (Host, this.rows) = (host, rows);

    public DomainHost Host { get; }

    /// <summary>Somebody who may open every page.</summary>
    public TestPerson Person { get; private set; } = null!;

    public Guid PatientId => visit.PatientId;

    public Guid VisitId => visit.VisitId;

    public Guid RecordId { get; private set; }

    public static async Task<StaffWorld> FillAsync(int rows)
    {
        var world = new StaffWorld(await DomainHost.StartAsync(DatabaseKind.Sqlite), rows);
        await world.AddMonthsAsync();
        world.Person = await world.Host.People.AddStaffAsync(Roles.Staff);
        await world.AddVisitsAsync();
        await world.AddChartAsync();
        await world.AddAccountsAsync();
        await world.AddTrailAsync();
        return world;
    }

    // Each month since the first entry is to be reviewed.
    private Task AddMonthsAsync() => Host.ArrangeAsync(db => Host.Get<AuditTrail>().AddMadeUp(
        db, Roles.None, new AuditTrace(AuditAct.DemoDataSeeded), Host.Clock.Now().AddMonths(-rows)));

    // The last one is looked at: it has as many charges, as many who take part and as many acts behind it.
    private async Task AddVisitsAsync()
    {
        var acts = await BillingFixtureActs.OpenAsync(Host);
        for (var i = 1; i < rows; i++)
        {
            await acts.SetPriceAsync($"P{i}", "12.00");
        }

        var price = await acts.SetPriceAsync("LAST", "15.00");
        for (var i = 0; i < rows; i++)
        {
            var patientId = await Host.People.AddChartAsync("Ann", $"Weight{i}");
            await Host.People.AssignAsync(Person, patientId);
            await Host.People.AddRecordAsync(patientId, Person);
            visit = await acts.CheckInAsync(patientId);
        }

        var staffing = Host.Get<VisitStaffService>();
        for (var i = 0; i < rows; i++)
        {
            Assert.True((await acts.ChargeAsync(visit, price)).IsSuccess);
            var (part, team) = (await Host.People.AddStaffAsync(Roles.Nurse), await Host.People.AddStaffAsync(Roles.Doctor));
            Assert.True((await staffing.JoinAsync(visit.Desk, PatientId, VisitId, part.AccountId, default)).IsSuccess);
            await Host.People.AssignAsync(team, PatientId);
            Assert.True((await acts.GiveToAsync(visit, await Host.People.ActorAsync(team))).IsSuccess);
            await Host.ArrangeAsync(db =>
            {
                var (planned, begun) = Visit.Plan(Host.Clock.NewId(), PatientId, Host.Clock.Now().AddHours(1), doctorId: null,
                    new VisitStep(Host.Clock.NewId(), Person.AccountId, Host.Clock.Now()));
                db.AddRange(planned, begun);
            });
        }
    }

    private async Task AddChartAsync()
    {
        for (var i = 0; i < rows; i++)
        {
            RecordId = await Host.People.AddRecordAsync(PatientId, Person);
            await TestDocuments.AddAsync(Host, Person, PatientId);
            await TestDocuments.AddAsync(Host, Person, PatientId, visitId: VisitId);
        }

        await TestDocuments.AddAsync(Host, Person, PatientId, RecordId);
        for (var revision = 1; revision <= rows; revision++)
        {
            var id = Host.Clock.NewId();
            var place = FieldPlace.Of<Diagnosis>(id, Diagnosis.OwnerOf(PatientId, RecordId), nameof(Diagnosis.Text));
            await Host.ArrangeAsync(db => db.Set<Diagnosis>().Add(new Diagnosis
            {
                Id = id,
                PatientId = PatientId,
                RecordId = RecordId,
                Revision = revision,
                Text = Host.Get<FieldProtector>().Seal("A strain.", place),
                Certainty = Certainty.Provisional,
                AuthorId = Person.AccountId,
                RecordedAt = Host.Clock.Now(),
            }));
        }
    }

    private async Task AddAccountsAsync()
    {
        var accounts = Host.Get<AccountService>();
        for (var i = 0; i < rows; i++)
        {
            Assert.True((await accounts.InviteAsync(
                await Host.People.ActorAsync(Person), $"{ListedName} {(char)('A' + i)}", $"weight{i}@test.example", Roles.Nurse,
                default)).IsSuccess);
            await Host.People.SignInAgainAsync(Person);
        }
    }

    // Looks that their patients do not recognise, and alerts of all kinds.
    private async Task AddTrailAsync()
    {
        var looker = await Host.People.ActorAsync(await Host.People.AddStaffAsync(Roles.Doctor));
        for (var i = 0; i < rows; i++)
        {
            await Host.ArrangeAsync(db => Host.Get<AuditTrail>()
                .Add(db, looker, new AuditTrace(ListedAct) { PatientId = PatientId }, AuditOutcome.Done, Host.Clock.Now()));
            await AlertSamples.RaiseAsync(Host, (AlertKind)(i % Enum.GetValues<AlertKind>().Length));
        }

        await Host.ArrangeAsync(db => db.AddRange(db.Set<AuditEntry>().Where(entry => entry.Act == ListedAct).ToList()
            .Select(entry => new LookReport
            {
                Id = Host.Clock.NewId(), PatientId = PatientId, EntryId = entry.Id, ReportedAt = Host.Clock.Now(),
            })));
    }
}
