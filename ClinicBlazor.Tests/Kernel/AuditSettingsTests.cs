using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Audit.Archives;
using ClinicBlazor.Domain.Kernel;

namespace ClinicBlazor.Tests.Kernel;

/// <summary>How long entries of the trail are kept: seven years unless something else is set, and never less than six.</summary>
[Trait("Requirement", "S2-14")]
public sealed class AuditSettingsTests
{
    [Fact]
    public void Years_WithoutASetting_AreSevenForEachKind() =>
        Assert.All(Enum.GetValues<AuditKind>(), kind => Assert.Equal(7, new AuditDue(new AuditSettings(), []).YearsOf(kind)));

    [Fact]
    public void Years_OfAKindThatHasItsOwn_AreThese()
    {
        var settings = new AuditSettings { KeepYears = 9, Keep = { Accounts = 30 } };

        Assert.Equal([9, 30, 9], Enum.GetValues<AuditKind>().Select(new AuditDue(settings, []).YearsOf));
        Assert.Empty(SettingsRules.Check(new ClinicSettings { Audit = settings }));
    }

    [Theory]
    [InlineData(5, null, null, null, "Clinic:Audit:KeepYears")]
    [InlineData(101, null, null, null, "Clinic:Audit:KeepYears")]
    [InlineData(7, 5, null, null, "Clinic:Audit:Keep:Patients")]
    [InlineData(7, null, 0, null, "Clinic:Audit:Keep:Accounts")]
    [InlineData(7, null, null, 101, "Clinic:Audit:Keep:System")]
    public void Check_OfYearsOutOfTheirLimits_NamesTheSetting(int years, int? patients, int? accounts, int? system, string named)
    {
        var settings = new ClinicSettings
        {
            Audit = { KeepYears = years, Keep = { Patients = patients, Accounts = accounts, System = system } },
        };

        Assert.StartsWith(named, Assert.Single(SettingsRules.Check(settings)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "data/audit-archive")]
    [InlineData(" ", "data/audit-archive")]
    [InlineData("/srv/archive", "/srv/archive")]
    public void ArchiveDirectory_UnlessItIsSet_LiesInTheDataDirectory(string? set, string expected) =>
        Assert.Equal(expected, new ClinicSettings { DataDirectory = "data", Audit = { ArchiveDirectory = set } }.AuditArchiveDirectory);
}
