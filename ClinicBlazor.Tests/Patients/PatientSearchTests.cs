using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Input;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Tests.Patients;

/// <summary>Any word of a name finds its owner; an SSN confirms itself to those alone to whom it may be shown.</summary>
[Trait("Requirement", "B-10")]
public abstract class PatientSearchTests(ClinicFixture clinic)
{
    public sealed class OnSqlite(SqliteClinic clinic) : PatientSearchTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : PatientSearchTests(clinic), IClassFixture<PostgresClinic>;

    private PatientService Patients => clinic.Host.Get<PatientService>();

    [Theory]
    [MemberData(nameof(NameVariants.All), MemberType = typeof(NameVariants))]
    public async Task List_AnyWordWholeOrItsBeginningInAnyOrder_FindsItsOwner(string given, string family, string[] searches)
    {
        var id = await clinic.People.AddChartAsync(given, family);
        var reception = await Act(Roles.Reception);

        foreach (var search in searches)
        {
            var found = (await Patients.ListAsync(reception, new PatientQuery(search), default)).Value.Items;
            Assert.True(found.Any(row => row.Id == id), $"“{search}” did not find {given} {family}.");
        }
    }

    [Theory]
    [InlineData("No. {0}")]
    [InlineData("no {0}")]
    [InlineData("N.º {0}")]
    [InlineData("#{0}")]
    [InlineData("Patient no. {0}")]
    [InlineData("\u200eNo.\u00a0{0}\u202c")]
    public async Task List_ANumberAsPagesWriteIt_FindsItsPatient(string form)
    {
        var id = await clinic.People.AddChartAsync();
        var reception = await Act(Roles.Reception);
        var number = (await Patients.GetAsync(reception, id, default)).Value.Number;

        var query = new PatientQuery(form.Replace("{0}", $"{number}", StringComparison.Ordinal));
        var found = (await Patients.ListAsync(reception, query, default)).Value.Items;

        Assert.Equal(id, Assert.Single(found).Id);
    }

    [Theory]
    [InlineData("IT", "06 6988 4857", "+390669884857")]
    [InlineData("RU", "8 (912) 345-67-89", "+79123456789")]
    [InlineData("US", "(555) 010-0142", "+15550100142")]
    [InlineData("US", "011 39 06 6988 4857", "+390669884857")]
    public void Asked_ANumberAsPeopleThereWriteIt_IsTheBeginningOfOneOfItsWords(string region, string typed, string stored) =>
        Assert.Contains(Phones.Words(stored), word => word.StartsWith(Phones.Asked(typed, region), StringComparison.Ordinal));

    [Theory]
    [InlineData("555 010", "555010")]
    [InlineData("+1 555 010", "1555010")]
    public void Asked_TheBeginningOfANumber_IsItsDigits(string typed, string asked) => Assert.Equal(asked, Phones.Asked(typed, "US"));

    [Fact]
    public async Task List_TwoWordsThatBeginAlike_ShowsThePatientOnce()
    {
        await clinic.People.AddChartAsync("Xenia Xenophia", "Xenakis");

        Assert.Single((await Patients.ListAsync(await Act(Roles.Reception), new PatientQuery("xen"), default)).Value.Items);
    }

    [Fact]
    public async Task List_NothingThatCanBeAsked_FindsNobody() =>
        Assert.Empty((await Patients.ListAsync(await Act(Roles.Reception), new PatientQuery("((("), default)).Value.Items);

    [Fact]
    public async Task List_OfADoctorByAName_HoldsAssignedPatientsOnly()
    {
        var doctor = await clinic.People.AddStaffAsync(Roles.Doctor);
        var mine = await clinic.People.AddChartAsync("Mine", "Ostrowska");
        await clinic.People.AddChartAsync("Other", "Ostrowska");
        await clinic.People.AssignAsync(doctor, mine);

        Assert.Equal(mine,
            Assert.Single(
            (await Patients.ListAsync(await clinic.People.ActorAsync(doctor), new PatientQuery("ostrow"), default)).Value.Items).Id);
    }

    [Fact]
    public async Task List_ADayThatCouldBeTwo_IsAskedAbout()
    {
        var result = await Patients.ListAsync(await Act(Roles.Reception), new PatientQuery("07/02/1968"), default);

        Assert.Equal("Search", Assert.Single(result.Error!.Fields).Field);
    }

    [Fact]
    [Trait("Requirement", "S1-02")]
    public async Task List_SsnForThoseWhoMayNotShowIt_ConfirmsNothingAndIsDenied()
    {
        var nurse = await clinic.People.AddStaffAsync(Roles.Nurse);
        var id = await clinic.People.AddChartAsync(ssn: "900817261");
        await clinic.People.AssignAsync(nurse, id);

        var found = (await Patients.ListAsync(await clinic.People.ActorAsync(nurse), new PatientQuery("900-81-7261"), default)).Value.Items;

        Assert.Empty(found);
        await using var db = await clinic.Host.OpenAsync();
        Assert.Equal(AuditOutcome.Denied,
            (await db.Set<AuditEntry>().SingleAsync(
            entry => entry.AccountId == nurse.AccountId && entry.Act == AuditAct.PatientSearchedBySsn)).Outcome);
    }

    [Fact]
    [Trait("Requirement", "S1-02")]
    public async Task List_SsnGuesses_AreCountedAndWarnOf()
    {
        var reception = await clinic.People.AddStaffAsync(Roles.Reception);
        await clinic.People.AddChartAsync(ssn: "900817272");
        var actor = await clinic.People.ActorAsync(reception);

        Assert.Single((await Patients.ListAsync(actor, new PatientQuery("900-81-7272"), default)).Value.Items);
        Assert.Empty((await Patients.ListAsync(actor, new PatientQuery("900-81-7273"), default)).Value.Items);

        await using var db = await clinic.Host.OpenAsync();
        var entries = await db.Set<AuditEntry>()
            .Where(entry => entry.AccountId == reception.AccountId && entry.Act == AuditAct.PatientSearchedBySsn).ToListAsync();
        Assert.Equal([(AuditOutcome.Done, AuditLevel.Information), (AuditOutcome.Failed, AuditLevel.Warning)],
            entries.OrderBy(entry => entry.Level).Select(entry => (entry.Outcome, entry.Level)));
    }

    [Fact]
    [Trait("Requirement", "S1-02")]
    public async Task Register_WithAnSsnThatIsKnown_IsAuditedAsASearchForIt()
    {
        var reception = await clinic.People.AddStaffAsync(Roles.Reception);
        await clinic.People.AddChartAsync(ssn: "900817288");
        var actor = await clinic.People.ActorAsync(reception);
        var unknown = new NewPatient("Isolde", "Unalike", "1933-03-03", Sex.Female, Ssn: "900-81-7289");
        var known = unknown with { Ssn = "900-81-7288" };

        Assert.Empty((await Patients.DuplicatesAsync(actor, unknown, default)).Value);
        var before = await SearchesBySsnAsync(reception);
        var candidates = (await Patients.DuplicatesAsync(actor, known, default)).Value;
        var typed = await SearchesBySsnAsync(reception);
        var refused = await Patients.RegisterAsync(actor, known, default);

        Assert.Equal([DuplicateSign.Ssn], Assert.Single(candidates).Signs);
        Assert.Equal(nameof(NewPatient.Ssn), Assert.Single(refused.Error!.Fields).Field);
        Assert.Empty(before);
        Assert.Equal([AuditOutcome.Done], typed);
        Assert.Equal([AuditOutcome.Done, AuditOutcome.Done], await SearchesBySsnAsync(reception));
    }

    [Fact]
    public async Task Change_OfAPatientWhoWasLoadedAlone_AddsTheWordsThatAreNewAndMovesTheOthers()
    {
        var id = await clinic.People.AddChartAsync("Wilhelmina", "Ysenburg");
        await using (var db = await clinic.Host.OpenAsync())
        {
            var patient = await db.Set<Patient>().AsTracking().SingleAsync(row => row.Id == id);
            patient.Identify("Wilhelmina", "Aalsmeer", new DateOnly(1980, 5, 17), Sex.Female);
            patient.SetContact("+15550187744", email: null, address: null);
            await db.SaveChangesAsync();
        }

        var actor = await Act(Roles.Reception);
        foreach (var search in new[] { "wilhelmina", "aalsmeer", "+1 555 018-7744" })
        {
            Assert.Equal(id, Assert.Single((await Patients.ListAsync(actor, new PatientQuery(search), default)).Value.Items).Id);
        }

        await using var stored = await clinic.Host.OpenAsync();
        Assert.All(await stored.Set<PatientWord>().Where(word => word.PatientId == id).ToListAsync(),
            word => Assert.StartsWith("aalsmeer", word.SortKey, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Fill_PatientsFromBeforeTheIndex_AreFoundAfterwards()
    {
        var patient = new Patient { Id = clinic.Host.Clock.NewId(), Number = 71_001, RegisteredAt = clinic.Host.Clock.Now() };
        patient.Identify("Ulrike", "Grünspan", new DateOnly(1980, 5, 17), Sex.Female);
        await clinic.Host.ArrangeAsync(db =>
        {
            // As it was stored once: without words, the phone as it was typed.
            db.Add(patient);
            db.ChangeTracker.AutoDetectChangesEnabled = false;
            db.ChangeTracker.Entries<PatientWord>().ToList().ForEach(word => word.State = EntityState.Detached);
            db.Entry(patient).Property(row => row.Phone).CurrentValue = "(555) 018-7733";
        });
        var id = patient.Id;
        var before = (await Patients.ListAsync(await Act(Roles.Reception), new PatientQuery("grünsp"), default)).Value.Items;

        await using (var db = await clinic.Host.OpenAsync())
        {
            await clinic.Host.Services.GetServices<MigrationStep>().OfType<PatientWordsFill>().Single().RunAsync(db, default);
        }

        Assert.Empty(before);
        var actor = await Act(Roles.Reception);
        Assert.Equal(id, Assert.Single((await Patients.ListAsync(actor, new PatientQuery("grünsp"), default)).Value.Items).Id);
        Assert.Equal(id, Assert.Single((await Patients.ListAsync(actor, new PatientQuery("+1 555 018-7733"), default)).Value.Items).Id);
    }

    [Fact]
    public async Task Fill_PatientsFromBeforeNeighboursWereJoined_AreFoundAfterwards()
    {
        var patient = new Patient { Id = clinic.Host.Clock.NewId(), Number = 71_002, RegisteredAt = clinic.Host.Clock.Now() };
        patient.Identify("Petra", "Lopez-O'Malley", new DateOnly(1980, 5, 17), Sex.Female);
        await clinic.Host.ArrangeAsync(db =>
        {
            db.Add(patient);
            db.ChangeTracker.AutoDetectChangesEnabled = false;
            db.ChangeTracker.Entries<PatientWord>().Single(word => word.Entity.Word == "omalley").State = EntityState.Detached;
        });
        var before = (await Patients.ListAsync(await Act(Roles.Reception), new PatientQuery("O'Malley"), default)).Value.Items;

        await using (var db = await clinic.Host.OpenAsync())
        {
            await clinic.Host.Services.GetServices<MigrationStep>().OfType<PatientWordsFill>().Single().RunAsync(db, default);
        }

        Assert.Empty(before);
        var after = (await Patients.ListAsync(await Act(Roles.Reception), new PatientQuery("O'Malley"), default)).Value.Items;
        Assert.Equal(patient.Id, Assert.Single(after).Id);
    }

    [Theory]
    [InlineData("Mary\u00a0Jolene", "Weatherstone", "maryjolene")]
    [InlineData("علی\u200cاکبر", "رضایی", "علیاکبر")]
    public async Task Register_ANameThatIsPasted_IsTakenAndFound(string given, string family, string search)
    {
        var reception = await Act(Roles.Reception);

        var id = await Patients.RegisterAsync(reception, new NewPatient(given, family, "1931-05-17", Sex.Female), default);

        Assert.Null(id.Error);
        var found = Assert.Single((await Patients.ListAsync(reception, new PatientQuery(search), default)).Value.Items);
        Assert.Equal((id.Value, given.Replace('\u00a0', ' ')), (found.Id, found.GivenName));
    }

    private async Task<Actor> Act(Roles roles) => await clinic.People.ActorAsync(await clinic.People.AddStaffAsync(roles));

    private async Task<IReadOnlyList<AuditOutcome>> SearchesBySsnAsync(TestPerson person)
    {
        await using var db = await clinic.Host.OpenAsync();
        return await db.Set<AuditEntry>()
            .Where(entry => entry.AccountId == person.AccountId && entry.Act == AuditAct.PatientSearchedBySsn)
            .Select(entry => entry.Outcome).ToListAsync();
    }
}
