using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts.Grants;
using ClinicBlazor.Domain.Accounts.Mail;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Patients;

/// <summary>
/// Whoever asks for a link may have typed the address on file and ended the parts of a care team: somebody else is told all the
/// same.
/// </summary>
[Trait("Requirement", "S0-05")]
[Trait("Requirement", "S0-06")]
public abstract class AccountLinkNoticeTests(DatabaseKind kind) : IAsyncLifetime
{
    private const string Mailbox = "own.mailbox@test.example";

    private DomainHost? host;

    public sealed class OnSqlite() : AccountLinkNoticeTests(DatabaseKind.Sqlite);

    public sealed class OnPostgres() : AccountLinkNoticeTests(DatabaseKind.Postgres);

    private DomainHost Host => host!;

    public async Task InitializeAsync() => host = await DomainHost.StartAsync(kind);

    public async Task DisposeAsync() => await Host.DisposeAsync();

    [Fact]
    public async Task RequestAsync_WhereNobodyIsConcerned_TellsEverybodyClinical()
    {
        var (reception, nurse, person, _) = await ArrangeAsync();
        var doctor = await Host.People.AddStaffAsync(Roles.Doctor);

        await RequestAsync(reception, await AddChartAsync(email: null), person);

        Assert.Equal(new[] { nurse.Email, doctor.Email }.Order(), await ToldAsync());
    }

    [Fact]
    public async Task RequestAsync_AfterTheFrontDeskEndedTheCareTeam_TellsThoseWhoWereOnIt()
    {
        var (reception, nurse, person, patientId) = await ArrangeAsync();
        var (desk, team) = (await ActAsync(reception), Host.Get<CareTeamService>());
        await Host.People.AddStaffAsync(Roles.Doctor);
        Assert.True((await team.EndAsync(desk, patientId, nurse.AccountId, default)).IsSuccess);

        Assert.True((await RequestAsync(reception, patientId, person)).IsSuccess);
        Assert.True((await team.AddAsync(desk, patientId, nurse.AccountId, default)).IsSuccess);

        Assert.Equal([nurse.Email], await ToldAsync());
    }

    [Theory]
    [InlineData(PowerNotices.DaysRemembered, true)]
    [InlineData(PowerNotices.DaysRemembered + 1, false)]
    public async Task RequestAsync_LongAfterTheLastOfTheCareTeamLeft_TellsEverybodyClinical(int days, bool isStillTheTeam)
    {
        var (reception, nurse, person, patientId) = await ArrangeAsync();
        var doctor = await Host.People.AddStaffAsync(Roles.Doctor);
        await Host.Get<CareTeamService>().EndAsync(await ActAsync(reception), patientId, nurse.AccountId, default);
        Host.Clock.Advance(TimeSpan.FromDays(days) - TimeSpan.FromSeconds(1));

        await RequestAsync(await Host.People.SignInAgainAsync(reception), patientId, person);

        Assert.Equal(isStillTheTeam ? [nurse.Email] : new[] { nurse.Email, doctor.Email }.Order(), await ToldAsync());
    }

    [Fact]
    public async Task RequestAsync_OfAChartWithAnAddressAndNoCareTeam_TellsEverybodyClinicalToo()
    {
        var (reception, nurse, person, _) = await ArrangeAsync();
        var patientId = await AddChartAsync(Mailbox);

        await RequestAsync(reception, patientId, person);

        Assert.Equal([nurse.Email], await ToldAsync());
        Assert.Equal(Mailbox,
            Assert.Single(Host.Mailer.Sent, mail => mail.Kind == AccountMailKind.ChartLinkAsked).Email);
    }

    [Fact]
    public async Task RequestAsync_ByTheOnlyOneOfTheCareTeam_TellsTheOthersWhoAreClinical()
    {
        var (_, nurse, person, patientId) = await ArrangeAsync();
        var doctor = await Host.People.AddStaffAsync(Roles.Doctor);

        await RequestAsync(nurse, patientId, person);

        Assert.Equal([doctor.Email], await ToldAsync());
    }

    private async Task<(TestPerson Reception, TestPerson Nurse, TestPerson Person, Guid PatientId)> ArrangeAsync()
    {
        var (nurse, patientId) = (await Host.People.AddStaffAsync(Roles.Nurse), await AddChartAsync(Mailbox));
        await Host.People.AssignAsync(nurse, patientId);
        return (await Host.People.AddStaffAsync(Roles.Reception), nurse, await Host.People.AddUnlinkedAsync(), patientId);
    }

    private async Task<Guid> AddChartAsync(string? email)
    {
        var patientId = await Host.People.AddChartAsync();
        await using var db = await Host.OpenAsync();
        (await db.Set<Patient>().AsTracking().SingleAsync(patient => patient.Id == patientId))
            .SetContact(phone: null, email, address: null);
        await db.SaveChangesAsync();
        return patientId;
    }

    private async Task<Result<Done>> RequestAsync(TestPerson by, Guid patientId, TestPerson person) => await Host.Get<AccountLinkService>()
        .RequestAsync(await ActAsync(by), patientId, person.Email, IdentityDocument.Passport, default);

    private Task<Actor> ActAsync(TestPerson person) => Host.People.ActorAsync(person);

    private async Task<IEnumerable<string>> ToldAsync() =>
        (await Host.SentAsync()).Where(mail => mail.Kind == AccountMailKind.ChartLinkWaits).Select(mail => mail.Email).Order();
}
