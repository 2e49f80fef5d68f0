using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace ClinicBlazor.Tests.Web;

/// <summary>Whether whoever began a long answer may still have the rest of it.</summary>
[Trait("Requirement", "S4-01")]
public sealed class StillThereTests(SqliteClinic clinic) : IClassFixture<SqliteClinic>
{
    [Fact]
    public async Task IsStill_OfSomebodyWhoMay_HoldsUntilTheSessionEnds()
    {
        var (context, person) = await AskAsync(Roles.Administrator);
        Assert.True(await MayAsync(context));

        var session = (await clinic.People.FindSessionAsync(person))!;
        await clinic.Host.Get<SessionService>().SignOutAsync(session.Actor);

        Assert.False(await MayAsync(context));
    }

    [Fact]
    public async Task IsStill_OfSomebodyWhoseRoleWasTaken_DoesNotHold()
    {
        var (context, person) = await AskAsync(Roles.Administrator);
        await clinic.People.SetRolesAsync(person, Roles.Reception);

        Assert.False(await MayAsync(context));
    }

    [Fact]
    public async Task IsStill_OfNobody_DoesNotHold() => Assert.False(await MayAsync(new DefaultHttpContext()));

    private Task<bool> MayAsync(HttpContext context) =>
        context.IsStillAsync(clinic.Host.Get<SessionService>(), Permission.AuditRead, default);

    private async Task<(HttpContext Context, TestPerson Person)> AskAsync(Roles roles)
    {
        var person = await clinic.People.AddStaffAsync(roles);
        var context = new DefaultHttpContext();
        context.Features.Set((await clinic.People.FindSessionAsync(person))!);
        return (context, person);
    }
}
