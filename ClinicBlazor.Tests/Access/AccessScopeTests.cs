using ClinicBlazor.Domain.Access;

namespace ClinicBlazor.Tests.Access;

/// <summary>What the policy lets a lease see and change, before there is a database.</summary>
[Trait("Requirement", "S4-01")]
public sealed class AccessScopeTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private static readonly ClientInfo Desk = new("192.0.2.10", "Test browser");

    private static readonly Actor Everything = new(Guid.CreateVersion7(), Guid.CreateVersion7(), Roles.Staff | Roles.Patient,
        Guid.CreateVersion7(), "Eve Every", Desk);

    public static TheoryData<Permission> Permissions => [.. Enum.GetValues<Permission>()];

    [Theory]
    [MemberData(nameof(Permissions))]
    [Trait("Requirement", "S1-01")]
    public void For_APermission_OpensItsCompartmentAndNoOther(Permission permission)
    {
        var reach = AccessPolicy.ReachOf(Everything.Roles, permission);

        var scope = AccessScope.For(Everything, permission, Now);

        Assert.Equal((Everything.AccountId, Everything.PatientId, Now), (scope.AccountId, scope.PatientId, scope.Now));
        Assert.Equal(
            AccessPolicy.CompartmentOf(permission) switch
            {
                Compartment.Clinical => (reach, reach),
                Compartment.Demographic => (reach, Reach.None),
                _ => (Reach.None, Reach.None),
            },
            (scope.Demographic, scope.Clinical));
    }

    [Fact]
    public void For_APermission_AllowsRolesLinksAndTheTrailToTheActsMadeForThemAlone()
    {
        Assert.Equal([Permission.AccountManage], Where(scope => scope.MayChangeRoles));
        Assert.Equal([Permission.PatientAccountLink, Permission.PatientAccountConfirm], Where(scope => scope.MayChangeLinks));
        Assert.Equal([Permission.AuditRead, Permission.LookReportAnswer, Permission.AuditReview], Where(scope => scope.MayReadTrail));
        Assert.Equal([Permission.AlertRead, Permission.AlertAcknowledge], Where(scope => scope.MayReadAlerts));
        Assert.Equal([Permission.SignIn, Permission.AccountList, Permission.AccountManage], Where(scope => scope.MayReadCredentials));

        static IEnumerable<Permission> Where(Func<AccessScope, bool> may) =>
            Enum.GetValues<Permission>().Where(permission => may(AccessScope.For(Everything, permission, Now)));
    }

    [Fact]
    public void For_TheProgramItself_MayChangeRoles() =>
        Assert.True(AccessScope.For(Actor.Anonymous(ClientInfo.Local), Permission.SignIn, Now).MayChangeRoles);

    [Fact]
    public void For_APersonOnTheMachineOrAStranger_MayNotChangeRoles()
    {
        var local = new Actor(Everything.AccountId, Everything.SessionId, Everything.Roles, null, "Eve Every", ClientInfo.Local);

        Assert.False(AccessScope.For(local, Permission.SignIn, Now).MayChangeRoles);
        Assert.False(AccessScope.For(Actor.Anonymous(Desk), Permission.SignIn, Now).MayChangeRoles);
    }

    [Fact]
    public void Unrestricted_IsNobodyWhoSeesAndChangesEverything() =>
        Assert.Equal(
            new AccessScope(null, null, Reach.Everyone, Reach.Everyone, Now)
            {
                MayChangeRoles = true,
                MayChangeLinks = true,
                MayReadTrail = true,
                MayReadAlerts = true,
                MayReadCredentials = true,
            },
            AccessScope.Unrestricted(Now));
}
