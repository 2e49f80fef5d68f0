using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Accounts.Grants;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Visits;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Access;

/// <summary>
/// Two acts that meet: the second one has read and decided, and the first one is saved before it saves. Whatever the
/// order, an end holds.
/// </summary>
[Trait("Requirement", "S0-06")]
[Trait("Requirement", "S1-01")]
public abstract class PowerRaceTests(DatabaseKind kind) : IAsyncLifetime
{
    private readonly Interference interference = new();
    private DomainHost? host;

    public sealed class OnSqlite() : PowerRaceTests(DatabaseKind.Sqlite);

    public sealed class OnPostgres() : PowerRaceTests(DatabaseKind.Postgres);

    private DomainHost Host => host!;

    public async Task InitializeAsync() => host = await interference.StartAsync(kind);

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        Assert.True(interference.HasHappened, "There was no save in which the other act could come first.");
    }

    [Fact]
    public async Task TwoAdministrators_WhoSwitchEachOtherOff_LeaveOne()
    {
        var (one, other) = (await Host.People.AddStaffAsync(Roles.Administrator), await Host.People.AddStaffAsync(Roles.Administrator));
        var (actor, rival) = (await ActAsync(one), await ActAsync(other));
        interference.BeforeNextSave(() => Accounts.DeactivateAsync(rival, one.AccountId, default));

        var result = await Accounts.DeactivateAsync(actor, other.AccountId, default);

        Assert.Equal(ErrorKind.Denied, result.Error?.Kind);
        Assert.Equal([other.AccountId], await AdministratorsAsync());
    }

    [Fact]
    public async Task TwoAdministrators_WhoTakeEachOthersRole_LeaveOne()
    {
        var (one, other) = (await Host.People.AddStaffAsync(Roles.Administrator | Roles.Reception),
            await Host.People.AddStaffAsync(Roles.Administrator | Roles.Reception));
        var (actor, rival) = (await ActAsync(one), await ActAsync(other));
        interference.BeforeNextSave(() => Accounts.ChangeRolesAsync(rival, one.AccountId, Roles.Reception, default));

        Assert.Equal(ErrorKind.Denied, (await Accounts.ChangeRolesAsync(actor, other.AccountId, Roles.Reception, default)).Error?.Kind);

        Assert.Equal([other.AccountId], await AdministratorsAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task JoiningAVisit_WhileItIsClosed_LeavesNoPart(bool closedFirst)
    {
        var (doctor, patientId, visitId) = await VisitAsync();
        var (one, other) = (await DeskAsync(), await DeskAsync());
        Task<Result<Done>> Join() => Staff.JoinAsync(one, patientId, visitId, doctor.AccountId, default);
        async Task<Result<Done>> Close() =>
            await Visits.DoAsync(other, patientId, visitId, VisitAct.Finish, reason: null, default) is { Error: { } error }
                ? error : Done.Instance;
        interference.BeforeNextSave(closedFirst ? Close : Join);

        await (closedFirst ? Join() : Close());

        await AssertNothingOpenAsync(doctor);
        await using var db = await Host.OpenAsync();
        Assert.NotNull((await db.Set<Visit>().SingleAsync(visit => visit.Id == visitId)).ClosedAt);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task Assigning_WhileTheAccountIsSwitchedOffOrLosesItsRole_LeavesNoPart(bool endedFirst, bool deactivate)
    {
        var (doctor, patientId, visitId) = await VisitAsync();
        var (desk, administrator) = (await DeskAsync(), await ActAsync(await Host.People.AddStaffAsync(Roles.Administrator)));
        Task<Result<Done>> Assign() => Host.Get<CareTeamService>().AddAsync(desk, patientId, doctor.AccountId, default);
        Task<Result<Done>> End() => deactivate
            ? Accounts.DeactivateAsync(administrator, doctor.AccountId, default)
            : Accounts.ChangeRolesAsync(administrator, doctor.AccountId, Roles.Reception, default);
        interference.BeforeNextSave(endedFirst ? End : Assign);

        await (endedFirst ? Assign() : End());

        await AssertNothingOpenAsync(doctor);
        Assert.Equal(ErrorKind.Invalid, (await Staff.JoinAsync(desk, patientId, visitId, doctor.AccountId, default)).Error?.Kind);
    }

    [Fact]
    public async Task Assigning_Twice_LeavesOnePart()
    {
        var (doctor, patientId, visitId) = await VisitAsync();
        var (one, other) = (await DeskAsync(), await DeskAsync());
        interference.BeforeNextSave(() => Host.Get<CareTeamService>().AddAsync(other, patientId, doctor.AccountId, default));
        Assert.Equal(ErrorKind.Invalid,
            (await Host.Get<CareTeamService>().AddAsync(one, patientId, doctor.AccountId, default)).Error?.Kind);
        interference.BeforeNextSave(() => Staff.JoinAsync(other, patientId, visitId, doctor.AccountId, default));
        Assert.Equal(ErrorKind.Invalid, (await Staff.JoinAsync(one, patientId, visitId, doctor.AccountId, default)).Error?.Kind);

        await using var db = await Host.OpenAsync();
        Assert.Equal(2, await db.Set<AccessGrant>().CountAsync(grant => grant.AccountId == doctor.AccountId));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ConfirmingRoles_WhileTheyAreWithdrawn_HasOneOutcome(bool withdrawnFirst)
    {
        var (giver, second, nurse) = (await Host.People.AddStaffAsync(Roles.Administrator),
            await Host.People.AddStaffAsync(Roles.Administrator), await Host.People.AddStaffAsync(Roles.Reception));
        await Accounts.ChangeRolesAsync(await ActAsync(giver), nurse.AccountId, Roles.Nurse, default);
        var (gives, confirms) = (await ActAsync(giver), await ActAsync(second));
        var grant = (await Grants.ListAsync(confirms, default)).Value.Single();
        Task<Result<Done>> Withdraw() => Grants.WithdrawAsync(gives, nurse.AccountId, grant.Id, default);
        Task<Result<Done>> Confirm() => Grants.ConfirmAsync(confirms, nurse.AccountId, grant.Id, default);
        interference.BeforeNextSave(withdrawnFirst ? Withdraw : Confirm);

        var late = await (withdrawnFirst ? Confirm() : Withdraw());

        Assert.Equal(ErrorKind.NotFound, late.Error?.Kind);
        Assert.Equal(withdrawnFirst ? Roles.Reception : Roles.Nurse, await RolesAsync(nurse.AccountId));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ConfirmingRoles_WhileTheGiverIsSwitchedOff_GivesNothingAfterwards(bool endedFirst)
    {
        var (giver, second, third) = (await Host.People.AddStaffAsync(Roles.Administrator),
            await Host.People.AddStaffAsync(Roles.Administrator), await Host.People.AddStaffAsync(Roles.Administrator));
        var person = await Host.People.AddStaffAsync(Roles.Reception);
        await Accounts.ChangeRolesAsync(await ActAsync(giver), person.AccountId, Roles.Nurse, default);
        var (confirms, ends) = (await ActAsync(second), await ActAsync(third));
        var grant = (await Grants.ListAsync(confirms, default)).Value.Single();
        Task<Result<Done>> End() => Accounts.DeactivateAsync(ends, giver.AccountId, default);
        Task<Result<Done>> Confirm() => Grants.ConfirmAsync(confirms, person.AccountId, grant.Id, default);
        interference.BeforeNextSave(endedFirst ? End : Confirm);

        await (endedFirst ? Confirm() : End());

        Assert.Equal(endedFirst ? Roles.Reception : Roles.Nurse, await RolesAsync(person.AccountId));
        Assert.Empty((await Grants.ListAsync(confirms, default)).Value);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ConfirmingALink_WhileItIsTakenBack_LeavesTheChartClosed(bool endedFirst)
    {
        var (nurse, person) = (await Host.People.AddStaffAsync(Roles.Nurse), await Host.People.AddUnlinkedAsync());
        var patientId = await Host.People.AddChartAsync();
        await Host.People.AssignAsync(nurse, patientId);
        var (desk, confirms, links) = (await DeskAsync(), await ActAsync(nurse), Host.Get<AccountLinkService>());
        Assert.True((await links.RequestAsync(desk, patientId, person.Email, IdentityDocument.Passport, default)).IsSuccess);
        var link = (await Host.LinkOfAsync(patientId))!;
        Task<Result<Done>> End() => links.EndAsync(desk, patientId, person.AccountId, default);
        Task<Result<Done>> Confirm() => links.ConfirmAsync(confirms, patientId, link.Id, default);
        interference.BeforeNextSave(endedFirst ? End : Confirm);

        await (endedFirst ? Confirm() : End());

        Assert.Null((await ActAsync(person)).PatientId);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ConfirmingALink_WhileItsAccountIsSwitchedOff_LeavesTheChartClosed(bool endedFirst)
    {
        var (nurse, person) = (await Host.People.AddStaffAsync(Roles.Nurse), await Host.People.AddUnlinkedAsync());
        var patientId = await Host.People.AddChartAsync();
        await Host.People.AssignAsync(nurse, patientId);
        var (administrator, confirms) = (await ActAsync(await Host.People.AddStaffAsync(Roles.Administrator)), await ActAsync(nurse));
        await Host.Get<AccountLinkService>()
            .RequestAsync(await DeskAsync(), patientId, person.Email, IdentityDocument.Passport, default);
        var link = (await Host.LinkOfAsync(patientId))!;
        Task<Result<Done>> End() => Accounts.DeactivateAsync(administrator, person.AccountId, default);
        Task<Result<Done>> Confirm() => Host.Get<AccountLinkService>().ConfirmAsync(confirms, patientId, link.Id, default);
        interference.BeforeNextSave(endedFirst ? End : Confirm);

        await (endedFirst ? Confirm() : End());

        Assert.True((await Accounts.ReactivateAsync(administrator, person.AccountId, default)).IsSuccess);
        Assert.Null((await ActAsync(await Host.People.SignInAgainAsync(person))).PatientId);
        Assert.NotNull((await Host.LinkOfAsync(patientId))!.EndedAt);
    }

    [Fact]
    public async Task ConfirmingALink_WhileWhoeverAskedLeavesTheCareTeam_LinksNothing()
    {
        var (asks, confirms) = (await Host.People.AddStaffAsync(Roles.Nurse), await Host.People.AddStaffAsync(Roles.Nurse));
        var (patientId, person) = (await Host.People.AddChartAsync(), await Host.People.AddUnlinkedAsync());
        await Host.People.AssignAsync(asks, patientId);
        await Host.People.AssignAsync(confirms, patientId);
        var (desk, actor, links) = (await DeskAsync(), await ActAsync(confirms), Host.Get<AccountLinkService>());
        await links.RequestAsync(await ActAsync(asks), patientId, person.Email, IdentityDocument.Passport, default);
        var link = (await Host.LinkOfAsync(patientId))!;
        interference.BeforeNextSave(() => Host.Get<CareTeamService>().EndAsync(desk, patientId, asks.AccountId, default));

        await links.ConfirmAsync(actor, patientId, link.Id, default);

        Assert.Null((await ActAsync(person)).PatientId);
    }

    [Fact]
    public async Task InvitingTheFirstDoctor_Twice_NeedsNobodyElseOnce()
    {
        var administrator = await ActAsync(await Host.People.AddStaffAsync(Roles.Administrator));
        interference.BeforeNextSave(() => Accounts.InviteAsync(administrator, "Fay First", "fay@test.example", Roles.Doctor, default));

        var late = await Accounts.InviteAsync(administrator, "Nora Next", "nora@test.example", Roles.Doctor, default);

        Assert.Equal(Roles.None, await RolesAsync(late.Value));
    }

    private AccountService Accounts => Host.Get<AccountService>();

    private VisitService Visits => Host.Get<VisitService>();

    private VisitStaffService Staff => Host.Get<VisitStaffService>();

    private RoleGrantService Grants => Host.Get<RoleGrantService>();

    private Task<Actor> ActAsync(TestPerson person) => Host.People.ActorAsync(person);

    private async Task<Actor> DeskAsync() => await ActAsync(await Host.People.AddStaffAsync(Roles.Reception));

    private async Task<(TestPerson Doctor, Guid PatientId, Guid VisitId)> VisitAsync()
    {
        var patientId = await Host.People.AddChartAsync();
        return (await Host.People.AddStaffAsync(Roles.Doctor), patientId, await Host.People.AddVisitAsync(patientId));
    }

    private async Task<List<Guid>> AdministratorsAsync()
    {
        await using var db = await Host.OpenAsync();
        return await db.Set<Account>().Where(row => row.Status == AccountStatus.Active && (row.Roles & Roles.Administrator) != Roles.None)
            .Select(row => row.Id).ToListAsync();
    }

    private async Task<Roles> RolesAsync(Guid accountId)
    {
        await using var db = await Host.OpenAsync();
        return await db.Set<Account>().Where(row => row.Id == accountId).Select(row => row.Roles).SingleAsync();
    }

    private async Task AssertNothingOpenAsync(TestPerson person)
    {
        await using var db = await Host.OpenAsync();
        Assert.False(await db.Set<AccessGrant>().AnyAsync(grant => grant.AccountId == person.AccountId && grant.EndsAt == null));
    }
}
