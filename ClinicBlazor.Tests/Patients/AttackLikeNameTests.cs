using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Patients;

/// <summary>A person is called what a person is called.</summary>
[Trait("Requirement", "S4-08")]
public sealed class AttackLikeNameTests(SqliteClinic clinic) : IClassFixture<SqliteClinic>
{
    [Theory]
    [InlineData("Robert' or 'a' --", "Null")]
    [InlineData("O'Or", "Union-Select--")]
    public async Task RegisterAsync_NameThatLooksLikeAnAttack_IsRegisteredAsItIsAndSearchedFor(string given, string family)
    {
        var actor = await clinic.People.ActorAsync(await clinic.People.AddStaffAsync(Roles.Reception));
        var patients = clinic.Host.Get<PatientService>();

        var id = await patients.RegisterAsync(actor, new NewPatient(given, family, "1980-02-03", Sex.Unknown, null, null, null, null, null),
            CancellationToken.None);
        var found = await patients.ListAsync(actor, new PatientQuery(given), CancellationToken.None);

        var kept = (await patients.GetAsync(actor, id.Value, CancellationToken.None)).Value;
        Assert.Contains(found.Value.Items, row => row.Id == id.Value);
        Assert.Equal((given, family), (kept.GivenName, kept.FamilyName));
    }
}
