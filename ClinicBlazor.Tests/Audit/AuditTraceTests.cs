using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;

namespace ClinicBlazor.Tests.Audit;

/// <summary>What a request tells of itself, on its way into the trail.</summary>
[Trait("Requirement", "S2-13")]
public sealed class AuditTraceTests
{
    private static readonly Guid[] Ids = [.. Enumerable.Range(0, 3).Select(_ => Guid.CreateVersion7())];

    [Fact]
    public void Listed_NamesEachPatientOnceAndNotTheOneWhoseDataItIs()
    {
        var trace = new AuditTrace(AuditAct.PatientsListed) { PatientId = Ids[0] };
        trace.List([Ids[0], Ids[1]]);
        trace.List([Ids[1], Ids[2]]);

        Assert.Equal(new[] { Ids[1], Ids[2] }.Order(), trace.Listed.Order());

        trace.ListNobody();
        Assert.Empty(trace.Listed);
    }

    [Fact]
    public void DetailsOf_AreThoseOfTheActItselfAndOfWhatHappenedBesides()
    {
        var trace = new AuditTrace(AuditAct.PatientCreated);
        trace.Say([AuditDetail.Ssn]);
        trace.Say([AuditDetail.Ssn, AuditDetail.Tin]);
        trace.SayOf(AuditAct.RolesGiven, [AuditDetail.DoctorGiven]);

        Assert.Equal([AuditDetail.Ssn, AuditDetail.Tin], trace.DetailsOf(AuditAct.PatientCreated).Order());
        Assert.Equal([AuditDetail.DoctorGiven], trace.DetailsOf(AuditAct.RolesGiven));
        Assert.Empty(trace.DetailsOf(AuditAct.SignIn));
    }

    [Fact]
    public void Details_AreWrittenInTheirOrderOnceEach()
    {
        Assert.Equal("FamilyName, Ssn", AuditDetails.Write([AuditDetail.Ssn, AuditDetail.FamilyName, AuditDetail.Ssn]));
        Assert.Null(AuditDetails.Write([]));
        Assert.Equal([AuditDetail.FamilyName, AuditDetail.Ssn], AuditDetails.Read("FamilyName, Ssn"));
        Assert.Equal([AuditDetail.Ssn, (AuditDetail)(-1), (AuditDetail)(-1)], AuditDetails.Read("Ssn, ssn, 16"));
        Assert.Empty(AuditDetails.Read(null));
    }

    [Fact]
    public void OfRoles_NamesEachThatWasGivenAndEachThatWasTaken()
    {
        Assert.Equal(
            [AuditDetail.DoctorGiven, AuditDetail.NurseGiven, AuditDetail.ReceptionGiven, AuditDetail.AdministratorGiven],
            AuditDetails.OfRoles(Roles.Staff | Roles.Patient));
        Assert.Equal(
            [AuditDetail.NurseGiven, AuditDetail.DoctorTaken, AuditDetail.ReceptionTaken, AuditDetail.AdministratorTaken],
            AuditDetails.OfRoles(Roles.Nurse, Roles.Staff & ~Roles.Nurse));
        Assert.Equal([AuditDetail.NurseTaken], AuditDetails.OfRoles(Roles.None, Roles.Nurse));
    }

    [Theory]
    [InlineData("RecordRead", AuditAct.RecordRead)]
    [InlineData("recordread", (AuditAct)(-1))]
    [InlineData("RecordRead ", (AuditAct)(-1))]
    [InlineData("0", (AuditAct)(-1))]
    [InlineData("", (AuditAct)(-1))]
    [Trait("Requirement", "B-12")]
    public void Column_OfAnAct_IsReadInItsOneSpellingOnly(string stored, AuditAct expected) =>
        Assert.Equal(expected, new ExactEnumConverter<AuditAct>().ConvertFromProvider(stored));

    [Fact]
    [Trait("Requirement", "B-12")]
    public void Column_OfAnId_IsReadInItsOneSpellingOnly()
    {
        var converter = new ExactGuidConverter();
        var spelt = (string)converter.ConvertToProvider(Ids[0])!;

        Assert.Equal(Ids[0].ToString("D").ToUpperInvariant(), spelt);
        Assert.Equal(Ids[0], converter.ConvertFromProvider(spelt));
        Assert.All((string[])[spelt.ToLowerInvariant(), $"{{{spelt}}}", spelt.Replace("-", "", StringComparison.Ordinal), spelt + " ", ""],
            text => Assert.Equal(Guid.AllBitsSet, converter.ConvertFromProvider(text)));
    }
}
