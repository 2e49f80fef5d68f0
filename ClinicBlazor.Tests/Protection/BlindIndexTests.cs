using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Protection;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Protection;

[Trait("Requirement", "S4-05")]
[Trait("Requirement", "B-10")]
public abstract class BlindIndexTests(ClinicFixture clinic)
{
    public sealed class OnSqlite(SqliteClinic clinic) : BlindIndexTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : BlindIndexTests(clinic), IClassFixture<PostgresClinic>;

    [Fact]
    public async Task ListAsync_BySsn_FindsExactlyTheOneWhoHasIt()
    {
        var reception = await clinic.People.AddStaffAsync(Roles.Reception);
        var wanted = await clinic.People.AddChartAsync(ssn: "900123471");
        await clinic.People.AddChartAsync(ssn: "900123472");
        await clinic.People.AddChartAsync(ssn: "900123481");

        Assert.Equal([wanted], await FindAsync("900-12-3471"));
        Assert.Equal([wanted], await FindAsync("900123471"));
        Assert.Empty(await FindAsync("900-12-3479"));

        async Task<IEnumerable<Guid>> FindAsync(string ssn) =>
            (await clinic.Host.Get<PatientService>().ListAsync(await clinic.People.ActorAsync(reception), new PatientQuery(ssn),
                CancellationToken.None)).Value.Items.Select(row => row.Id);
    }

    [Fact]
    public void Of_TheSameValueInTwoColumns_Differs()
    {
        var index = clinic.Host.Get<BlindIndex>();

        Assert.Equal(index.Of("Ssn", "900123471"), index.Of("Ssn", "900123471"));
        Assert.NotEqual(index.Of("Ssn", "900123471"), index.Of("Tin", "900123471"));
        Assert.NotEqual(index.Of("Ssn", "900123471"), index.Of("Ssn", "900123472"));
        Assert.NotEqual(index.Of("Ssn", "900123471"), new BlindIndex(new TestKeys().Ring).Of("Ssn", "900123471"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Of_NoValue_IsNone(string? value) => Assert.Null(clinic.Host.Get<BlindIndex>().Of("Ssn", value));
}
