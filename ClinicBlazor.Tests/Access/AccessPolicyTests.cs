using ClinicBlazor.Domain.Access;

namespace ClinicBlazor.Tests.Access;

/// <summary>The matrix holds the code to the table; these hold the table to what the clinic decided.</summary>
[Trait("Requirement", "S0-01")]
public sealed class AccessPolicyTests
{
    private static IEnumerable<AccessPolicy.Line> Clinical => AccessPolicy.Table.Where(line => line.Compartment == Compartment.Clinical);

    private static IEnumerable<AccessPolicy.Line> OfPatients =>
        AccessPolicy.Table.Where(line => line.Compartment is Compartment.Clinical or Compartment.Demographic);

    [Fact]
    [Trait("Requirement", "S1-01")]
    public void Table_Reception_HasNoClinicalLine() =>
        Assert.All(Clinical, line => Assert.Equal(Reach.None, line.Reception));

    [Fact]
    [Trait("Requirement", "S1-01")]
    public void Table_ClinicalLines_ReachOwnOrAssignedAtMost() =>
        Assert.All(Clinical, line =>
        {
            Assert.Contains(line.Patient, (Reach[])[Reach.None, Reach.Self]);
            Assert.All((Reach[])[line.Doctor, line.Nurse, line.Administrator],
                reach => Assert.Contains(reach, (Reach[])[Reach.None, Reach.Assigned]));
        });

    [Fact]
    public void Table_Administrator_ReadsAssignedChartsAndWritesNone() =>
        Assert.Equal(
            [Permission.PatientList, Permission.PatientRead, Permission.RecordRead, Permission.RecordErrorsRead, Permission.DocumentRead],
            OfPatients.Where(line => line.Administrator != Reach.None).Select(line => line.Permission));

    [Fact]
    public void Table_Administration_IsTheAdministratorsAlone() =>
        Assert.All(AccessPolicy.Table.Where(line => line.Compartment == Compartment.Administration), line => Assert.Equal(
            (Reach.None, Reach.None, Reach.None, Reach.None, Reach.None, Reach.Everyone),
            (line.Anyone, line.Patient, line.Doctor, line.Nurse, line.Reception, line.Administrator)));

    [Theory]
    [Trait("Requirement", "S0-02")]
    [InlineData(Permission.DiagnosisAssign)]
    [InlineData(Permission.RecordWriteOnBehalf)]
    [InlineData(Permission.RecordSign)]
    public void Allows_ClinicalAct_DoctorsOnly(Permission permission) =>
        Assert.Equal([Roles.Doctor], RolesExtensions.All.Where(role => AccessPolicy.Allows(role, permission)));

    [Fact]
    [Trait("Requirement", "S0-02")]
    public void Allows_DescribingAProblem_PatientsOnly() =>
        Assert.Equal([Roles.Patient], RolesExtensions.All.Where(role => AccessPolicy.Allows(role, Permission.RecordDescribe)));

    [Fact]
    [Trait("Requirement", "S4-01")]
    public void Table_Patient_ReachesNobodyButThemselves() =>
        Assert.All(AccessPolicy.Table, line => Assert.Contains(line.Patient, (Reach[])[Reach.None, Reach.Self]));

    [Fact]
    [Trait("Requirement", "S4-01")]
    public void Table_NotSignedIn_MayOnlySignIn() =>
        Assert.Equal([Permission.SignIn], AccessPolicy.Table.Where(line => line.Anyone != Reach.None).Select(line => line.Permission));

    [Fact]
    public void ReachOf_SeveralRoles_AddsUp() =>
        Assert.Equal(Reach.Assigned | Reach.Everyone, AccessPolicy.ReachOf(Roles.Nurse | Roles.Reception, Permission.PatientRead));
}
