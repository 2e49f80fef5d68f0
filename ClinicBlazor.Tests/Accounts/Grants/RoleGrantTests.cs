using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Accounts.Grants;
using ClinicBlazor.Domain.Accounts.Mail;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Tests.Audit;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Accounts.Grants;

/// <summary>What reaches charts or the administration is given by two.</summary>
[Trait("Requirement", "S0-06")]
public abstract class RoleGrantTests(DatabaseKind kind) : IAsyncLifetime
{
    private DomainHost? host;

    public sealed class OnSqlite() : RoleGrantTests(DatabaseKind.Sqlite);

    public sealed class OnPostgres() : RoleGrantTests(DatabaseKind.Postgres);

    private DomainHost Host => host!;

    private AccountService Accounts => Host.Get<AccountService>();

    private RoleGrantService Grants => Host.Get<RoleGrantService>();

    public async Task InitializeAsync() => host = await DomainHost.StartAsync(kind);

    public async Task DisposeAsync() => await Host.DisposeAsync();

    [Theory]
    [InlineData(Roles.Reception, Roles.Doctor, Roles.Doctor)]
    [InlineData(Roles.Reception, Roles.Reception | Roles.Nurse, Roles.Reception | Roles.Nurse)]
    [InlineData(Roles.Nurse, Roles.Nurse | Roles.Administrator, Roles.Nurse | Roles.Administrator)]
    [InlineData(Roles.Administrator, Roles.Administrator | Roles.Nurse, Roles.Administrator | Roles.Nurse)]
    public async Task ChangeRolesAsync_ThatReachesFurther_HoldsOnceASecondAdministratorConfirmed(Roles before, Roles wanted, Roles after)
    {
        var (giver, second, person) = await ArrangeAsync(before);

        Assert.True((await Accounts.ChangeRolesAsync(await ActAsync(giver), person.AccountId, wanted, default)).IsSuccess);
        Assert.Equal(before, await RolesAsync(person));
        Assert.Equal(ErrorKind.Invalid, (await ConfirmAsync(giver, person)).Error?.Kind);
        Assert.Equal(before, await RolesAsync(person));

        Assert.True((await ConfirmAsync(second, person)).IsSuccess);

        Assert.Equal(after, await RolesAsync(person));
        Assert.Empty((await Grants.ListAsync(await ActAsync(second), default)).Value);
    }

    [Theory]
    [InlineData(Roles.Administrator, true)]
    [InlineData(Roles.Administrator | Roles.Doctor, false)]
    [InlineData(Roles.Administrator | Roles.Nurse, false)]
    public async Task InviteAsync_OfReception_WaitsWhereTheGiverCouldBePutOnACareTeam(Roles giver, bool atOnce)
    {
        await Host.People.AddStaffAsync(Roles.Doctor);
        var (one, second) = (await Host.People.AddStaffAsync(giver), await Host.People.AddStaffAsync(Roles.Administrator));

        var id = (await Accounts.InviteAsync(await ActAsync(one), "Rae Front", "rae@clinic.example", Roles.Reception, default)).Value;

        await using (var db = await Host.OpenAsync())
        {
            Assert.Equal(atOnce ? Roles.Reception : Roles.None, (await db.Set<Account>().SingleAsync(row => row.Id == id)).Roles);
        }

        var waiting = (await Grants.ListAsync(await ActAsync(second), default)).Value;
        Assert.Equal(atOnce ? [] : [Roles.Reception], waiting.Select(row => row.Roles));
        foreach (var row in waiting)
        {
            Assert.Equal(ErrorKind.Invalid, (await Grants.ConfirmAsync(await ActAsync(one), id, row.Id, default)).Error?.Kind);
            Assert.True((await Grants.ConfirmAsync(await ActAsync(second), id, row.Id, default)).IsSuccess);
        }

        await using var after = await Host.OpenAsync();
        Assert.Equal(Roles.Reception, (await after.Set<Account>().SingleAsync(row => row.Id == id)).Roles);
    }

    [Theory]
    [InlineData(Roles.Administrator, Roles.Reception)]
    [InlineData(Roles.Administrator | Roles.Doctor, Roles.None)]
    public async Task ReactivateAsync_OfReception_WaitsWhereTheGiverCouldBePutOnACareTeam(Roles giver, Roles after)
    {
        var (one, second, desk) = (await Host.People.AddStaffAsync(giver), await Host.People.AddStaffAsync(Roles.Administrator),
            await Host.People.AddStaffAsync(Roles.Reception));
        Assert.True((await Accounts.DeactivateAsync(await ActAsync(second), desk.AccountId, default)).IsSuccess);

        Assert.True((await Accounts.ReactivateAsync(await ActAsync(one), desk.AccountId, default)).IsSuccess);

        Assert.Equal(after, await RolesAsync(desk));
        Assert.Equal(after == Roles.None ? [Roles.Reception] : [],
            (await Grants.ListAsync(await ActAsync(second), default)).Value.Select(row => row.Roles));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Clinical_AfterAFrontDeskWasGivenAlone_PutsThatDeskToASecondPerson(bool confirmed)
    {
        var (doctor, giver, second) = (await Host.People.AddStaffAsync(Roles.Doctor), await Host.People.AddStaffAsync(Roles.Administrator),
            await Host.People.AddStaffAsync(Roles.Administrator));
        var desk = await Host.People.AddStaffAsync(Roles.Nurse);
        var patientId = await Host.People.AddChartAsync();
        await Host.People.AssignAsync(doctor, patientId);
        Assert.True((await Accounts.ChangeRolesAsync(await ActAsync(giver), desk.AccountId, Roles.Reception, default)).IsSuccess);
        Assert.Equal(Roles.Reception, await RolesAsync(desk));

        var third = confirmed ? await Host.People.AddStaffAsync(Roles.Administrator) : second;
        await Accounts.ChangeRolesAsync(await ActAsync(second), giver.AccountId, Roles.Administrator | Roles.Doctor, default);
        if (confirmed)
        {
            Assert.True((await ConfirmAsync(third, giver)).IsSuccess);
        }
        else
        {
            Host.Clock.Advance(TimeSpan.FromHours(PowerNotices.HoursToObject));
            Assert.Equal(1, await Host.Get<RoleGrantSweeper>().SweepAsync(default));
            (giver, second, desk) = (await Host.People.SignInAgainAsync(giver), await Host.People.SignInAgainAsync(second),
                await Host.People.SignInAgainAsync(desk));
        }

        Assert.Equal(Roles.Administrator | Roles.Doctor, await RolesAsync(giver));
        Assert.False((await Host.Get<CareTeamService>().AddAsync(await ActAsync(desk), patientId, giver.AccountId, default)).IsSuccess);
        Assert.Equal(Roles.None, await RolesAsync(desk));
        Assert.Equal(ErrorKind.Invalid, (await ConfirmAsync(giver, desk)).Error?.Kind);
        var entry = (await AuditSamples.ReadAsync(Host)).Last(row => row.SubjectId == desk.AccountId && row.Act == AuditAct.RolesGiven);
        Assert.Contains(nameof(Roles.Reception), entry.Details, StringComparison.Ordinal);
        Assert.True((await ConfirmAsync(second, desk)).IsSuccess);
        Assert.Equal(Roles.Reception, await RolesAsync(desk));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Clinical_AfterAnotherAdministratorGaveTheFrontDeskAnew_LeavesIt(bool invited)
    {
        var (giver, second, third) = (await Host.People.AddStaffAsync(Roles.Administrator),
            await Host.People.AddStaffAsync(Roles.Administrator), await Host.People.AddStaffAsync(Roles.Administrator));
        const string mailbox = "rae@test.example";
        var desk = invited
            ? new TestPerson((await Accounts.InviteAsync(await ActAsync(giver), "Rae Front", mailbox, Roles.Reception, default)).Value,
                mailbox, "", null)
            : await Host.People.AddStaffAsync(Roles.Nurse);
        await Accounts.ChangeRolesAsync(await ActAsync(giver), desk.AccountId, Roles.Reception, default);
        Host.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True((await Accounts.DeactivateAsync(await ActAsync(second), desk.AccountId, default)).IsSuccess);
        Assert.True((await Accounts.ReactivateAsync(await ActAsync(second), desk.AccountId, default)).IsSuccess);

        Assert.True((await Accounts.ChangeRolesAsync(await ActAsync(second), giver.AccountId, Roles.Administrator | Roles.Nurse, default))
            .IsSuccess);
        Assert.True((await ConfirmAsync(third, giver)).IsSuccess);

        Assert.Equal(Roles.Reception, await RolesAsync(desk));
        Assert.Empty((await Grants.ListAsync(await ActAsync(third), default)).Value);
    }

    [Fact]
    public async Task ChangeRolesAsync_ThatTakesSomething_HoldsAtOnce()
    {
        var (giver, _, person) = await ArrangeAsync(Roles.Doctor | Roles.Reception);

        Assert.True(
            (await Accounts.ChangeRolesAsync(await ActAsync(giver), person.AccountId, Roles.Reception | Roles.Administrator, default))
            .IsSuccess);

        Assert.Equal(Roles.Reception, await RolesAsync(person));
    }

    [Fact]
    public async Task ConfirmAsync_ByWhoeverGetsTheRoles_IsRefused()
    {
        var (giver, second, _) = await ArrangeAsync(Roles.Reception);
        Assert.True((await Accounts.ChangeRolesAsync(await ActAsync(giver), second.AccountId, Roles.Administrator | Roles.Doctor, default))
            .IsSuccess);

        Assert.Equal(ErrorKind.Invalid, (await ConfirmAsync(second, second)).Error?.Kind);

        Assert.Equal(Roles.Administrator, await RolesAsync(second));
    }

    [Fact]
    public async Task InviteAsync_OfADoctor_SendsTheMailWithTheConfirmation()
    {
        var (giver, second, _) = await ArrangeAsync(Roles.Nurse);
        var id = (await Accounts.InviteAsync(await ActAsync(giver), "Nina New", "nina.new@test.example", Roles.Doctor, default)).Value;
        var invited = new TestPerson(id, "nina.new@test.example", "", null);
        Assert.DoesNotContain(await Host.SentAsync(), mail => mail.Email == invited.Email);

        Assert.True((await ConfirmAsync(second, invited)).IsSuccess);

        Assert.Equal(AccountMailKind.Invitation, Assert.Single(await Host.SentAsync(), mail => mail.Email == invited.Email).Kind);
        Assert.Equal(Roles.Doctor, await RolesAsync(invited));
    }

    [Fact]
    public async Task InviteAsync_OfTheFirstClinicalAccount_NeedsNobodyElseAndOnlyOnce()
    {
        var administrator = await Host.People.AddStaffAsync(Roles.Administrator);
        var first = (
            await Accounts.InviteAsync(await ActAsync(administrator), "Fay First", "fay@test.example", Roles.Doctor, default)).Value;

        var next = (
            await Accounts.InviteAsync(await ActAsync(administrator), "Nora Next", "nora@test.example", Roles.Nurse, default)).Value;

        Assert.Equal(Roles.Doctor, await RolesAsync(new TestPerson(first, "", "", null)));
        Assert.Equal(Roles.None, await RolesAsync(new TestPerson(next, "", "", null)));
        await Accounts.ChangeRolesAsync(await ActAsync(administrator), first, Roles.Reception, default);
        var third = (
            await Accounts.InviteAsync(await ActAsync(administrator), "Tess Third", "tess@test.example", Roles.Nurse, default)).Value;
        Assert.Equal(Roles.None, await RolesAsync(new TestPerson(third, "", "", null)));
    }

    [Fact]
    public async Task SweepAsync_WhereNobodyElseCanConfirm_GivesTheRolesADayAfterEverybodyClinicalWasTold()
    {
        var administrator = await Host.People.AddStaffAsync(Roles.Administrator);
        var (doctor, nurse, reception) = (await Host.People.AddStaffAsync(Roles.Doctor), await Host.People.AddStaffAsync(Roles.Nurse),
            await Host.People.AddStaffAsync(Roles.Reception));
        Assert.True((await Accounts.ChangeRolesAsync(await ActAsync(administrator), reception.AccountId, Roles.Nurse, default)).IsSuccess);

        var told = (await Host.SentAsync()).Where(mail => mail.Kind == AccountMailKind.RolesWait).Select(mail => mail.Email);
        Assert.Equal(new[] { doctor.Email, nurse.Email }.Order(), told.Order());
        Host.Clock.Advance(TimeSpan.FromHours(PowerNotices.HoursToObject) - TimeSpan.FromSeconds(1));
        Assert.Equal(0, await Host.Get<RoleGrantSweeper>().SweepAsync(default));
        Assert.Equal(Roles.Reception, await RolesAsync(reception));

        Host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await Host.Get<RoleGrantSweeper>().SweepAsync(default));

        Assert.Equal(Roles.Nurse, await RolesAsync(reception));
    }

    [Fact]
    public async Task SweepAsync_WhereASecondAdministratorIsThere_GivesNothingByItself()
    {
        var (giver, _, person) = await ArrangeAsync(Roles.Reception);
        await Accounts.ChangeRolesAsync(await ActAsync(giver), person.AccountId, Roles.Nurse, default);

        Host.Clock.Advance(TimeSpan.FromDays(30));

        Assert.Equal(0, await Host.Get<RoleGrantSweeper>().SweepAsync(default));
        Assert.Equal(Roles.Reception, await RolesAsync(person));
    }

    [Fact]
    public async Task DeactivateAsync_OfWhoeverGave_TakesWhatWaitsWithIt()
    {
        var (giver, second, person) = await ArrangeAsync(Roles.Reception);
        await Accounts.ChangeRolesAsync(await ActAsync(giver), person.AccountId, Roles.Doctor, default);

        Assert.True((await Accounts.DeactivateAsync(await ActAsync(second), giver.AccountId, default)).IsSuccess);

        Assert.Empty((await Grants.ListAsync(await ActAsync(second), default)).Value);
        Assert.Equal(Roles.Reception, await RolesAsync(person));
    }

    [Fact]
    public async Task ReactivateAsync_OfADoctor_WaitsForASecondPersonAndOpensNoOldChart()
    {
        var (giver, second, doctor) = await ArrangeAsync(Roles.Doctor);
        var patientId = await Host.People.AddChartAsync();
        await Host.People.AssignAsync(doctor, patientId);
        Assert.True((await Accounts.DeactivateAsync(await ActAsync(giver), doctor.AccountId, default)).IsSuccess);

        Assert.True((await Accounts.ReactivateAsync(await ActAsync(giver), doctor.AccountId, default)).IsSuccess);
        Assert.Equal(Roles.None, await RolesAsync(doctor));
        Assert.True((await ConfirmAsync(second, doctor)).IsSuccess);

        Assert.Equal(Roles.Doctor, await RolesAsync(doctor));
        await using var db = await Host.OpenAsync();
        Assert.NotNull((await db.Set<AccessGrant>().SingleAsync(grant => grant.AccountId == doctor.AccountId)).EndsAt);
    }

    [Fact]
    public async Task WithdrawAsync_ByWhoeverGave_LeavesNothing()
    {
        var (giver, second, person) = await ArrangeAsync(Roles.Reception);
        await Accounts.ChangeRolesAsync(await ActAsync(giver), person.AccountId, Roles.Doctor, default);
        var waiting = Assert.Single((await Grants.ListAsync(await ActAsync(giver), default)).Value);
        Assert.Equal((person.AccountId, Roles.Doctor, false, (DateTimeOffset?)null),
            (waiting.AccountId, waiting.Roles, waiting.MayConfirm, waiting.DueAt));

        Assert.True((await Grants.WithdrawAsync(await ActAsync(giver), person.AccountId, waiting.Id, default)).IsSuccess);

        Assert.Equal(ErrorKind.NotFound,
            (await Grants.ConfirmAsync(await ActAsync(second), person.AccountId, waiting.Id, default)).Error?.Kind);
        Assert.Equal(Roles.Reception, await RolesAsync(person));
    }

    private async Task<(TestPerson Giver, TestPerson Second, TestPerson Person)> ArrangeAsync(Roles roles) =>
        (await Host.People.AddStaffAsync(Roles.Administrator), await Host.People.AddStaffAsync(Roles.Administrator),
            await Host.People.AddStaffAsync(roles));

    private async Task<Result<Done>> ConfirmAsync(TestPerson by, TestPerson person)
    {
        var actor = await ActAsync(by);
        var waiting = (await Grants.ListAsync(actor, default)).Value.Single(grant => grant.AccountId == person.AccountId);
        return await Grants.ConfirmAsync(actor, person.AccountId, waiting.Id, default);
    }

    private Task<Actor> ActAsync(TestPerson person) => Host.People.ActorAsync(person);

    private async Task<Roles> RolesAsync(TestPerson person)
    {
        await using var db = await Host.OpenAsync();
        return (await db.Set<Account>().SingleAsync(account => account.Id == person.AccountId)).Roles;
    }
}
