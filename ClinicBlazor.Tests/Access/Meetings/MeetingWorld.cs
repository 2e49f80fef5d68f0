using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Accounts.Grants;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Visits;
using ClinicBlazor.Tests.Accounts;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Access.Meetings;

/// <summary>People and charts of one run, by names that are the same in every run, and the acts that meet over them.</summary>
internal sealed class MeetingWorld(DomainHost host)
{
    private readonly Dictionary<string, string> mailboxes = [];
    private readonly Dictionary<Guid, string> charts = [];

    /// <summary>The clinic.</summary>
    public DomainHost Host => host;

    /// <summary>What mailboxes are called, and whose they are with it.</summary>
    public IReadOnlyDictionary<string, string> Mailboxes => mailboxes;

    /// <summary>What patients are called.</summary>
    public IReadOnlyDictionary<Guid, string> Charts => charts;

    public AccountService Accounts => host.Get<AccountService>();

    public RoleGrantService Grants => host.Get<RoleGrantService>();

    public AccountLinkService Links => host.Get<AccountLinkService>();

    public CareTeamService Team => host.Get<CareTeamService>();

    public VisitService Visits => host.Get<VisitService>();

    public VisitStaffService VisitStaff => host.Get<VisitStaffService>();

    public OwnAccountService Own => host.Get<OwnAccountService>();

    public SignIns SignIns => new(host);

    /// <summary>A member of staff.</summary>
    public async Task<TestPerson> StaffAsync(string name, Roles roles) => Named(name, await host.People.AddStaffAsync(roles));

    /// <summary>A patient's account that nobody has linked yet.</summary>
    public async Task<TestPerson> UnlinkedAsync(string name) => Named(name, await host.People.AddUnlinkedAsync());

    /// <summary>Somebody of the staff, about to act.</summary>
    public async Task<Actor> ActorAsync(string name, Roles roles) => await ActAsync(await StaffAsync(name, roles));

    /// <summary>A chart without anybody.</summary>
    public async Task<Guid> ChartAsync(string name)
    {
        var id = await host.People.AddChartAsync();
        charts.Add(id, name);
        return id;
    }

    /// <summary>A mailbox that nobody has an account for.</summary>
    public string Mailbox(string name)
    {
        var address = $"{Guid.CreateVersion7():N}@test.example";
        mailboxes.Add(address, name);
        return address;
    }

    /// <summary>Who somebody is now.</summary>
    public Task<Actor> ActAsync(TestPerson person) => host.People.ActorAsync(person);

    /// <summary>Who a waiting sign-in is.</summary>
    public async Task<Actor> ActAsync(StartedSession session) => (await SignIns.FindAsync(session))!.Actor;

    /// <summary>The newest link that was mailed to an address.</summary>
    public async Task<string> LinkToAsync(string address) =>
        (await host.SentAsync()).Last(mail => mail.Email == address && mail.Token is not null).Token!;

    /// <summary>An act of a service.</summary>
    public static Act Do<T>(Func<Task<Result<T>>> act) => async () => (await act()).Error?.Kind;

    /// <summary>An act that ends in a session, or in none.</summary>
    public static Act SignIn(Func<Task<Result<SignInAttempt>>> act) =>
        async () => (await act()).Value.Session is null ? ErrorKind.Denied : null;

    /// <summary>What the program does by itself: it is done, whatever there was to do.</summary>
    public static Act Sweep(Func<CancellationToken, Task> sweep) => async () =>
    {
        await sweep(CancellationToken.None);
        return null;
    };

    /// <summary>Opens a mailed link.</summary>
    public Act Choose(string link, string password) => Do(() => host.Get<RegistrationService>()
        .ChoosePasswordAsync(Actor.Anonymous(TestPeople.Client), link, password, CancellationToken.None));

    /// <summary>Ends what is left waiting, so that no sweep of another run finds it.</summary>
    public async Task LeaveAsync()
    {
        await host.SentAsync();
        await host.ArrangeAsync(db =>
        {
            db.Set<RoleGrant>().Where(grant => grant.EndedAt == null).ToList().ForEach(grant =>
            {
                db.Attach(grant);
                grant.End(RoleGrantEnd.Withdrawn, by: null, host.Clock.Now());
            });
            db.Set<AccountLink>().Where(link => link.EndedAt == null && link.InForceAt == null).ToList().ForEach(link =>
            {
                db.Attach(link);
                link.End(by: null, host.Clock.Now());
            });
        });
    }

    private TestPerson Named(string name, TestPerson person)
    {
        mailboxes.Add(person.Email, name);
        return person;
    }
}

/// <summary>Does one thing, completely; answers with why it was refused, or null.</summary>
internal delegate Task<ErrorKind?> Act();

/// <summary>An act by its name.</summary>
/// <param name="Name">What it does.</param>
/// <param name="Do">Does it.</param>
internal sealed record NamedAct(string Name, Act Do);

/// <summary>People and charts, and acts over them of which any two may meet.</summary>
/// <param name="Name">What they are about.</param>
/// <param name="ArrangeAsync">Makes them anew, and the same each time.</param>
internal sealed record Meeting(string Name, Func<MeetingWorld, Task<IReadOnlyList<NamedAct>>> ArrangeAsync);
