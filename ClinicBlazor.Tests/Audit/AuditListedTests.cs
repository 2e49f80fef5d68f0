using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Domain.Security;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Audit;

/// <summary>One entry a list, and every patient who stood in it is named and finds it.</summary>
[Trait("Requirement", "S2-13")]
[Trait("Requirement", "B-08")]
public abstract class AuditListedTests(ClinicFixture clinic)
{
    public sealed class OnSqlite(SqliteClinic clinic) : AuditListedTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : AuditListedTests(clinic), IClassFixture<PostgresClinic>;

    [Fact]
    public async Task EveryList_OfPatientsOrTheirWords_IsOneEntryThatNamesThemAll()
    {
        var (doctor, one, other) = await DoctorOfTwoAsync();
        var actor = await clinic.People.ActorAsync(doctor);
        var (patients, records) = (clinic.Host.Get<PatientService>(), clinic.Host.Get<RecordService>());

        await patients.ListAsync(actor, new PatientQuery(), default);
        await patients.ListAsync(actor, new PatientQuery("listed"), default);
        await records.ListAssignedAsync(actor, null, default);
        await records.ListWaitingAsync(actor, null, default);

        var entries = await OfAsync(doctor);
        Assert.Equal([AuditAct.PatientsListed, AuditAct.PatientsListed, AuditAct.RecordsListed, AuditAct.RecordsListed],
            entries.Select(entry => entry.Act).Order());
        foreach (var entry in entries)
        {
            Assert.Equal(new[] { one, other }.Order(), await AuditSamples.ListedAsync(clinic.Host, entry.Id));
        }
    }

    [Fact]
    public async Task ListAsync_RecordsOfOnePatient_NamesThatPatientInTheEntryItself()
    {
        var (doctor, one, _) = await DoctorOfTwoAsync();

        await clinic.Host.Get<RecordService>().ListAsync(await clinic.People.ActorAsync(doctor), one, null, default);

        var entry = Assert.Single(await OfAsync(doctor));
        Assert.Equal(one, entry.PatientId);
        Assert.Empty(await AuditSamples.ListedAsync(clinic.Host, entry.Id));
    }

    [Fact]
    public async Task DuplicatesAsync_SomebodyAlike_NamesWhoWasShown()
    {
        var reception = await clinic.People.AddStaffAsync(Roles.Reception);
        var actor = await clinic.People.ActorAsync(reception);
        var patients = clinic.Host.Get<PatientService>();
        var known = new NewPatient("Ottokar", "Doppelkopf", "1961-02-03", Sex.Male);
        var id = (await patients.RegisterAsync(actor, known, default)).Value;
        clinic.Host.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Single((await patients.DuplicatesAsync(actor, known, default)).Value);

        var entry = (await OfAsync(reception))[^1];
        Assert.Equal([id], await AuditSamples.ListedAsync(clinic.Host, entry.Id));
    }

    [Fact]
    public async Task ListAsync_SearchThatShowedNobody_NamesNobody()
    {
        var (doctor, _, _) = await DoctorOfTwoAsync();

        await clinic.Host.Get<PatientService>().ListAsync(await clinic.People.ActorAsync(doctor), new PatientQuery("zzyzx"), default);

        Assert.Empty(await AuditSamples.ListedAsync(clinic.Host, Assert.Single(await OfAsync(doctor)).Id));
    }

    [Fact]
    [Trait("Requirement", "S4-11")]
    public async Task ListAsync_AuditOfAPatient_FindsEntriesOfListsAmongItsOwnInOrder()
    {
        var (doctor, one, other) = await DoctorOfTwoAsync();
        var administrator = await clinic.People.ActorAsync(await clinic.People.AddStaffAsync(Roles.Administrator));
        var (patients, audit) = (clinic.Host.Get<PatientService>(), clinic.Host.Get<AuditService>());
        foreach (var step in new[] { one, other, Guid.Empty, one, Guid.Empty })
        {
            clinic.Host.Clock.Advance(TimeSpan.FromSeconds(1));
            var actor = await clinic.People.ActorAsync(doctor);
            _ = step == Guid.Empty ? (await patients.ListAsync(actor, new PatientQuery(), default)).IsSuccess
                : (await patients.GetAsync(actor, step, default)).IsSuccess;
        }

        var numbers = (await patients.ListAsync(await clinic.People.ActorAsync(doctor), new PatientQuery(), default)).Value.Items
            .ToDictionary(row => row.Id, row => row.Number);
        clinic.Host.Clock.Advance(TimeSpan.FromSeconds(1));

        var newest = await PageAsync(new AuditQuery(Who: doctor.Email, PatientNumber: numbers[one]));
        var oldest = await PageAsync(new AuditQuery(Who: doctor.Email, PatientNumber: numbers[one], OldestFirst: true));
        var lists = await PageAsync(new AuditQuery(PatientNumber: numbers[one], Act: AuditAct.PatientsListed));

        AuditAct[] acts = [AuditAct.PatientRead, AuditAct.PatientsListed, AuditAct.PatientRead, AuditAct.PatientsListed,
            AuditAct.PatientsListed];
        Assert.Equal(acts, oldest.Select(row => row.Act));
        Assert.Equal(oldest.Select(row => row.Id).Reverse(), newest.Select(row => row.Id));
        Assert.Equal(3, lists.Count);
        Assert.All(lists, row => Assert.Equal(numbers.Values.Order(), row.Listed));
        Assert.All(oldest.Where(row => row.Act == AuditAct.PatientRead), row => Assert.Empty(row.Listed));

        async Task<IReadOnlyList<AuditRow>> PageAsync(AuditQuery query) =>
            (await audit.ListAsync(administrator, query, default)).Value.Items;
    }

    [Fact]
    public async Task ListAsync_AuditOfAPatient_FromPageToPage_ShowsEveryEntryOnce()
    {
        var (doctor, one, _) = await DoctorOfTwoAsync();
        var administrator = await clinic.People.ActorAsync(await clinic.People.AddStaffAsync(Roles.Administrator));
        var patients = clinic.Host.Get<PatientService>();
        var number = (await patients.GetAsync(await clinic.People.ActorAsync(doctor), one, default)).Value.Number;
        for (var i = 0; i < 60; i++)
        {
            clinic.Host.Clock.Advance(TimeSpan.FromMilliseconds(1));
            var actor = await clinic.People.ActorAsync(doctor);
            await patients.ListAsync(actor, new PatientQuery(), default);
            await patients.GetAsync(actor, one, default);
        }

        var seen = new List<AuditRow>();
        string? after = null;
        do
        {
            var page = (await clinic.Host.Get<AuditService>()
                .ListAsync(administrator, new AuditQuery(Who: doctor.Email, PatientNumber: number, After: after), default)).Value;
            seen.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal(121, seen.Count);
        Assert.Equal(seen.Select(row => row.Id).Distinct().OrderDescending(), seen.Select(row => row.Id));
    }

    [Fact]
    public async Task OwnAccessHistoryAsync_OfSomebodyWhoStoodInALook_SaysThatItWasAList()
    {
        var (patient, other) = (await clinic.People.AddPatientAsync(), await clinic.People.AddPatientAsync());
        var (doctor, stranger) = (await clinic.People.AddStaffAsync(Roles.Doctor), await clinic.People.AddStaffAsync(Roles.Doctor));
        await clinic.People.AssignAsync(doctor, patient.PatientId!.Value);
        await clinic.People.AssignAsync(stranger, other.PatientId!.Value);
        var patients = clinic.Host.Get<PatientService>();
        await patients.ListAsync(await clinic.People.ActorAsync(stranger), new PatientQuery(), default);
        await patients.ListAsync(await clinic.People.ActorAsync(doctor), new PatientQuery(), default);
        clinic.Host.Clock.Advance(TimeSpan.FromSeconds(1));
        await patients.GetAsync(await clinic.People.ActorAsync(doctor), patient.PatientId.Value, default);

        var looks = (await clinic.Host.Get<AuditService>()
            .OwnAccessHistoryAsync(await clinic.People.ActorAsync(patient), default)).Value.Looks;

        Assert.Equal([(AuditAct.PatientRead, false), (AuditAct.PatientsListed, true)], looks.Select(look => (look.Act, look.InList)));
        Assert.All(looks, look => Assert.NotEmpty(look.Who));
    }

    private async Task<(TestPerson Doctor, Guid One, Guid Other)> DoctorOfTwoAsync()
    {
        var doctor = await clinic.People.AddStaffAsync(Roles.Doctor);
        var (one, other) = (await clinic.People.AddChartAsync("Listed", "Once"), await clinic.People.AddChartAsync("Listed", "Twice"));
        foreach (var patient in new[] { one, other })
        {
            await clinic.People.AssignAsync(doctor, patient);
            await clinic.People.AddRecordAsync(patient, doctor);
        }

        return (doctor, one, other);
    }

    private async Task<IReadOnlyList<AuditEntry>> OfAsync(TestPerson person) =>
        [.. (await AuditSamples.ReadAsync(clinic.Host)).Where(entry => entry.AccountId == person.AccountId)];
}
