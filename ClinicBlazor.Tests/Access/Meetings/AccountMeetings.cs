using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Accounts.Grants;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Access.Meetings;

/// <summary>What meets over accounts, their roles, their links by mail and their sessions.</summary>
internal static class AccountMeetings
{
    private const string Password = "Purple-Kettle-42-Sings";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Meeting> All { get; } =
    [
        new("an account", OfAnAccountAsync), new("an enrolment", OfAnEnrolmentAsync), new("an invitation", OfAnInvitationAsync),
        new("an address", OfAnAddressAsync), new("waiting roles", OfWaitingRolesAsync), new("an account that is off", OfOneThatIsOffAsync),
    ];

    private static async Task<IReadOnlyList<NamedAct>> OfAnAccountAsync(MeetingWorld world)
    {
        var nurse = await world.StaffAsync("nurse", Roles.Nurse | Roles.Reception);
        var (one, other) = (await world.ActorAsync("one", Roles.Administrator), await world.ActorAsync("other", Roles.Administrator));
        var (desk, patientId) = (await world.ActorAsync("desk", Roles.Reception), await world.ChartAsync("chart"));
        await world.Host.Get<RegistrationService>()
            .RequestPasswordResetAsync(Actor.Anonymous(TestPeople.Client), nurse.Email, default);
        var link = await world.LinkToAsync(nurse.Email);
        var waiting = await world.ActAsync((await world.SignIns.PasswordAsync(nurse))!);
        var own = await world.ActAsync(nurse);
        return
        [
            new("open the mailed link", world.Choose(link, Password)),
            new("switch off", MeetingWorld.Do(() => world.Accounts.DeactivateAsync(one, nurse.AccountId, default))),
            new("take a role",
                MeetingWorld.Do(() => world.Accounts.ChangeRolesAsync(one, nurse.AccountId, Roles.Reception, default))),
            new("give and take a role", MeetingWorld.Do(
                () => world.Accounts.ChangeRolesAsync(other, nurse.AccountId, Roles.Doctor | Roles.Reception, default))),
            new("reset the second factor",
                MeetingWorld.Do(() => world.Accounts.ResetSecondFactorAsync(one, nurse.AccountId, default))),
            new("end the sessions", MeetingWorld.Do(() => world.Accounts.EndSessionsAsync(other, nurse.AccountId, default))),
            new("give the second factor",
                MeetingWorld.SignIn(() => world.Host.Get<SignInService>().SecondFactorAsync(waiting, world.SignIns.Code(), default))),
            new("change the own password",
                MeetingWorld.Do(() => world.Own.ChangePasswordAsync(own, TestPeople.Password, Password, default))),
            new("make recovery codes", MeetingWorld.Do(() => world.Own.RenewRecoveryCodesAsync(own, TestPeople.Password, default))),
            new("assign", MeetingWorld.Do(() => world.Team.AddAsync(desk, patientId, nurse.AccountId, default))),
        ];
    }

    private static async Task<IReadOnlyList<NamedAct>> OfAnEnrolmentAsync(MeetingWorld world)
    {
        var nurse = await world.StaffAsync("nurse", Roles.Nurse | Roles.Reception);
        var (one, other) = (await world.ActorAsync("one", Roles.Administrator), await world.ActorAsync("other", Roles.Administrator));
        Assert.True((await world.Accounts.ResetSecondFactorAsync(one, nurse.AccountId, default)).IsSuccess);
        var waiting = await world.ActAsync((await world.SignIns.PasswordAsync(nurse))!);
        var key = (await world.Own.BeginEnrolmentAsync(waiting, "Clinic", default)).Value.Key.Replace(" ", "", StringComparison.Ordinal);
        var code = AuthenticatorCodes.At(key, world.Host.Clock.GetUtcNow());
        return
        [
            new("complete it", MeetingWorld.Do(() => world.Own.CompleteEnrolmentAsync(waiting, code, default))),
            new("begin it anew", MeetingWorld.Do(() => world.Own.BeginEnrolmentAsync(waiting, "Clinic", default))),
            new("switch off", MeetingWorld.Do(() => world.Accounts.DeactivateAsync(one, nurse.AccountId, default))),
            new("take a role",
                MeetingWorld.Do(() => world.Accounts.ChangeRolesAsync(one, nurse.AccountId, Roles.Reception, default))),
            new("reset the second factor",
                MeetingWorld.Do(() => world.Accounts.ResetSecondFactorAsync(other, nurse.AccountId, default))),
            new("end the sessions", MeetingWorld.Do(() => world.Accounts.EndSessionsAsync(other, nurse.AccountId, default))),
        ];
    }

    private static async Task<IReadOnlyList<NamedAct>> OfAnInvitationAsync(MeetingWorld world)
    {
        var (one, other) = (await world.ActorAsync("one", Roles.Administrator), await world.ActorAsync("other", Roles.Administrator));
        var address = world.Mailbox("invited");
        var id = (await world.Accounts.InviteAsync(one, "Ina Invited", address, Roles.Reception | Roles.Nurse, default)).Value;
        var given = (await world.Grants.ListAsync(other, default)).Value.Single(grant => grant.AccountId == id);
        Assert.True((await world.Grants.ConfirmAsync(other, id, given.Id, default)).IsSuccess);
        var link = await world.LinkToAsync(address);
        return
        [
            new("open the mailed link", world.Choose(link, Password)),
            new("switch off", MeetingWorld.Do(() => world.Accounts.DeactivateAsync(one, id, default))),
            new("take a role", MeetingWorld.Do(() => world.Accounts.ChangeRolesAsync(one, id, Roles.Reception, default))),
            new("give a role", MeetingWorld.Do(
                () => world.Accounts.ChangeRolesAsync(other, id, Roles.Reception | Roles.Nurse | Roles.Doctor, default))),
            new("send it again", MeetingWorld.Do(() => world.Accounts.InviteAgainAsync(other, id, default))),
        ];
    }

    private static async Task<IReadOnlyList<NamedAct>> OfAnAddressAsync(MeetingWorld world)
    {
        var (one, other) = (await world.ActorAsync("one", Roles.Administrator), await world.ActorAsync("other", Roles.Administrator));
        var (address, free) = (world.Mailbox("somebody new"), world.Mailbox("nobody yet"));
        await world.Host.Get<RegistrationService>().RegisterAsync(Actor.Anonymous(TestPeople.Client), "Sly Stranger", address, default);
        var link = await world.LinkToAsync(address);
        return
        [
            new("invite to the front desk",
                MeetingWorld.Do(() => world.Accounts.InviteAsync(one, "Noa New", address, Roles.Reception, default))),
            new("invite as a doctor", MeetingWorld.Do(() => world.Accounts.InviteAsync(other, "Noa New", address, Roles.Doctor, default))),
            new("open the stranger's link", world.Choose(link, Password)),
            new("invite somebody else",
                MeetingWorld.Do(() => world.Accounts.InviteAsync(one, "Ana Anew", free, Roles.Reception, default))),
            new("invite somebody else as a doctor",
                MeetingWorld.Do(() => world.Accounts.InviteAsync(other, "Ana Anew", free, Roles.Doctor, default))),
        ];
    }

    private static async Task<IReadOnlyList<NamedAct>> OfWaitingRolesAsync(MeetingWorld world)
    {
        var person = await world.StaffAsync("person", Roles.Reception);
        var giver = await world.StaffAsync("giver", Roles.Administrator);
        var (gives, second) = (await world.ActAsync(giver), await world.ActorAsync("second", Roles.Administrator));
        var grant = new RoleGrant
        {
            Id = world.Host.Clock.NewId(), AccountId = person.AccountId, Roles = Roles.Nurse, InsteadOf = Roles.Reception,
            GivenBy = giver.AccountId, GivenAt = world.Host.Clock.Now(), DueAt = world.Host.Clock.Now(),
        };
        await world.Host.ArrangeAsync(db => db.Set<RoleGrant>().Add(grant));
        return
        [
            new("let them come due", MeetingWorld.Sweep(ct => world.Host.Get<RoleGrantSweeper>().SweepAsync(ct))),
            new("confirm", MeetingWorld.Do(() => world.Grants.ConfirmAsync(second, person.AccountId, grant.Id, default))),
            new("withdraw", MeetingWorld.Do(() => world.Grants.WithdrawAsync(gives, person.AccountId, grant.Id, default))),
            new("switch off", MeetingWorld.Do(() => world.Accounts.DeactivateAsync(second, person.AccountId, default))),
            new("switch on", MeetingWorld.Do(() => world.Accounts.ReactivateAsync(second, person.AccountId, default))),
            new("give others",
                MeetingWorld.Do(() => world.Accounts.ChangeRolesAsync(second, person.AccountId, Roles.Doctor | Roles.Reception, default))),
            new("switch the giver off", MeetingWorld.Do(() => world.Accounts.DeactivateAsync(second, giver.AccountId, default))),
        ];
    }

    private static async Task<IReadOnlyList<NamedAct>> OfOneThatIsOffAsync(MeetingWorld world)
    {
        var (doctor, desk) = (await world.StaffAsync("doctor", Roles.Doctor), await world.StaffAsync("desk", Roles.Reception));
        var (one, other) = (await world.ActorAsync("one", Roles.Administrator), await world.ActorAsync("other", Roles.Administrator));
        Assert.True((await world.Accounts.DeactivateAsync(one, doctor.AccountId, default)).IsSuccess);
        Assert.True((await world.Accounts.DeactivateAsync(one, desk.AccountId, default)).IsSuccess);
        return
        [
            new("switch on", MeetingWorld.Do(() => world.Accounts.ReactivateAsync(one, doctor.AccountId, default))),
            new("switch off", MeetingWorld.Do(() => world.Accounts.DeactivateAsync(other, doctor.AccountId, default))),
            new("change the roles",
                MeetingWorld.Do(() => world.Accounts.ChangeRolesAsync(other, doctor.AccountId, Roles.Reception, default))),
            new("confirm what waits", async () => (await world.Grants.ListAsync(other, default)).Value
                    .SingleOrDefault(grant => grant.AccountId == doctor.AccountId) is { } waiting
                ? (await world.Grants.ConfirmAsync(other, doctor.AccountId, waiting.Id, default)).Error?.Kind : ErrorKind.NotFound),
            new("switch the desk on", MeetingWorld.Do(() => world.Accounts.ReactivateAsync(other, desk.AccountId, default))),
        ];
    }
}
