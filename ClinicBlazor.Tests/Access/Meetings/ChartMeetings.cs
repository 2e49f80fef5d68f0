using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Visits;

namespace ClinicBlazor.Tests.Access.Meetings;

/// <summary>What meets over charts: links of patients' accounts, care teams, visits.</summary>
internal static class ChartMeetings
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Meeting> All { get; } =
    [
        new("a link that is asked for", OfAskingAsync), new("a waiting link", OfAWaitingLinkAsync), new("a care team", OfACareTeamAsync),
        new("a visit", OfAVisitAsync),
    ];

    private static async Task<IReadOnlyList<NamedAct>> OfAskingAsync(MeetingWorld world)
    {
        var (nurse, person, stranger) = (await world.StaffAsync("nurse", Roles.Nurse), await world.UnlinkedAsync("person"),
            await world.UnlinkedAsync("stranger"));
        var (patientId, otherId) = (await world.ChartAsync("chart"), await world.ChartAsync("other chart"));
        await world.Host.People.AssignAsync(nurse, patientId);
        var (one, other) = (await world.ActorAsync("one", Roles.Reception), await world.ActorAsync("other", Roles.Reception));
        var (member, administrator) = (await world.ActAsync(nurse), await world.ActorAsync("administrator", Roles.Administrator));
        return
        [
            new("ask", Ask(one, patientId, person.Email)),
            new("ask for another account", Ask(other, patientId, stranger.Email)),
            new("ask for another chart", Ask(other, otherId, person.Email)),
            new("ask from the care team", Ask(member, patientId, person.Email)),
            new("end the asker's part",
                MeetingWorld.Do(() => world.Team.EndAsync(one, patientId, nurse.AccountId, default))),
            new("switch the account off", MeetingWorld.Do(() => world.Accounts.DeactivateAsync(administrator, person.AccountId, default))),
            new("switch the asker off",
                MeetingWorld.Do(() => world.Accounts.DeactivateAsync(administrator, one.AccountId!.Value, default))),
        ];

        Act Ask(Actor actor, Guid chart, string email) =>
            MeetingWorld.Do(() => world.Links.RequestAsync(actor, chart, email, IdentityDocument.Passport, default));
    }

    private static async Task<IReadOnlyList<NamedAct>> OfAWaitingLinkAsync(MeetingWorld world)
    {
        var (asker, nurse) = (await world.StaffAsync("asker", Roles.Nurse), await world.StaffAsync("nurse", Roles.Nurse));
        var (person, patientId) = (await world.UnlinkedAsync("person"), await world.ChartAsync("chart"));
        await world.Host.People.AssignAsync(asker, patientId);
        await world.Host.People.AssignAsync(nurse, patientId);
        var (desk, administrator) = (await world.ActorAsync("desk", Roles.Reception),
            await world.ActorAsync("administrator", Roles.Administrator));
        var member = await world.ActAsync(nurse);
        var link = new AccountLink
        {
            Id = world.Host.Clock.NewId(), PatientId = patientId, AccountId = person.AccountId, Document = IdentityDocument.Passport,
            RequestedBy = asker.AccountId, RequestedAt = world.Host.Clock.Now(), DueAt = world.Host.Clock.Now(),
        };
        await world.Host.ArrangeAsync(db => db.Set<AccountLink>().Add(link));
        return
        [
            new("let it come due", MeetingWorld.Sweep(ct => world.Host.Get<AccountLinkSweeper>().SweepAsync(ct))),
            new("confirm", MeetingWorld.Do(() => world.Links.ConfirmAsync(member, patientId, link.Id, default))),
            new("take back", MeetingWorld.Do(() => world.Links.EndAsync(desk, patientId, person.AccountId, default))),
            new("switch the account off", MeetingWorld.Do(() => world.Accounts.DeactivateAsync(administrator, person.AccountId, default))),
            new("switch the asker off", MeetingWorld.Do(() => world.Accounts.DeactivateAsync(administrator, asker.AccountId, default))),
            new("end the asker's part", MeetingWorld.Do(() => world.Team.EndAsync(desk, patientId, asker.AccountId, default))),
            new("take the asker's role",
                MeetingWorld.Do(() => world.Accounts.ChangeRolesAsync(administrator, asker.AccountId, Roles.Administrator, default))),
        ];
    }

    private static async Task<IReadOnlyList<NamedAct>> OfACareTeamAsync(MeetingWorld world)
    {
        var (doctor, nurse) = (await world.StaffAsync("doctor", Roles.Doctor), await world.StaffAsync("nurse", Roles.Nurse));
        var patientId = await world.ChartAsync("chart");
        await world.Host.People.AssignAsync(doctor, patientId);
        await world.Host.People.AssignAsync(nurse, patientId);
        var newcomer = await world.StaffAsync("newcomer", Roles.Doctor);
        var (desk, member) = (await world.ActorAsync("desk", Roles.Reception), await world.ActAsync(nurse));
        var administrator = await world.ActorAsync("administrator", Roles.Administrator);
        return
        [
            new("add", MeetingWorld.Do(() => world.Team.AddAsync(desk, patientId, newcomer.AccountId, default))),
            new("add from the team", MeetingWorld.Do(() => world.Team.AddAsync(member, patientId, newcomer.AccountId, default))),
            new("end the newcomer's part", MeetingWorld.Do(() => world.Team.EndAsync(desk, patientId, newcomer.AccountId, default))),
            new("switch the newcomer off",
                MeetingWorld.Do(() => world.Accounts.DeactivateAsync(administrator, newcomer.AccountId, default))),
            new("add again", MeetingWorld.Do(() => world.Team.AddAsync(desk, patientId, doctor.AccountId, default))),
            new("end", MeetingWorld.Do(() => world.Team.EndAsync(desk, patientId, doctor.AccountId, default))),
            new("end the member's part", MeetingWorld.Do(() => world.Team.EndAsync(desk, patientId, nurse.AccountId, default))),
            new("switch off", MeetingWorld.Do(() => world.Accounts.DeactivateAsync(administrator, doctor.AccountId, default))),
            new("take the role",
                MeetingWorld.Do(() => world.Accounts.ChangeRolesAsync(administrator, doctor.AccountId, Roles.Reception, default))),
        ];
    }

    private static async Task<IReadOnlyList<NamedAct>> OfAVisitAsync(MeetingWorld world)
    {
        var (doctor, other) = (await world.StaffAsync("doctor", Roles.Doctor), await world.StaffAsync("other", Roles.Doctor));
        var patientId = await world.ChartAsync("chart");
        var (desk, administrator) = (await world.ActorAsync("desk", Roles.Reception),
            await world.ActorAsync("administrator", Roles.Administrator));
        var visitId = (await world.Visits.StartAsync(desk, patientId, doctorId: null, default)).Value;
        Assert.True((await world.VisitStaff.JoinAsync(desk, patientId, visitId, doctor.AccountId, default)).IsSuccess);
        var (one, two) = (await world.ActAsync(doctor), await world.ActAsync(other));
        return
        [
            new("call in", Step(one, VisitAct.CallIn)),
            new("call in, by the other", Step(two, VisitAct.CallIn)),
            new("leave", MeetingWorld.Do(() => world.VisitStaff.LeaveAsync(desk, patientId, visitId, doctor.AccountId, default))),
            new("join", MeetingWorld.Do(() => world.VisitStaff.JoinAsync(desk, patientId, visitId, other.AccountId, default))),
            new("give to the other", MeetingWorld.Do(() => world.Visits.GiveToAsync(desk, patientId, visitId, other.AccountId, default))),
            new("give to nobody", MeetingWorld.Do(() => world.Visits.GiveToAsync(desk, patientId, visitId, doctorId: null, default))),
            new("finish", Step(desk, VisitAct.Finish)),
            new("cancel", Step(desk, VisitAct.Cancel)),
            new("switch off", MeetingWorld.Do(() => world.Accounts.DeactivateAsync(administrator, doctor.AccountId, default))),
            new("switch the other off", MeetingWorld.Do(() => world.Accounts.DeactivateAsync(administrator, other.AccountId, default))),
        ];

        Act Step(Actor actor, VisitAct act) =>
            MeetingWorld.Do(() => world.Visits.DoAsync(actor, patientId, visitId, act, "By mistake.", default));
    }
}
