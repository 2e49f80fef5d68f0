using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Patients;

/// <summary>Registration, search, identifiers, linking.</summary>
public abstract class PatientServiceTests(ClinicFixture clinic)
{
    public sealed class OnSqlite(SqliteClinic clinic) : PatientServiceTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : PatientServiceTests(clinic), IClassFixture<PostgresClinic>;

    private PatientService Patients => clinic.Host.Get<PatientService>();

    [Theory]
    [InlineData("vilmapriya quo")]
    [InlineData("quorn")]
    [InlineData("Vilmapriya")]
    [InlineData("1979-04-05")]
    [InlineData("(555) 017-7")]
    [InlineData("900-66-4321")]
    [InlineData("900664321")]
    [InlineData("5 Apr 1979")]
    [InlineData("Apr 5, 1979")]
    [InlineData("+1 555 017 7001")]
    [InlineData("15550177001")]
    [InlineData("555\u00a0017\u20117001")]
    [InlineData("\u200e900\u201166\u20134321")]
    [Trait("Requirement", "S1-02")]
    [Trait("Requirement", "B-10")]
    public async Task List_ByNameBirthDatePhoneOrSsn_FindsTheOne(string search)
    {
        var reception = await clinic.People.AddStaffAsync(Roles.Reception);
        await Patients.RegisterAsync(await Act(reception), New("Vilmapriya", "Quörn", "900-66-4321", "1979-04-05", "(555) 017-7001"),
            default);

        var found = (await Patients.ListAsync(await Act(reception), new PatientQuery(search), default)).Value.Items;

        var row = Assert.Single(found);
        Assert.Equal(("Quörn", "4321"), (row.FamilyName, row.SsnLastFour));
    }

    [Fact]
    [Trait("Requirement", "S1-01")]
    public async Task List_OfADoctor_HoldsAssignedPatientsOnly()
    {
        var doctor = await clinic.People.AddStaffAsync(Roles.Doctor);
        var mine = await clinic.People.AddChartAsync();
        await clinic.People.AddChartAsync();
        await clinic.People.AssignAsync(doctor, mine);

        var rows = (await Patients.ListAsync(await Act(doctor), new PatientQuery(), default)).Value.Items;

        Assert.Equal(mine, Assert.Single(rows).Id);
    }

    [Fact]
    public async Task List_SeveralPages_GoOnWithoutGapOrRepeat()
    {
        var reception = await clinic.People.AddStaffAsync(Roles.Reception);
        for (var i = 0; i < 30; i++)
        {
            await clinic.People.AddChartAsync("Same", "Pagesby");
        }

        var first = (await Patients.ListAsync(await Act(reception), new PatientQuery("pagesby"), default)).Value;
        var second = (await Patients.ListAsync(await Act(reception), new PatientQuery("pagesby", After: first.Next), default)).Value;

        int[] numbers = [.. first.Items.Concat(second.Items).Select(row => row.Number)];
        Assert.Equal((25, 5), (first.Items.Count, second.Items.Count));
        Assert.Equal(numbers.Distinct().Order(), numbers);
        Assert.Null(second.Next);
    }

    [Theory]
    [InlineData("<b>", "1990-01-01", null, null, null, "FamilyName")]
    [InlineData("visit evil.example", "1990-01-01", null, null, null, "FamilyName")]
    [InlineData("A\u202eB", "1990-01-01", null, null, null, "FamilyName")]
    [InlineData("A", "07/02/1968", null, null, null, "BirthDate")]
    [InlineData("A", "1990-13-01", null, null, null, "BirthDate")]
    [InlineData("A", "2990-01-01", null, null, null, "BirthDate")]
    [InlineData("A", "1990-01-01", "12", null, null, "Phone")]
    [InlineData("A", "1990-01-01", null, "no-address", null, "Email")]
    [InlineData("A", "1990-01-01", null, null, "12345678", "Ssn")]
    [InlineData("A", "1990-01-01", null, null, "90012345x", "Ssn")]
    [InlineData("A", "1990-01-01", null, null, "000-00-0000", "Ssn")]
    [InlineData("A", "1990-01-01", null, null, "666-12-3456", "Ssn")]
    [Trait("Requirement", "S4-07")]
    public async Task Register_BrokenRule_SaysWhichField(string family, string birthDate, string? phone, string? email, string? ssn,
        string field)
    {
        var reception = await clinic.People.AddStaffAsync(Roles.Reception);

        var result = await Patients.RegisterAsync(
            await Act(reception), new NewPatient("Given", family, birthDate, Sex.Female, phone, email, Ssn: ssn), default);

        Assert.Equal(field, Assert.Single(result.Error!.Fields).Field);
    }

    [Fact]
    [Trait("Requirement", "S4-07")]
    public async Task Register_NameThatReadsLikeCode_IsKeptAsItIs()
    {
        var reception = await clinic.People.AddStaffAsync(Roles.Reception);

        var id = (await Patients.RegisterAsync(await Act(reception), New("Robert' Select", "O'Neill", null), default)).Value;
        var patient = (await Patients.GetAsync(await Act(reception), id, default)).Value;

        Assert.Equal("Robert' Select O'Neill", patient.FullName);
    }

    [Fact]
    [Trait("Requirement", "S4-08")]
    public async Task Register_NamesThatLookLikeAnAttack_AreEachRefusedBesideTheField()
    {
        var reception = await clinic.People.AddStaffAsync(Roles.Reception);

        var result = await Patients.RegisterAsync(await Act(reception),
            New("Robert'); DROP TABLE Patients;--", "<script>alert(1)</script>", null), default);

        Assert.Equal([nameof(NewPatient.GivenName), nameof(NewPatient.FamilyName)], result.Error!.Fields.Select(field => field.Field));
    }

    [Fact]
    [Trait("Requirement", "B-10")]
    public async Task Register_KnownSsn_IsRefusedBesideTheField()
    {
        var reception = await clinic.People.AddStaffAsync(Roles.Reception);
        await Patients.RegisterAsync(await Act(reception), New("One", "Twin", "900-77-1111"), default);

        var second = await Patients.RegisterAsync(await Act(reception), New("Two", "Twin", "900771111"), default);

        Assert.Equal("Ssn", Assert.Single(second.Error!.Fields).Field);
    }

    [Fact]
    public async Task Register_ManyAtOnce_GetNumbersOfTheirOwn()
    {
        var reception = await clinic.People.AddStaffAsync(Roles.Reception);
        var actor = await Act(reception);

        var results = await Task.WhenAll(
            new[] { "Anna", "Boris", "Clara", "Dieter", "Ethel", "Farid" }.Select(
            given => Patients.RegisterAsync(actor, New(given, "Queue", null), default)));

        Assert.Equal(results.Count(result => result.IsSuccess),
            (await Patients.ListAsync(actor, new PatientQuery("queue"), default)).Value.Items.Select(row => row.Number).Distinct().Count());
        Assert.All(results, result => Assert.True(result.IsSuccess || result.Error!.Kind == ErrorKind.Conflict));
    }

    [Fact]
    [Trait("Requirement", "S1-02")]
    [Trait("Requirement", "B-02")]
    public async Task ShowIdentifier_Ssn_NeedsThePermissionAndAFreshProof()
    {
        var (reception, doctor, nurse) = (
            await clinic.People.AddStaffAsync(Roles.Reception), await clinic.People.AddStaffAsync(Roles.Doctor),
                await clinic.People.AddStaffAsync(Roles.Nurse));
        var id = await clinic.People.AddChartAsync(ssn: "900881234");
        await clinic.People.AssignAsync(nurse, id);

        Assert.Equal("1234", (await Patients.GetAsync(await Act(reception), id, default)).Value.SsnLastFour);
        Assert.Equal("900881234", (await Patients.ShowIdentifierAsync(await Act(reception), id, IdentifierKind.Ssn, default)).Value);
        Assert.Equal(ErrorKind.NotFound,
            (await Patients.ShowIdentifierAsync(await Act(doctor), id, IdentifierKind.Ssn, default)).Error!.Kind);
        Assert.Equal(ErrorKind.NotFound,
            (await Patients.ShowIdentifierAsync(await Act(nurse), id, IdentifierKind.Ssn, default)).Error!.Kind);
        clinic.Host.Clock.Advance(TimeSpan.FromMinutes(AccessPolicy.ProofMinutes + 1));
        Assert.Equal(ErrorKind.StepUpNeeded,
            (await Patients.ShowIdentifierAsync(await Act(reception), id, IdentifierKind.Ssn, default)).Error!.Kind);
    }

    private static NewPatient New(string given, string family, string? ssn, string birthDate = "1980-02-03", string? phone = null) =>
        new(given, family, birthDate, Sex.Female, phone, Ssn: ssn);

    private Task<Actor> Act(TestPerson person) => clinic.People.ActorAsync(person);
}
