using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Accounts.Grants;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Visits;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Access;

/// <summary>One thing that a person can do.</summary>
/// <param name="Method">The method of the domain, as <c>Service.Method</c>.</param>
/// <param name="Name">What it is done to.</param>
/// <param name="RunAsync">Does it, as one of the person's selves. False when it was refused, which changes nothing.</param>
internal sealed record OnePersonAct(string Method, string Name, Func<OnePersonWorld, Actor, Task<bool>> RunAsync)
{
    public override string ToString() => $"{Method}({Name})";
}

/// <summary>
/// Every act that concerns access, roles, links, visits, memberships, invitations and sessions, with the arguments that
/// could help a person on their own.
/// </summary>
internal static class OnePersonActs
{
    public static IReadOnlyList<OnePersonAct> All { get; } =
    [
        .. from roles in (Roles[])[Roles.Reception, Roles.Doctor, Roles.Administrator | Roles.Reception]
           select new OnePersonAct("AccountService.InviteAsync", $"myself as {roles}", (world, actor) => InviteAsync(world, actor, roles)),
        .. from roles in (Roles[])[Roles.Doctor, Roles.Administrator | Roles.Doctor, Roles.Reception]
           from target in (string[])["me", "second", "nurse"]
           select new OnePersonAct("AccountService.ChangeRolesAsync", $"{target} to {roles}",
               (world, actor) => IsDone(world.Host.Get<AccountService>().ChangeRolesAsync(actor, IdOf(world, target), roles, default))),
        .. OnAccounts("AccountService.DeactivateAsync", (accounts, actor, id) => accounts.DeactivateAsync(actor, id, default)),
        .. OnAccounts("AccountService.ReactivateAsync", (accounts, actor, id) => accounts.ReactivateAsync(actor, id, default)),
        .. OnAccounts("AccountService.EndSessionsAsync", (accounts, actor, id) => accounts.EndSessionsAsync(actor, id, default)),
        .. OnAccounts("AccountService.UnlockAsync", (accounts, actor, id) => accounts.UnlockAsync(actor, id, default)),
        .. OnAccounts("AccountService.InviteAgainAsync", (accounts, actor, id) => accounts.InviteAgainAsync(actor, id, default)),
        new("AccountService.ResetSecondFactorAsync", "doctor",
            (world, actor) => IsDone(world.Host.Get<AccountService>().ResetSecondFactorAsync(actor, world.Doctor.AccountId, default))),
        new("RoleGrantService.ConfirmAsync", "what waits",
            (world, actor) => DecideAsync(world, (grants, accountId, grantId) => grants.ConfirmAsync(actor, accountId, grantId, default))),
        new("RoleGrantService.WithdrawAsync", "what waits",
            (world, actor) => DecideAsync(world, (grants, accountId, grantId) => grants.WithdrawAsync(actor, accountId, grantId, default))),

        .. from target in (string[])["me", "second"]
           from chart in (string[])["foreign", "visited"]
           select new OnePersonAct("CareTeamService.AddAsync", $"{target}, {chart}",
               (world, actor) =>
               IsDone(world.Host.Get<CareTeamService>().AddAsync(actor, ChartOf(world, chart), IdOf(world, target), default))),
        new("CareTeamService.EndAsync", "doctor, visited",
            (world, actor) => IsDone(world.Host.Get<CareTeamService>().EndAsync(actor, world.Visited, world.Doctor.AccountId, default))),
        .. from chart in (string[])["foreign", "cared"]
           select new OnePersonAct("VisitService.StartAsync", chart,
               (world, actor) => IsDone(world.Host.Get<VisitService>().StartAsync(actor, ChartOf(world, chart), doctorId: null, default))),
        .. from chart in (string[])["foreign", "cared"]
           select new OnePersonAct("VisitService.PlanAsync", chart, (world, actor) => IsDone(world.Host.Get<VisitService>()
               .PlanAsync(actor, ChartOf(world, chart), new NewVisit(world.Today, "23:59"), default))),
        .. from act in VisitTransitions.Table
           from chart in (string[])["foreign", "visited"]
           select new OnePersonAct("VisitService.DoAsync", $"{act.Act}, {chart}",
               (world, actor) => OnOpenVisitAsync(world, ChartOf(world, chart), visit => IsDone(
                   world.Host.Get<VisitService>().DoAsync(actor, visit.PatientId, visit.Id, act.Act, "By mistake.", default)))),
        .. from chart in (string[])["foreign", "visited"]
           select new OnePersonAct("VisitService.UndoAsync", chart, (world, actor) => UndoAsync(world, actor, ChartOf(world, chart))),
        .. from act in (VisitAct[])[VisitAct.StartTriage, VisitAct.CallIn]
           select new OnePersonAct("VisitService.DoAsync", $"{act}, reserved", (world, actor) => OnOpenVisitAsync(world, world.Reserved,
               visit => IsDone(world.Host.Get<VisitService>().DoAsync(actor, visit.PatientId, visit.Id, act, null, default)))),
        .. from chart in (string[])["foreign", "reserved"]
           select new OnePersonAct("VisitService.GiveToAsync", $"me, {chart}", (world, actor) => OnOpenVisitAsync(world,
               ChartOf(world, chart), visit => IsDone(world.Host.Get<VisitService>()
                   .GiveToAsync(actor, visit.PatientId, visit.Id, world.Me.AccountId, default)))),
        new("VisitService.GiveToAsync", "anybody, reserved", (world, actor) => OnOpenVisitAsync(world, world.Reserved, visit => IsDone(
            world.Host.Get<VisitService>().GiveToAsync(actor, visit.PatientId, visit.Id, doctorId: null, default)))),
        .. OnVisits("VisitStaffService.JoinAsync", (visits, actor, chart, visit, id) => visits.JoinAsync(actor, chart, visit, id, default)),
        .. OnVisits("VisitStaffService.LeaveAsync",
            (visits, actor, chart, visit, id) => visits.LeaveAsync(actor, chart, visit, id, default)),

        .. from chart in (string[])["foreign", "cared"]
           select new OnePersonAct("AccountLinkService.RequestAsync", chart,
               (world, actor) =>
               IsDone(world.Host.Get<AccountLinkService>()
               .RequestAsync(actor, ChartOf(world, chart), world.Unlinked.Email, IdentityDocument.Passport, default))),
        .. from chart in (string[])["foreign", "cared"]
           select new OnePersonAct("AccountLinkService.ConfirmAsync", chart,
               (world, actor) => OnLinkAsync(world, ChartOf(world, chart),
                   (links, link) => links.ConfirmAsync(actor, link.PatientId, link.Id, default))),
        .. from chart in (string[])["foreign", "cared"]
           select new OnePersonAct("AccountLinkService.EndAsync", chart,
               (world, actor) => OnLinkAsync(world, ChartOf(world, chart),
                   (links, link) => links.EndAsync(actor, link.PatientId, link.AccountId, default))),

        new("RegistrationService.RegisterAsync", "the mailbox of the second self",
            (world, actor) =>
            IsDone(world.Host.Get<RegistrationService>().RegisterAsync(actor, "Second Self", OnePersonWorld.OwnMailbox, default))),
        new("RegistrationService.RequestPasswordResetAsync", "the doctor",
            (world, actor) => IsDone(world.Host.Get<RegistrationService>().RequestPasswordResetAsync(actor, world.Doctor.Email, default))),
        new("RegistrationService.ChoosePasswordAsync", "what came to the own mailbox", (world, _) => TakeUpAsync(world)),
        new("OwnSessionService.EndOthersAsync", "",
            (world, actor) => IsDone(world.Host.Get<OwnSessionService>().EndOthersAsync(actor, default))),
    ];

    private static IEnumerable<OnePersonAct> OnAccounts(string method, Func<AccountService, Actor, Guid, Task<Result<Done>>> act) =>
        from target in (string[])["second", "doctor"]
        select new OnePersonAct(method, target,
            (world, actor) => IsDone(act(world.Host.Get<AccountService>(), actor, IdOf(world, target))));

    private static IEnumerable<OnePersonAct> OnVisits(
        string method, Func<VisitStaffService, Actor, Guid, Guid, Guid, Task<Result<Done>>> act) =>
        from target in (string[])["me", "second"]
        select new OnePersonAct(method, $"{target}, foreign", (world, actor) =>
            IsDone(act(world.Host.Get<VisitStaffService>(), actor, world.Foreign, world.ForeignVisit, IdOf(world, target))));

    private static Guid IdOf(OnePersonWorld world, string target) => target switch
    {
        "me" => world.Me.AccountId,
        "second" => world.Second?.AccountId ?? world.Unlinked.AccountId,
        "nurse" => world.Nurse.AccountId,
        _ => world.Doctor.AccountId,
    };

    private static Guid ChartOf(OnePersonWorld world, string chart) => chart switch
    {
        "foreign" => world.Foreign,
        "visited" => world.Visited,
        "reserved" => world.Reserved,
        _ => world.Cared,
    };

    private static async Task<bool> OnOpenVisitAsync(OnePersonWorld world, Guid chart, Func<Visit, Task<bool>> act)
    {
        await using var db = await world.Host.OpenAsync();
        return await db.Set<Visit>().Where(row => row.PatientId == chart && row.ClosedAt == null).OrderBy(row => row.Id)
            .FirstOrDefaultAsync() is { } visit && await act(visit);
    }

    private static async Task<bool> UndoAsync(OnePersonWorld world, Actor actor, Guid chart)
    {
        await using var db = await world.Host.OpenAsync();
        return await db.Set<VisitEvent>().Where(row => row.PatientId == chart).OrderByDescending(row => row.Id).FirstOrDefaultAsync()
            is { } last && await IsDone(world.Host.Get<VisitService>().UndoAsync(actor, chart, last.VisitId, last.Id, default));
    }

    private static async Task<bool> DecideAsync(OnePersonWorld world, Func<RoleGrantService, Guid, Guid, Task<Result<Done>>> decide)
    {
        var changed = false;
        await using var db = await world.Host.OpenAsync();
        foreach (var grant in await db.Set<RoleGrant>().Where(row => row.EndedAt == null).ToListAsync())
        {
            changed |= (await decide(world.Host.Get<RoleGrantService>(), grant.AccountId, grant.Id)).IsSuccess;
        }

        return changed;
    }

    private static async Task<bool> OnLinkAsync(OnePersonWorld world, Guid chart,
        Func<AccountLinkService, AccountLink, Task<Result<Done>>> act) =>
        await world.Host.LinkOfAsync(chart) is { } link && await IsDone(act(world.Host.Get<AccountLinkService>(), link));

    private static async Task<bool> InviteAsync(OnePersonWorld world, Actor actor, Roles roles) =>
        await IsDone(world.Host.Get<AccountService>().InviteAsync(actor, "Second Self", OnePersonWorld.OwnMailbox, roles, default))
            && await TakeUpAsync(world);

    private static async Task<bool> IsDone<T>(Task<Result<T>> act) => (await act).IsSuccess;

    /// <summary>Reads the own mailbox and opens the link that came; who has a password signs in and enrols.</summary>
    private static async Task<bool> TakeUpAsync(OnePersonWorld world)
    {
        foreach (var mail in (await world.Host.SentAsync()).Where(mail => mail is { Email: OnePersonWorld.OwnMailbox, Token: not null }))
        {
            await world.Host.Get<RegistrationService>()
                .ChoosePasswordAsync(Actor.Anonymous(TestPeople.Client), mail.Token!, TestPeople.Password, default);
        }

        await using var db = await world.Host.OpenAsync();
        var normalized = Account.Normalize(OnePersonWorld.OwnMailbox);
        var account = await db.Set<Account>().AsTracking().SingleOrDefaultAsync(row => row.NormalizedEmail == normalized);
        if (account is { Status: AccountStatus.Active } && (world.Second is null || await world.ActorAsync(world.Second) is null))
        {
            account.CompleteEnrolment(step: 0);
            await db.SaveChangesAsync();
            world.Second = await world.Host.People.SignInAgainAsync(new TestPerson(account.Id, account.Email!, "", null));
        }

        return true;
    }
}
