using ClinicBlazor.Domain.Billing;
using ClinicBlazor.Domain.Visits;

namespace ClinicBlazor.Tests.Billing;

/// <summary>Which care waits for clearance: one table says so.</summary>
[Trait("Requirement", "S2-09")]
public sealed class PaymentPolicyTests
{
    [Theory]
    [InlineData(CareAct.CheckIn, false)]
    [InlineData(CareAct.Triage, false)]
    [InlineData(CareAct.Emergency, false)]
    [InlineData(CareAct.Documentation, false)]
    [InlineData(CareAct.Consultation, true)]
    [InlineData(CareAct.Orders, true)]
    [InlineData(CareAct.Dispensing, true)]
    public void NeedsClearance_OfEachKindOfCare_IsAsTheTableSays(CareAct care, bool needsIt) =>
        Assert.Equal(needsIt, PaymentPolicy.NeedsClearance(care));

    [Fact]
    public void Table_HasOneLineForEachKindOfCare() =>
        Assert.Equal(Enum.GetValues<CareAct>(), PaymentPolicy.Table.Select(line => line.Care).Order());

    [Fact]
    public void Of_TheActsOnAVisit_IsWaitedForByTheCallInAlone() =>
        Assert.Equal([VisitAct.CallIn],
            Enum.GetValues<VisitAct>().Where(act => PaymentPolicy.Of(act) is { } care && PaymentPolicy.NeedsClearance(care)));
}
