using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Accounts.Grants;
using ClinicBlazor.Domain.Accounts.Mail;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Tests.Audit;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Accounts.Grants;

/// <summary>Roles are given and taken with somebody else's knowledge, and with their owner's.</summary>
[Trait("Requirement", "S0-06")]
public abstract class RoleNoticeTests(DatabaseKind kind) : IAsyncLifetime
{
    private DomainHost? host;

    public sealed class OnSqlite() : RoleNoticeTests(DatabaseKind.Sqlite);

    public sealed class OnPostgres() : RoleNoticeTests(DatabaseKind.Postgres);

    private DomainHost Host => host!;

    private AccountService Accounts => Host.Get<AccountService>();

    public async Task InitializeAsync() => host = await DomainHost.StartAsync(kind);

    public async Task DisposeAsync() => await Host.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ChangeRolesAsync_AfterTheClinicalStaffWereSentAway_TellsThemAllTheSame(bool switchedOff)
    {
        var administrator = await Host.People.AddStaffAsync(Roles.Administrator);
        var (doctor, nurse, longGone, desk) = (await Host.People.AddStaffAsync(Roles.Doctor), await Host.People.AddStaffAsync(Roles.Nurse),
            await Host.People.AddStaffAsync(Roles.Doctor), await Host.People.AddStaffAsync(Roles.Reception));
        var patientId = await Host.People.AddChartAsync();
        foreach (var person in new[] { longGone, doctor, nurse })
        {
            Host.Clock.Advance(person == doctor ? TimeSpan.FromDays(PowerNotices.DaysRemembered) : TimeSpan.FromMinutes(1));
            Assert.NotNull(await new SignIns(Host).CompleteAsync(person));
            await Host.People.AssignAsync(person, patientId);
            administrator = await Host.People.SignInAgainAsync(administrator);
            Assert.True((await SendAwayAsync(administrator, person, switchedOff)).IsSuccess);
        }

        Assert.True((await Accounts.ChangeRolesAsync(await ActAsync(administrator), desk.AccountId, Roles.Nurse, default)).IsSuccess);

        var told = (await Host.SentAsync()).Where(mail => mail.Kind == AccountMailKind.RolesWait).Select(mail => mail.Email);
        Assert.Equal(new[] { doctor.Email, nurse.Email }.Order(), told.Order());
    }

    [Fact]
    public async Task ChangeRolesAsync_WhereNobodyElseIsClinical_TellsTheOtherStaff()
    {
        var administrator = await Host.People.AddStaffAsync(Roles.Administrator | Roles.Doctor);
        var (desk, other) = (await Host.People.AddStaffAsync(Roles.Reception), await Host.People.AddStaffAsync(Roles.Reception));

        Assert.True((await Accounts.ChangeRolesAsync(await ActAsync(administrator), desk.AccountId, Roles.Nurse, default)).IsSuccess);

        var told = (await Host.SentAsync()).Where(mail => mail.Kind == AccountMailKind.RolesWait).Select(mail => mail.Email);
        Assert.Equal(new[] { desk.Email, other.Email }.Order(), told.Order());
    }

    [Theory]
    [InlineData(Roles.Nurse | Roles.Reception, Roles.Doctor | Roles.Reception, "NurseTaken", "DoctorGiven")]
    [InlineData(Roles.Nurse, Roles.Doctor, null, "DoctorGiven, NurseTaken")]
    [Trait("Requirement", "B-13")]
    public async Task ChangeRolesAsync_ThatGivesAndTakes_TellsTheOwnerOfWhatIsGoneAtOnce(
        Roles before, Roles wanted, string? gone, string waits)
    {
        var (giver, person) = (await Host.People.AddStaffAsync(Roles.Administrator), await Host.People.AddStaffAsync(before));
        await Host.People.AddStaffAsync(Roles.Administrator);

        Assert.True((await Accounts.ChangeRolesAsync(await ActAsync(giver), person.AccountId, wanted, default)).IsSuccess);

        Assert.Equal(gone is null ? [] : [AccountMailKind.RolesChanged],
            (await Host.SentAsync()).Where(mail => mail.Email == person.Email).Select(mail => mail.Kind));
        var entries = (await AuditSamples.ReadAsync(Host)).Where(entry => entry.SubjectId == person.AccountId)
            .Select(entry => (entry.Act, entry.Details)).ToHashSet();
        Assert.Equal(
            gone is null ? [(AuditAct.RolesGiven, waits)] : [(AuditAct.RolesChanged, gone), (AuditAct.RolesGiven, waits)], entries);
        Assert.Equal(gone is null ? before : before & wanted, await RolesAsync(person));
    }

    [Fact]
    [Trait("Requirement", "B-13")]
    public async Task ChangeRolesAsync_OfSomebodyInvitedThatGivesAndTakes_SendsALinkForWhatIsLeft()
    {
        var (giver, second) = (await Host.People.AddStaffAsync(Roles.Administrator), await Host.People.AddStaffAsync(Roles.Administrator));
        await Host.People.AddStaffAsync(Roles.Nurse);
        var id = (await Accounts.InviteAsync(await ActAsync(giver), "Ina Invited", "ina@test.example", Roles.Nurse | Roles.Reception,
            default)).Value;
        var invited = new TestPerson(id, "ina@test.example", "", null);
        await ConfirmAsync(second, invited);
        Assert.Single(await Host.SentAsync(), mail => mail.Email == invited.Email);

        Assert.True((await Accounts.ChangeRolesAsync(await ActAsync(giver), id, Roles.Doctor | Roles.Reception, default)).IsSuccess);

        var links = (await Host.SentAsync()).Where(mail => mail.Email == invited.Email).Select(mail => mail.Token!).ToList();
        Assert.Equal(2, links.Count);
        Assert.True((await Host.Get<RegistrationService>()
            .ChoosePasswordAsync(Actor.Anonymous(TestPeople.Client), links[1], "Purple-Kettle-42-Sings", default)).IsSuccess);
        Assert.Equal(Roles.Reception, await RolesAsync(invited));
    }

    private async Task<Result<Done>> SendAwayAsync(TestPerson by, TestPerson person, bool switchedOff) => switchedOff
        ? await Accounts.DeactivateAsync(await ActAsync(by), person.AccountId, default)
        : await Accounts.ChangeRolesAsync(await ActAsync(by), person.AccountId, Roles.Reception, default);

    private async Task ConfirmAsync(TestPerson by, TestPerson person)
    {
        var (actor, grants) = (await ActAsync(by), Host.Get<RoleGrantService>());
        var waiting = (await grants.ListAsync(actor, default)).Value.Single(grant => grant.AccountId == person.AccountId);
        Assert.True((await grants.ConfirmAsync(actor, person.AccountId, waiting.Id, default)).IsSuccess);
    }

    private Task<Actor> ActAsync(TestPerson person) => Host.People.ActorAsync(person);

    private async Task<Roles> RolesAsync(TestPerson person)
    {
        await using var db = await Host.OpenAsync();
        return (await db.Set<Account>().SingleAsync(account => account.Id == person.AccountId)).Roles;
    }
}
