using ClinicBlazor.Domain.Accounts;

namespace ClinicBlazor.Tests.Accounts;

[Trait("Requirement", "S4-02")]
public sealed class SessionEndTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Revoke_ASecondTime_KeepsTheFirstReasonAndMoment()
    {
        var session = new Session
        {
            Id = Guid.CreateVersion7(),
            AccountId = Guid.CreateVersion7(),
            TokenHash = [],
            Stage = SessionStage.Full,
            Kind = SessionKind.Staff,
            StartedAt = Now,
            LastActivityAt = Now,
            ProvedAt = Now,
            ExpiresAt = Now.AddHours(Session.StaffHours),
            Address = "192.0.2.1",
            UserAgent = "Browser",
        };

        session.Revoke(SessionEnd.ClientChanged, Now);
        session.Revoke(SessionEnd.SignedOut, Now.AddMinutes(1));

        Assert.Equal((SessionEnd.ClientChanged, Now), (session.End, session.RevokedAt));
    }
}
