using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Accounts.Grants;
using ClinicBlazor.Domain.Accounts.Mail;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Security;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Patients;

/// <summary>A patient's own account is linked by two, or after a day in which everybody concerned could object.</summary>
[Trait("Requirement", "S0-05")]
[Trait("Requirement", "S0-06")]
public abstract class AccountLinkTests(DatabaseKind kind) : IAsyncLifetime
{
    private DomainHost? host;

    public sealed class OnSqlite() : AccountLinkTests(DatabaseKind.Sqlite);

    public sealed class OnPostgres() : AccountLinkTests(DatabaseKind.Postgres);

    private DomainHost Host => host!;

    private AccountLinkService Links => Host.Get<AccountLinkService>();

    public async Task InitializeAsync() => host = await DomainHost.StartAsync(kind);

    public async Task DisposeAsync() => await Host.DisposeAsync();

    [Fact]
    public async Task RequestAsync_ByTheFrontDesk_LinksOnceSomebodyOfTheCareTeamConfirmed()
    {
        var (reception, nurse, person, patientId) = await ArrangeAsync();

        Assert.True((await RequestAsync(reception, patientId, person)).IsSuccess);
        Assert.Null(await PatientOfAsync(person));
        Assert.Equal(ErrorKind.NotFound, (await ConfirmAsync(reception, patientId)).Error?.Kind);

        Assert.True((await ConfirmAsync(nurse, patientId)).IsSuccess);

        Assert.Equal(patientId, await PatientOfAsync(person));
        await using var db = await Host.OpenAsync();
        var link = await db.Set<AccountLink>().SingleAsync();
        Assert.Equal((IdentityDocument.Passport, reception.AccountId, nurse.AccountId),
            (link.Document, link.RequestedBy, link.ConfirmedBy));
    }

    [Fact]
    public async Task ConfirmAsync_ByWhoeverAsked_IsRefused()
    {
        var (_, nurse, person, patientId) = await ArrangeAsync();
        Assert.True((await RequestAsync(nurse, patientId, person)).IsSuccess);

        Assert.Equal(ErrorKind.Invalid, (await ConfirmAsync(nurse, patientId)).Error?.Kind);

        Assert.Null(await PatientOfAsync(person));
    }

    [Fact]
    public async Task RequestAsync_WithAnOldProof_AsksForANewOne()
    {
        var (reception, _, person, patientId) = await ArrangeAsync();
        Host.Clock.Advance(TimeSpan.FromMinutes(AccessPolicy.ProofMinutes + 1));

        Assert.Equal(ErrorKind.StepUpNeeded, (await RequestAsync(reception, patientId, person)).Error?.Kind);
    }

    [Fact]
    public async Task SweepAsync_ADayAfterTheNotice_LinksWhatNobodyObjectedTo()
    {
        var (reception, nurse, person, patientId) = await ArrangeAsync(email: "on.file@test.example");
        await RequestAsync(reception, patientId, person);
        var mails = await Host.SentAsync();
        Assert.Equal("on.file@test.example", Assert.Single(mails, mail => mail.Kind == AccountMailKind.ChartLinkAsked).Email);
        Assert.Equal(nurse.Email, Assert.Single(mails, mail => mail.Kind == AccountMailKind.ChartLinkWaits).Email);

        Host.Clock.Advance(TimeSpan.FromHours(PowerNotices.HoursToObject) - TimeSpan.FromSeconds(1));
        Assert.Equal(0, await Host.Get<AccountLinkSweeper>().SweepAsync(default));
        Host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await Host.Get<AccountLinkSweeper>().SweepAsync(default));

        Assert.Equal(patientId, await PatientOfAsync(person));
    }

    [Fact]
    public async Task EndAsync_OfALinkInForce_ClosesTheChartAtTheNextCall()
    {
        var (reception, nurse, person, patientId) = await ArrangeAsync();
        await RequestAsync(reception, patientId, person);
        await ConfirmAsync(nurse, patientId);

        Assert.True((await Links.EndAsync(await ActAsync(reception), patientId, person.AccountId, default)).IsSuccess);

        Assert.Null(await PatientOfAsync(person));
        Assert.True((await RequestAsync(reception, patientId, person)).IsSuccess);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task DeactivateAsync_OfThePatientsAccount_EndsItsLinkForGood(bool confirmed)
    {
        var (reception, nurse, person, patientId) = await ArrangeAsync();
        await RequestAsync(reception, patientId, person);
        if (confirmed)
        {
            await ConfirmAsync(nurse, patientId);
        }

        var administrator = await Host.People.AddStaffAsync(Roles.Administrator);
        var accounts = Host.Get<AccountService>();
        Assert.True((await accounts.DeactivateAsync(await ActAsync(administrator), person.AccountId, default)).IsSuccess);
        Assert.True((await accounts.ReactivateAsync(await ActAsync(administrator), person.AccountId, default)).IsSuccess);
        Host.Clock.Advance(TimeSpan.FromHours(PowerNotices.HoursToObject));

        Assert.Equal(0, await Host.Get<AccountLinkSweeper>().SweepAsync(default));
        Assert.Null(await PatientOfAsync(person));
        Assert.Equal(administrator.AccountId, (await Host.LinkOfAsync(patientId))!.EndedBy);
        await using var db = await Host.OpenAsync();
        Assert.Equal(1, await db.Set<AuditEntry>()
            .CountAsync(entry => entry.Act == AuditAct.AccountUnlinked && entry.PatientId == patientId));
    }

    [Fact]
    public async Task DeactivateAsync_OfAnAccountThatWasLinkedBeforeLinksHadRows_ClosesTheChart()
    {
        var (_, _, person, patientId) = await ArrangeAsync();
        await Host.People.LinkAsync(person, patientId);
        var administrator = await Host.People.AddStaffAsync(Roles.Administrator);

        await Host.Get<AccountService>().DeactivateAsync(await ActAsync(administrator), person.AccountId, default);

        Assert.Null(await PatientOfAsync(person));
    }

    [Fact]
    [Trait("Requirement", "S4-01")]
    public async Task Link_InALeaseForActsOnAccounts_MayEndAndNothingElse()
    {
        var (reception, _, person, patientId) = await ArrangeAsync();
        await RequestAsync(reception, patientId, person);
        var administrator = await ActAsync(await Host.People.AddStaffAsync(Roles.Administrator));

        await Assert.ThrowsAsync<OutOfScopeWriteException>(() => ChangeAsync(Permission.AccountManage,
            link => link.TakeEffect(administrator.AccountId, Host.Clock.Now())));
        await Assert.ThrowsAsync<InvalidOperationException>(() => ChangeAsync(Permission.AccountList,
            link => link.End(administrator.AccountId, Host.Clock.Now())));
        Assert.True((await ChangeAsync(Permission.AccountManage,
            link => link.End(administrator.AccountId, Host.Clock.Now()))).IsSuccess);

        Task<Result<Done>> ChangeAsync(Permission permission, Action<AccountLink> change) => Host.Gate.RunAsync<Done>(
            administrator, new AccessRequest(permission, AuditAct.AccountsListed), async db =>
            {
                change(await db.HeldBy<AccountLink>(person.AccountId).AsTracking().SingleAsync());
                return Done.Instance;
            }, default);
    }

    [Fact]
    public async Task SweepAsync_AfterWhoeverAskedWasSwitchedOff_LinksNothing()
    {
        var (reception, _, person, patientId) = await ArrangeAsync();
        await RequestAsync(reception, patientId, person);
        var administrator = await Host.People.AddStaffAsync(Roles.Administrator);
        Assert.True(
            (await Host.Get<AccountService>().DeactivateAsync(await ActAsync(administrator), reception.AccountId, default)).IsSuccess);

        Host.Clock.Advance(TimeSpan.FromHours(PowerNotices.HoursToObject));

        Assert.Equal(0, await Host.Get<AccountLinkSweeper>().SweepAsync(default));
        Assert.Null(await PatientOfAsync(person));
    }

    [Fact]
    public async Task SweepAsync_AfterWhoeverAskedLeftTheCareTeam_LinksNothing()
    {
        var (reception, nurse, person, patientId) = await ArrangeAsync();
        Assert.True((await RequestAsync(nurse, patientId, person)).IsSuccess);
        Assert.True((await Host.Get<CareTeamService>()
            .EndAsync(await ActAsync(reception), patientId, nurse.AccountId, default)).IsSuccess);

        Host.Clock.Advance(TimeSpan.FromHours(PowerNotices.HoursToObject));

        Assert.Equal(0, await Host.Get<AccountLinkSweeper>().SweepAsync(default));
        Assert.Null(await PatientOfAsync(person));
        Assert.NotNull((await Host.LinkOfAsync(patientId))!.EndedAt);
    }

    [Fact]
    public async Task SweepAsync_OfWhatTheCareTeamAskedFor_LinksIt()
    {
        var (_, nurse, person, patientId) = await ArrangeAsync();
        await RequestAsync(nurse, patientId, person);

        Host.Clock.Advance(TimeSpan.FromHours(PowerNotices.HoursToObject));

        Assert.Equal(1, await Host.Get<AccountLinkSweeper>().SweepAsync(default));
        Assert.Equal(patientId, await PatientOfAsync(person));
    }

    [Fact]
    [Trait("Requirement", "B-07")]
    public async Task ConfirmAsync_OfALinkThatWasChangedForAnother_ConfirmsNothing()
    {
        var (reception, nurse, person, patientId) = await ArrangeAsync();
        var other = await Host.People.AddUnlinkedAsync();
        await RequestAsync(reception, patientId, person);
        var seen = (await Host.Get<PatientService>().GetAsync(await ActAsync(nurse), patientId, default)).Value.Account!;
        await Links.EndAsync(await ActAsync(reception), patientId, person.AccountId, default);
        Assert.True((await RequestAsync(reception, patientId, other)).IsSuccess);

        var result = await Links.ConfirmAsync(await ActAsync(nurse), patientId, seen.LinkId!.Value, default);

        Assert.Equal(ErrorKind.Conflict, result.Error?.Kind);
        Assert.Equal((null, null), (await PatientOfAsync(person), await PatientOfAsync(other)));
        Assert.Null((await Host.LinkOfAsync(patientId))!.InForceAt);
    }

    [Fact]
    public async Task ConfirmAsync_OfAnotherPatientsLink_IsNotFound()
    {
        var (reception, nurse, person, patientId) = await ArrangeAsync();
        var foreign = await Host.People.AddChartAsync();
        await RequestAsync(reception, foreign, person);

        var result = await Links.ConfirmAsync(await ActAsync(nurse), patientId, (await Host.LinkOfAsync(foreign))!.Id, default);

        Assert.Equal(ErrorKind.NotFound, result.Error?.Kind);
        Assert.Null(await PatientOfAsync(person));
    }

    [Fact]
    [Trait("Requirement", "B-07")]
    public async Task EndAsync_OfAnAccountThatWasChangedForAnother_EndsNothing()
    {
        var (reception, nurse, person, patientId) = await ArrangeAsync();
        var other = await Host.People.AddUnlinkedAsync();
        await RequestAsync(reception, patientId, other);
        await ConfirmAsync(nurse, patientId);

        var result = await Links.EndAsync(await ActAsync(reception), patientId, person.AccountId, default);

        Assert.Equal(ErrorKind.Conflict, result.Error?.Kind);
        Assert.Equal(patientId, await PatientOfAsync(other));
        Assert.Null((await Host.LinkOfAsync(patientId))!.EndedAt);
    }

    [Fact]
    [Trait("Requirement", "B-08")]
    public async Task AccessHistory_OfTheLinkedPatient_TellsWhoAskedAndWhoConfirmed()
    {
        var (reception, nurse, person, patientId) = await ArrangeAsync();
        await RequestAsync(reception, patientId, person);
        await ConfirmAsync(nurse, patientId);

        var acts = (await Host.Get<AuditService>().OwnAccessHistoryAsync(await ActAsync(person), default)).Value.Looks
            .Select(row => row.Act).ToList();

        Assert.Contains(AuditAct.AccountLinkRequested, acts);
        Assert.Contains(AuditAct.AccountLinked, acts);
    }

    [Theory]
    [InlineData(Roles.Doctor)]
    [InlineData(Roles.Reception)]
    public async Task RequestAsync_OfAnAccountOfTheStaff_IsRefused(Roles roles)
    {
        var (reception, _, _, patientId) = await ArrangeAsync();
        var staff = await Host.People.AddStaffAsync(roles);

        Assert.Equal("Email", Assert.Single((await RequestAsync(reception, patientId, staff)).Error!.Fields).Field);
    }

    [Fact]
    public async Task RequestAsync_WithoutADocument_IsRefusedBesideItsField()
    {
        var (reception, _, person, patientId) = await ArrangeAsync();

        var result = await Links.RequestAsync(await ActAsync(reception), patientId, person.Email, document: null, default);

        Assert.Equal("Document", Assert.Single(result.Error!.Fields).Field);
    }

    private async Task<(TestPerson Reception, TestPerson Nurse, TestPerson Person, Guid PatientId)> ArrangeAsync(string? email = null)
    {
        var nurse = await Host.People.AddStaffAsync(Roles.Nurse);
        var patientId = await Host.People.AddChartAsync();
        await Host.People.AssignAsync(nurse, patientId);
        if (email is not null)
        {
            await using var db = await Host.OpenAsync();
            (await db.Set<Patient>().AsTracking().SingleAsync(patient => patient.Id == patientId))
                .SetContact(phone: null, email, address: null);
            await db.SaveChangesAsync();
        }

        return (await Host.People.AddStaffAsync(Roles.Reception), nurse, await Host.People.AddUnlinkedAsync(), patientId);
    }

    private async Task<Result<Done>> RequestAsync(TestPerson by, Guid patientId, TestPerson person) =>
        await Links.RequestAsync(await ActAsync(by), patientId, person.Email, IdentityDocument.Passport, default);

    private async Task<Result<Done>> ConfirmAsync(TestPerson by, Guid patientId) =>
        await Links.ConfirmAsync(await ActAsync(by), patientId, (await Host.LinkOfAsync(patientId))!.Id, default);

    private Task<Actor> ActAsync(TestPerson person) => Host.People.ActorAsync(person);

    private async Task<Guid?> PatientOfAsync(TestPerson person)
    {
        await using var db = await Host.OpenAsync();
        return await db.Set<Account>().Where(account => account.Id == person.AccountId).Select(account => account.PatientId).SingleAsync();
    }
}
