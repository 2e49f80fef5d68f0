using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Visits;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Access;

/// <summary>What a service with a bug could do to roles and links, and where the reach of a lease ends.</summary>
[Trait("Requirement", "S4-01")]
public sealed class PowerGuardTests(SqliteClinic clinic) : IClassFixture<SqliteClinic>, IAsyncLifetime
{
    private DomainHost Host => clinic.Host;

    private TestPerson administrator = null!;
    private TestPerson other = null!;
    private Guid patientId;

    public async Task InitializeAsync()
    {
        administrator = await Host.People.AddStaffAsync(Roles.Administrator);
        other = await Host.People.AddStaffAsync(Roles.Nurse);
        patientId = await Host.People.AddChartAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Roles_OfAnotherPerson_ChangeByTheActMadeForIt()
    {
        await ChangeAsync(administrator, Permission.AccountManage, other, account => account.ChangeRoles(Roles.Reception));

        Assert.Equal(Roles.Reception, (await AccountAsync(other)).Roles);
    }

    [Theory]
    [InlineData(Permission.AccountManage, true)]
    [InlineData(Permission.AccountList, false)]
    [InlineData(Permission.OwnAccount, true)]
    [InlineData(Permission.SignIn, false)]
    public async Task Roles_OfOneselfOrByAnotherAct_DoNotChange(Permission permission, bool own)
    {
        var victim = own ? administrator : other;
        var before = (await AccountAsync(victim)).Roles;

        await RefusedAsync(administrator, permission, victim, account => account.ChangeRoles(Roles.Reception));

        Assert.Equal(before, (await AccountAsync(victim)).Roles);
    }

    [Theory]
    [InlineData(Roles.Patient, true)]
    [InlineData(Roles.None, true)]
    [InlineData(Roles.Nurse, false)]
    [InlineData(Roles.Patient | Roles.Nurse, false)]
    public async Task Account_MadeByASignIn_IsAPatientsOrNobodys(Roles roles, bool allowed)
    {
        var account = new Account(Host.Clock.NewId(), $"{Host.Clock.NewId()}@test.example", "Nobody Yet", roles);
        Task MakeAsync() => RunAsync(Actor.Anonymous(TestPeople.Client), Permission.SignIn, db => Task.FromResult(db.Add(account)));

        await (allowed ? MakeAsync() : Assert.ThrowsAsync<OutOfScopeWriteException>(MakeAsync));

        await using var db = await Host.OpenAsync();
        Assert.Equal(allowed, await db.Set<Account>().AnyAsync(row => row.Id == account.Id));
    }

    [Fact]
    public async Task Roles_ThatBecomeAPatientsInAnAccountThatIsThere_AreNoRegistration() =>
        await RefusedAsync(administrator, Permission.OwnAccount, other, account => account.ChangeRoles(Roles.Patient));

    [Fact]
    public async Task Account_MadeTogetherWithItsLink_IsRefused()
    {
        var account = new Account(Host.Clock.NewId(), "linked@test.example", "Nobody Yet", Roles.Patient);
        account.LinkTo(patientId);

        await Assert.ThrowsAsync<OutOfScopeWriteException>(() =>
            RunAsync(Actor.Anonymous(TestPeople.Client), Permission.SignIn, db => Task.FromResult(db.Add(account))));
    }

    [Fact]
    public async Task Link_OfAnotherPerson_IsMadeByTheActMadeForIt()
    {
        var reception = await Host.People.AddStaffAsync(Roles.Reception);
        var person = await Host.People.AddUnlinkedAsync();

        await ChangeAsync(reception, Permission.PatientAccountLink, person, account => account.LinkTo(patientId));

        Assert.Equal(patientId, (await AccountAsync(person)).PatientId);
        await RefusedAsync(reception, Permission.PatientRead, person, account => account.Unlink());
        await RefusedAsync(reception, Permission.PatientAccountLink, reception, account => account.LinkTo(patientId));
        await ChangeAsync(reception, Permission.PatientAccountLink, person, account => account.Unlink());
        Assert.Null((await AccountAsync(person)).PatientId);
    }

    [Fact]
    public async Task Link_OfAnyAccount_IsUndoneAndNotMadeByTheActsOnAccounts()
    {
        var person = await Host.People.AddUnlinkedAsync();
        await RefusedAsync(administrator, Permission.AccountManage, person, account => account.LinkTo(patientId));
        await Host.People.LinkAsync(person, patientId);
        await RefusedAsync(administrator, Permission.AccountList, person, account => account.Unlink());

        await ChangeAsync(administrator, Permission.AccountManage, person, account => account.Unlink());

        Assert.Null((await AccountAsync(person)).PatientId);
    }

    [Fact]
    public async Task Link_BetweenPatients_AsksForBothWithinReach()
    {
        var (nurse, foreign) = (await Host.People.AddStaffAsync(Roles.Nurse), await Host.People.AddChartAsync());
        await Host.People.AssignAsync(nurse, patientId);
        var (ours, theirs) = (await Host.People.AddUnlinkedAsync(), await Host.People.AddUnlinkedAsync());
        await Host.People.LinkAsync(theirs, foreign);

        await RefusedAsync(nurse, Permission.PatientAccountLink, ours, account => account.LinkTo(foreign));
        await RefusedAsync(nurse, Permission.PatientAccountLink, theirs, account => account.LinkTo(patientId));
        await RefusedAsync(nurse, Permission.PatientAccountLink, theirs, account => account.Unlink());
        await ChangeAsync(nurse, Permission.PatientAccountLink, ours, account => account.LinkTo(patientId));

        Assert.Equal((patientId, foreign), ((await AccountAsync(ours)).PatientId, (await AccountAsync(theirs)).PatientId));
    }

    [Theory]
    [InlineData(GrantKind.CareTeam, Permission.VisitChange, 0, null, true)]
    [InlineData(GrantKind.CareTeam, Permission.VisitChange, 1, null, false)]
    [InlineData(GrantKind.CareTeam, Permission.VisitChange, -2, 0, false)]
    [InlineData(GrantKind.CareTeam, Permission.VisitChange, -2, 1, true)]
    [InlineData(GrantKind.Visit, Permission.VisitChange, -2, null, true)]
    [InlineData(GrantKind.Visit, Permission.VisitStaffChange, -2, null, false)]
    [InlineData(GrantKind.CareTeam, Permission.VisitStaffChange, -2, null, true)]
    public async Task Write_AboutAPatient_IsWithinReachFromTheFirstMomentToTheLast(
        GrantKind kind, Permission permission, int from, int? until, bool allowed)
    {
        var doctor = await Host.People.AddStaffAsync(Roles.Doctor);
        var (now, visitId) = (Host.Clock.Now(), await Host.People.AddVisitAsync(patientId));
        var grant = new AccessGrant
        {
            Id = Host.Clock.NewId(),
            PatientId = patientId,
            AccountId = doctor.AccountId,
            Kind = kind,
            VisitId = kind == GrantKind.Visit ? visitId : null,
            StartsAt = now.AddSeconds(from),
        };
        if (until is { } seconds)
        {
            grant.End(now.AddSeconds(seconds));
        }

        await Host.ArrangeAsync(db => db.Add(grant));
        var (visit, _) = Visit.CheckIn(Host.Clock.NewId(), patientId, null, new VisitStep(Host.Clock.NewId(), null, now));
        visit.Do(VisitAct.Finish, new VisitStep(Host.Clock.NewId(), null, now));
        var actor = await Host.People.ActorAsync(doctor);
        Task WriteAsync() => RunAsync(actor, permission, db => Task.FromResult(db.Add(visit)));

        await (allowed ? WriteAsync() : Assert.ThrowsAsync<OutOfScopeWriteException>(WriteAsync));

        await using var db = await Host.OpenAsync();
        Assert.Equal(allowed, await db.Set<Visit>().AnyAsync(row => row.Id == visit.Id));
    }

    private async Task ChangeAsync(TestPerson by, Permission permission, TestPerson victim, Action<Account> change)
    {
        var result = await RunAsync(await Host.People.ActorAsync(by), permission, async db =>
        {
            change(await db.Set<Account>().AsTracking().SingleAsync(account => account.Id == victim.AccountId));
            return true;
        });
        Assert.Null(result.Error);
    }

    private Task RefusedAsync(TestPerson by, Permission permission, TestPerson victim, Action<Account> change) =>
        Assert.ThrowsAsync<OutOfScopeWriteException>(() => ChangeAsync(by, permission, victim, change));

    private Task<Result<Done>> RunAsync<T>(Actor actor, Permission permission, Func<ClinicDbContext, Task<T>> write) =>
        Host.Gate.RunAsync<Done>(actor, new AccessRequest(permission, AuditAct.PageOpened), async db =>
        {
            await write(db);
            return Done.Instance;
        }, default);

    private async Task<Account> AccountAsync(TestPerson person)
    {
        await using var db = await Host.OpenAsync();
        return await db.Set<Account>().SingleAsync(account => account.Id == person.AccountId);
    }
}
