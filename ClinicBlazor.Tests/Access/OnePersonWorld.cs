using System.Data.Common;
using System.Globalization;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Accounts.Grants;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Domain.Visits;
using ClinicBlazor.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Tests.Access;

/// <summary>
/// A clinic in which one person acts and nobody else does. The person holds an account of the staff, or of a patient, and
/// a mailbox with which a further account was registered; a mailbox more serves whatever they invite. There are
/// colleagues and another administrator, who are passive.
/// </summary>
internal sealed class OnePersonWorld : IAsyncDisposable
{
    public const string OwnMailbox = "second.self@test.example";

    private readonly DomainHost host;
    private readonly SqliteConnection present;

    private OnePersonWorld(DomainHost host, SqliteConnection present) => (this.host, this.present) = (host, present);

    public DomainHost Host => host;

    public required TestPerson Me { get; init; }

    public required Roles MyRoles { get; init; }

    // The front desk may end parts in a care team, whoever else it is.
    private bool IsClinicalAlone => MyRoles.HasAny(Roles.Clinical) && !MyRoles.HasAny(Roles.Reception);

    /// <summary>Registered by the same person with another mailbox; linked to nobody.</summary>
    public required TestPerson Unlinked { get; init; }

    public required TestPerson Doctor { get; init; }

    public required TestPerson Nurse { get; init; }

    /// <summary>A patient whom the person has nothing to do with, in the clinic just now.</summary>
    public required Guid Foreign { get; init; }

    public required Guid ForeignRecord { get; init; }

    public required Guid ForeignVisit { get; init; }

    /// <summary>A patient whom the person sees through an open visit only, where their roles allow that.</summary>
    public required Guid Visited { get; init; }

    public required Guid VisitedVisit { get; init; }

    /// <summary>A patient in the clinic whom somebody else checked in, for the doctor.</summary>
    public required Guid Reserved { get; init; }

    /// <summary>A patient on whose care team the person is, not in the clinic.</summary>
    public required Guid Cared { get; init; }

    /// <summary>A session of the account that the person has invited for themselves; null while there is none.</summary>
    public TestPerson? Second { get; set; }

    public static async Task<OnePersonWorld> StartAsync(Roles roles)
    {
        var clinic = await DomainHost.StartAsync(DatabaseKind.Sqlite,
            services => services.ConfigureDbContext<Domain.Data.SqliteClinicDbContext>(options => options.AddInterceptors(new Hasty())));
        var people = clinic.People;
        await people.AddStaffAsync(Roles.Administrator);
        var (doctor, nurse) = (await people.AddStaffAsync(Roles.Doctor), await people.AddStaffAsync(Roles.Nurse));
        var me = roles == Roles.Patient ? await people.AddPatientAsync() : await people.AddStaffAsync(roles);
        var desk = await people.AddStaffAsync(Roles.Reception);
        var charts = new Guid[4];
        for (var i = 0; i < charts.Length; i++)
        {
            charts[i] = await people.AddChartAsync();
            await people.AssignAsync(doctor, charts[i]);
            await people.AssignAsync(nurse, charts[i]);
        }

        if (roles.HasAny(Roles.CareTeamEligible))
        {
            await people.AssignAsync(me, charts[2]);
        }

        var visited = await people.AddVisitAsync(charts[1]);
        if (roles.HasAny(Roles.CareTeamEligible))
        {
            await clinic.ArrangeAsync(db => db.Set<AccessGrant>().Add(new AccessGrant
            {
                Id = clinic.Clock.NewId(), PatientId = charts[1], AccountId = me.AccountId, Kind = GrantKind.Visit, VisitId = visited,
                StartsAt = clinic.Clock.Now(),
            }));
        }

        return new OnePersonWorld(clinic, await OpenAsync(clinic))
        {
            Me = me,
            MyRoles = roles,
            Unlinked = await people.AddUnlinkedAsync(),
            Doctor = doctor,
            Nurse = nurse,
            Foreign = charts[0],
            ForeignRecord = await people.AddRecordAsync(charts[0], doctor),
            ForeignVisit = await people.AddVisitAsync(charts[0], openedBy: me.AccountId),
            Visited = charts[1],
            VisitedVisit = visited,
            Cared = charts[2],
            Reserved = await ReserveAsync(people, charts[3], desk, doctor),
        };
    }

    private static async Task<Guid> ReserveAsync(TestPeople people, Guid patientId, TestPerson desk, TestPerson doctor)
    {
        await people.AddVisitAsync(patientId, desk.AccountId, doctor.AccountId);
        return patientId;
    }

    /// <summary>The clinic's day, as it is typed.</summary>
    public string Today => host.Clock.GetLocalNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Everybody whom the person can be at this moment.</summary>
    public IReadOnlyList<TestPerson> Selves => Second is { } second ? [Me, Unlinked, second] : [Me, Unlinked];

    /// <summary>Who a self is at this moment; null when its session has ended.</summary>
    public async Task<Actor?> ActorAsync(TestPerson self) => (await host.People.FindSessionAsync(self))?.Actor;

    /// <summary>Keeps what the database holds.</summary>
    public async Task<SqliteConnection> SaveAsync()
    {
        var kept = new SqliteConnection("Data Source=:memory:");
        await kept.OpenAsync();
        present.BackupDatabase(kept);
        return kept;
    }

    /// <summary>Puts back what was kept.</summary>
    public void Restore(SqliteConnection kept, TestPerson? second)
    {
        kept.BackupDatabase(present);
        Second = second;
    }

    /// <summary>All that decides who may do what, as text: two databases with the same text are the same state.</summary>
    public async Task<string> DescribeAsync()
    {
        await using var db = await host.OpenAsync();
        var now = host.Clock.Now();
        var accounts = await db.Set<Account>()
            .Select(row => new { row.Id, row.Email, row.Roles, row.Status, row.PatientId, row.TwoFactorEnabled }).ToListAsync();
        var names = accounts.ToDictionary(row => row.Id, row => row.Email!);
        IEnumerable<string> lines =
        [
            .. accounts.Select(row => $"{row.Email} {row.Roles} {row.Status} {row.PatientId} {row.TwoFactorEnabled}"),
            .. (await db.Set<AccessGrant>().Where(row => row.EndsAt == null || row.EndsAt > now).ToListAsync())
                .Select(row => $"{names[row.AccountId]} {row.Kind} {row.PatientId}"),
            .. (await db.Set<RoleGrant>().Where(row => row.EndedAt == null).ToListAsync())
                .Select(row => $"{names[row.AccountId]} waits for {row.Roles} by {names[row.GivenBy]}"),
            .. (await db.Set<AccountLink>().Where(row => row.EndedAt == null).ToListAsync())
                .Select(row => $"{names[row.AccountId]} linked to {row.PatientId} by {names[row.RequestedBy]} {row.InForceAt is not null}"),
            .. (await db.Set<Visit>().Where(row => row.ClosedAt == null).ToListAsync()).Select(row => $"visit of {row.PatientId}, {row.Status}, for {row.DoctorId}, opened by {row.OpenedById}"),
            .. (await db.Set<Session>().Where(row => row.RevokedAt == null).ToListAsync()).Select(row => $"session {names[row.AccountId]}")
                .Distinct(),
        ];
        return string.Join('\n', lines.Order(StringComparer.Ordinal));
    }

    /// <summary>What the person has come to that nobody else gave: null as long as all is well.</summary>
    public async Task<string?> FindBreachAsync()
    {
        var records = host.Get<RecordService>();
        foreach (var self in Selves)
        {
            if (await ActorAsync(self) is { } actor && (await records.GetAsync(actor, ForeignRecord, CancellationToken.None)).IsSuccess)
            {
                return $"{self.Email} reads a foreign chart";
            }
        }

        await using var db = await host.OpenAsync();
        var now = host.Clock.Now();
        var selves = Selves.Select(self => self.AccountId).ToList();
        var grants = await db.Set<AccessGrant>().Where(row => row.EndsAt == null || row.EndsAt > now).ToListAsync();
        var hasDoctor = await db.Set<Account>()
            .AnyAsync(row => row.Id == Doctor.AccountId && row.Status == AccountStatus.Active && row.Roles == Roles.Doctor);
        return grants.Any(row => selves.Contains(row.AccountId) && row.PatientId == Foreign) ? "assigned to a foreign patient"
            : grants.Any(row => selves.Contains(row.AccountId) && row.PatientId == Visited && row.Kind == GrantKind.CareTeam)
                ? "a visit has become a membership"
            : !MyRoles.HasAny(Roles.Nurse) && grants.Any(row => selves.Contains(row.AccountId) && row.PatientId == Reserved)
                ? "taken from another doctor"
            : hasDoctor && IsClinicalAlone && !grants.Any(row => row.AccountId == Doctor.AccountId && row.PatientId == Visited)
                ? "the regular doctor was put out through a visit"
            : await db.Set<Account>().AnyAsync(
                row => selves.Contains(row.Id) && row.Id != Me.AccountId && (
                row.PatientId != null || (row.Roles & (Roles.Clinical | Roles.Administrator)) != Roles.None)) ? "a further self has power"
            : await db.Set<Account>().AnyAsync(row => row.Id == Me.AccountId && (row.Roles & ~MyRoles) != Roles.None)
                ? "own roles have grown"
            : null;
    }

    public async ValueTask DisposeAsync()
    {
        await present.DisposeAsync();
        await host.DisposeAsync();
    }

    private static async Task<SqliteConnection> OpenAsync(DomainHost host)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = host.Settings.SqliteFile, Pooling = false }.ToString());
        await connection.OpenAsync();
        await Hasty.HurryAsync(connection);
        return connection;
    }

    /// <summary>
    /// Nothing here has to survive a power cut; and the log, into which each state that is put back goes as a whole, is moved
    /// into the database as it grows: every read looks through it.
    /// </summary>
    private sealed class Hasty : DbConnectionInterceptor
    {
        public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData,
            CancellationToken cancellationToken = default) => await HurryAsync(connection);

        public static async Task HurryAsync(DbConnection connection)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA synchronous=OFF; PRAGMA wal_autocheckpoint=1000";
            await command.ExecuteNonQueryAsync();
        }
    }
}
