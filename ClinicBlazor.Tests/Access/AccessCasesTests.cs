using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Data;

namespace ClinicBlazor.Tests.Access;

/// <summary>Holds that the matrix is whole: no method and no line of the table is left out.</summary>
[Trait("Requirement", "S4-01")]
public sealed class AccessCasesTests
{
    /// <summary>
    /// Ways to prove who one is, and what one does with one's own account. They are open to everybody, so what guards
    /// them is that they cannot name anything of somebody else's.
    /// </summary>
    private static readonly Type[] OpenToEverybody =
        [typeof(SignInService), typeof(SessionService), typeof(RegistrationService), typeof(OwnAccountService), typeof(OwnSessionService),
            typeof(AttackReport)];

    /// <summary>Methods of these that name something all the same; OwnSessionTests shows that a foreign id is a missing one.</summary>
    private static readonly string[] NamesASession = ["OwnSessionService.EndAsync"];

    [Fact]
    public void Methods_OfTheDomain_EachHaveOneCase()
    {
        var open = AccessMatrix.Methods.Where(method => OpenToEverybody.Contains(method.Value.DeclaringType)).Select(method => method.Key);
        var asked = AccessMatrix.Methods.Keys.Except(open).Order();

        Assert.Equal(asked, AccessCases.All.Select(accessCase => accessCase.Method).Distinct().Order());
        Assert.Distinct(AccessCases.All.Select(accessCase => (accessCase.Method, accessCase.Variant)));
    }

    [Fact]
    public void Methods_OpenToEverybody_CannotNameSomebodyElse()
    {
        var methods = AccessMatrix.Methods.Where(method => OpenToEverybody.Contains(method.Value.DeclaringType)
            && !NamesASession.Contains(method.Key)).Select(method => method.Value).ToList();

        Assert.NotEmpty(methods);
        Assert.All(methods, method => Assert.DoesNotContain(
            method.GetParameters(), parameter => parameter.ParameterType == typeof(Guid) || parameter.ParameterType == typeof(Guid?)));
    }

    [Fact]
    public void Permissions_OfTheTable_EachHaveOneLineAndACase()
    {
        // These two are answered by the page policies and by the services that are open to everybody.
        Permission[] withoutCase = [Permission.SignIn, Permission.OwnAccount];

        Assert.Equal(Enum.GetValues<Permission>(), AccessPolicy.Table.Select(line => line.Permission).Order());
        Assert.Equal(
            Enum.GetValues<Permission>().Except(withoutCase),
            AccessCases.All.Select(accessCase => accessCase.Permission).Distinct().Order());
    }
}
