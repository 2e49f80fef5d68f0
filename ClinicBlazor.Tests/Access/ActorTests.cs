using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Kernel;

namespace ClinicBlazor.Tests.Access;

/// <summary>Who asks: what a person carries through an operation, and from where.</summary>
[Trait("Requirement", "S4-01")]
public sealed class ActorTests
{
    private static readonly ClientInfo Desk = new("192.0.2.10", "Test browser");

    private static readonly Actor Nurse = new(Guid.CreateVersion7(), Guid.CreateVersion7(), Roles.Nurse, Guid.CreateVersion7(), "Nora Nash",
        Desk, new DateTimeOffset(2026, 3, 2, 8, 58, 0, TimeSpan.Zero));

    [Fact]
    public void Anonymous_IsNobodyAndMayOnlySignIn()
    {
        var nobody = Actor.Anonymous(Desk);

        Assert.Equal((null, null, Roles.None, null, "", Desk), Person(nobody));
        Assert.Equal([Permission.SignIn], Enum.GetValues<Permission>().Where(nobody.May));
        Assert.Null(nobody.Command);
        Assert.False(nobody.MustNameActs);
    }

    [Fact]
    public void May_OfANurse_IsWhatTheTableGives() =>
        Assert.Equal(AccessPolicy.Table.Where(line => line.Nurse != Reach.None).Select(line => line.Permission),
            Enum.GetValues<Permission>().Where(Nurse.May));

    [Fact]
    public void Doing_IsTheSamePersonWithOneAct()
    {
        var command = CommandId.New();

        var doing = Nurse.Doing(command);

        Assert.Equal(Person(Nurse), Person(doing));
        Assert.Equal(Nurse.ProvedAt, doing.ProvedAt);
        Assert.Equal(command, doing.Command);
        Assert.False(doing.MustNameActs);
    }

    [Fact]
    public void AtAPage_IsTheSamePersonWhoMustNameActs()
    {
        var command = CommandId.New();

        Actor[] atAPage = [Nurse.AtAPage(), Nurse.AtAPage().Doing(command), Nurse.Doing(command).AtAPage()];

        Assert.All(atAPage, actor => Assert.Equal((Person(Nurse), Nurse.ProvedAt, true),
            (Person(actor), actor.ProvedAt, actor.MustNameActs)));
        Assert.Equal([null, command, command], atAPage.Select(actor => actor.Command));
    }

    [Theory]
    [Trait("Requirement", "S4-02")]
    [InlineData("192.0.2.10", "Test browser", true)]
    [InlineData("192.0.2.11", "Test browser", false)]
    [InlineData("192.0.2.10", "test browser", false)]
    [InlineData("192.0.2.11", "Another browser", false)]
    public void IsSamePlace_AsksForBothAddressAndBrowser(string address, string userAgent, bool expected) =>
        Assert.Equal(expected, Desk.IsSamePlace(new ClientInfo(address, userAgent)));

    [Fact]
    [Trait("Requirement", "S2-13")]
    public void Local_IsHowTheTrailNamesTheProgramItself() => Assert.Equal(new ClientInfo("local", "ClinicBlazor"), ClientInfo.Local);

    [Fact]
    [Trait("Requirement", "S1-03")]
    public void BrowserToken_InALog_ShowsNothingOfItself()
    {
        var token = new BrowserToken("c2VjcmV0");

        Assert.Equal(("c2VjcmV0", "•••"), (token.Value, $"{token}"));
    }

    private static (Guid?, Guid?, Roles, Guid?, string, ClientInfo) Person(Actor actor) =>
        (actor.AccountId, actor.SessionId, actor.Roles, actor.PatientId, actor.DisplayName, actor.Client);
}
