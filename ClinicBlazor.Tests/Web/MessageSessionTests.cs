using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Web;

/// <summary>The session that a circuit's guard hands to the handler of one message.</summary>
[Trait("Requirement", "S4-02")]
public sealed class MessageSessionTests
{
    private static readonly Guid SessionId = Guid.Parse("0193b0a0-0000-7000-8000-000000000001");
    private readonly TestClock clock = new();

    [Fact]
    public void Take_Twice_AnswersOnce()
    {
        MessageSession.Hand(Session(), clock);

        Assert.NotNull(MessageSession.Take(SessionId, clock));
        Assert.Null(MessageSession.Take(SessionId, clock));
    }

    [Fact]
    public void Take_OfAnotherSession_AnswersNothing()
    {
        MessageSession.Hand(Session(), clock);

        Assert.Null(MessageSession.Take(Guid.CreateVersion7(), clock));
    }

    [Theory]
    [InlineData(1000, true)]
    [InlineData(1001, false)]
    public void Take_Later_AnswersOnlyAtOnce(int milliseconds, bool good)
    {
        MessageSession.Hand(Session(), clock);
        clock.Advance(TimeSpan.FromMilliseconds(milliseconds));

        Assert.Equal(good, MessageSession.Take(SessionId, clock) is not null);
    }

    [Fact]
    public async Task Take_InAnotherFlow_AnswersNothing()
    {
        await Task.Run(() => MessageSession.Hand(Session(), clock));

        Assert.Null(MessageSession.Take(SessionId, clock));
    }

    private LiveSession Session() => new(
        new Actor(Guid.CreateVersion7(), SessionId, Roles.Nurse, patientId: null, "Nora Nash", ClientInfo.Local), SessionStage.Full,
        clock.GetUtcNow(), TimeSpan.FromMinutes(15), clock.GetUtcNow().AddHours(1));
}
