using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Security;
using ClinicBlazor.Tests.Audit;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Security;

/// <summary>How administrators find entries again.</summary>
[Trait("Requirement", "S4-11")]
public abstract class AuditServiceTests(ClinicFixture clinic)
{
    public sealed class OnSqlite(SqliteClinic clinic) : AuditServiceTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : AuditServiceTests(clinic), IClassFixture<PostgresClinic>;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ListAsync_FromPageToPage_ShowsEveryEntryOnceInOrder(bool oldestFirst)
    {
        var (administrator, doctor) = (await clinic.People.AddStaffAsync(Roles.Administrator),
            await clinic.People.AddStaffAsync(Roles.Doctor));
        for (var i = 0; i < 120; i++)
        {
            clinic.Host.Clock.Advance(TimeSpan.FromMilliseconds(1));
            await clinic.Host.Get<PatientService>()
                .ListAsync(await clinic.People.ActorAsync(doctor), new PatientQuery(), CancellationToken.None);
        }

        var seen = new List<AuditRow>();
        string? after = null;
        do
        {
            var page = await ListAsync(administrator, new AuditQuery(Who: doctor.Email, After: after, OldestFirst: oldestFirst));
            seen.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal(120, seen.Count);
        Assert.Equal(120, seen.Select(row => row.Id).Distinct().Count());
        var inOrder = oldestFirst ? seen.OrderBy(row => row.At) : seen.OrderByDescending(row => row.At);
        Assert.Equal(inOrder.Select(row => row.Id), seen.Select(row => row.Id));
    }

    [Fact]
    public async Task ListAsync_EachFilter_LeavesOnlyWhatFits()
    {
        var (administrator, doctor) = (await clinic.People.AddStaffAsync(Roles.Administrator),
            await clinic.People.AddStaffAsync(Roles.Doctor));
        var (mine, foreign) = (await clinic.People.AddChartAsync(), await clinic.People.AddChartAsync());
        await clinic.People.AssignAsync(doctor, mine);
        await ReadAsync(doctor, mine);
        clinic.Host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await ReadAsync(doctor, foreign);
        var today = DateOnly.FromDateTime(clinic.Host.Clock.GetUtcNow().UtcDateTime);
        var number = (await ListAsync(administrator, new AuditQuery(Who: doctor.Email))).Items.Single(row => row.PatientId == mine)
            .PatientNumber;

        Assert.Equal([foreign, mine], await PatientsAsync(new AuditQuery()));
        Assert.Equal([mine], await PatientsAsync(new AuditQuery(Outcome: AuditOutcome.Done)));
        Assert.Equal([foreign], await PatientsAsync(new AuditQuery(Outcome: AuditOutcome.Denied)));
        Assert.Equal([mine], await PatientsAsync(new AuditQuery(PatientNumber: number)));
        Assert.Equal([foreign, mine], await PatientsAsync(new AuditQuery(Act: AuditAct.PatientRead)));
        Assert.Equal([foreign, mine], await PatientsAsync(new AuditQuery(From: today, To: today)));
        Assert.Equal([foreign, mine], await PatientsAsync(new AuditQuery(From: DateOnly.MinValue, To: DateOnly.MaxValue)));
        Assert.Empty(await PatientsAsync(new AuditQuery(Act: AuditAct.RecordRead)));
        Assert.Empty(await PatientsAsync(new AuditQuery(From: today.AddDays(1))));
        Assert.Empty(await PatientsAsync(new AuditQuery(To: today.AddDays(-1))));
        Assert.Empty(await PatientsAsync(new AuditQuery(PatientNumber: 1)));

        async Task<IEnumerable<Guid>> PatientsAsync(AuditQuery query) =>
            (await ListAsync(administrator, query with { Who = doctor.Email })).Items.Select(row => row.PatientId!.Value);
    }

    [Theory]
    [InlineData("%")]
    [InlineData("--")]
    [InlineData("no such person")]
    public async Task ListAsync_WhoThatIsNobody_IsEmpty(string who)
    {
        var administrator = await clinic.People.AddStaffAsync(Roles.Administrator);

        Assert.Empty((await ListAsync(administrator, new AuditQuery(Who: who))).Items);
    }

    [Fact]
    public async Task ListAsync_AnEntryAboutAnAccount_NamesBothPeopleAndItsPlaceInTheChain()
    {
        var (administrator, nurse) = (await clinic.People.AddStaffAsync(Roles.Administrator),
            await clinic.People.AddStaffAsync(Roles.Nurse));
        await clinic.Host.Get<AccountService>()
            .UnlockAsync(await clinic.People.ActorAsync(administrator), nurse.AccountId, CancellationToken.None);
        var waiting = Assert.Single(
            (await ListAsync(administrator, new AuditQuery(Who: administrator.Email, Act: AuditAct.AccountUnlocked))).Items);

        await AuditSamples.SealAsync(clinic.Host);

        var row = Assert.Single(
            (await ListAsync(administrator, new AuditQuery(Who: administrator.Email, Act: AuditAct.AccountUnlocked))).Items);
        Assert.Null(waiting.Sequence);
        Assert.NotNull(row.Sequence);
        Assert.NotEqual(row.Who, row.Subject);
        Assert.Equal((await NameAsync(administrator), await NameAsync(nurse)), (row.Who, row.Subject));
    }

    [Fact]
    [Trait("Requirement", "S2-13")]
    public async Task ListAsync_EachLook_IsOneEntry()
    {
        var administrator = await clinic.People.AddStaffAsync(Roles.Administrator);

        await ListAsync(administrator, new AuditQuery());
        await ListAsync(administrator, new AuditQuery(Act: AuditAct.SignIn));

        var entries = (await AuditSamples.ReadAsync(clinic.Host)).Where(entry => entry.AccountId == administrator.AccountId);
        Assert.Equal([AuditAct.AuditRead, AuditAct.AuditRead], entries.Select(entry => entry.Act));
    }

    private async Task<Page<AuditRow>> ListAsync(TestPerson administrator, AuditQuery query) =>
        (await clinic.Host.Get<AuditService>()
            .ListAsync(await clinic.People.ActorAsync(administrator), query, CancellationToken.None)).Value;

    private async Task ReadAsync(TestPerson person, Guid patientId) =>
        await clinic.Host.Get<PatientService>().GetAsync(await clinic.People.ActorAsync(person), patientId, CancellationToken.None);

    private async Task<string> NameAsync(TestPerson person) => (await clinic.People.ActorAsync(person)).DisplayName;
}
