using ClinicBlazor.Domain.Access;

namespace ClinicBlazor.Tests.Access;

/// <summary>An assignment by itself.</summary>
[Trait("Requirement", "S1-01")]
public sealed class AccessGrantTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void End_ASecondTime_ChangesNothing()
    {
        var grant = new AccessGrant
        {
            Id = Guid.CreateVersion7(),
            PatientId = Guid.CreateVersion7(),
            AccountId = Guid.CreateVersion7(),
            Kind = GrantKind.CareTeam,
            StartsAt = Now,
        };
        Assert.Null(grant.EndsAt);

        grant.End(Now.AddHours(1));
        grant.End(Now.AddHours(2));

        Assert.Equal(Now.AddHours(1), grant.EndsAt);
        Assert.Equal([nameof(AccessGrant.EndsAt)], ((IEndsWithAccount)grant).WrittenByAnEnd);
    }
}
