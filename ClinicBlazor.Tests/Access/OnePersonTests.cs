using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Accounts.Grants;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Visits;
using ClinicBlazor.Tests.Support;
using Microsoft.Data.Sqlite;
using Xunit.Abstractions;

namespace ClinicBlazor.Tests.Access;

/// <summary>
/// What can one person do alone? For each role and each pair of roles, every sequence of up to four acts is carried out
/// against the real services: none may end with a chart, or a power, that nobody else has given. Sequences that lead to
/// the same state go on together, so that each act is tried once in each state. By default four acts of one role are, three of
/// two roles, and two where one of them is an administrator.
/// </summary>
[Trait("Requirement", "S0-06")]
[Trait("Requirement", "S0-05")]
[Trait("Requirement", "S1-01")]
[Trait("Requirement", "S0-01")]
public sealed class OnePersonTests(ITestOutputHelper output)
{
    private const int Longest = 4;

    private static readonly Type[] Services =
        [typeof(AccountService), typeof(RoleGrantService), typeof(CareTeamService), typeof(VisitService),
            typeof(VisitStaffService), typeof(AccountLinkService),
            typeof(RegistrationService), typeof(OwnSessionService)];

    /// <summary>Acts of these that change nothing, or end the person's own session alone.</summary>
    private static readonly string[] Harmless =
        ["AccountService.ListAsync", "RoleGrantService.ListAsync", "CareTeamService.CandidatesAsync", "CareTeamService.DoctorsAsync",
            "VisitStaffService.CandidatesAsync", "VisitStaffService.DoctorsAsync", "OwnSessionService.ListAsync",
             "OwnSessionService.EndAsync"];

    /// <summary>Each role and each pair of roles.</summary>
    public static TheoryData<Roles> Persons =>
    [
        .. RolesExtensions.All,
        .. from one in RolesExtensions.All from other in RolesExtensions.All where one < other select one | other,
    ];

    [Fact]
    public void Acts_OfTheServicesThatConcernAccess_AreAllTried() =>
        Assert.Equal(
            AccessMatrix.Methods.Where(method => Services.Contains(method.Value.DeclaringType)).Select(method => method.Key)
                .Except(Harmless).Order(),
            OnePersonActs.All.Select(act => act.Method).Distinct().Order());

    [Theory]
    [MemberData(nameof(Persons))]
    public async Task EverySequence_OfUpToFourActsByOnePerson_OpensNoChartAndGivesNoPower(Roles roles)
    {
        await using var world = await OnePersonWorld.StartAsync(roles);
        var search = new OnePersonSearch(world);

        var longest = LongestOf(roles);
        var breach = await search.RunAsync(longest);

        output.WriteLine($"{roles}: {search.Sequences:N0} sequences, {search.States} states, {search.Tried} acts carried out");
        Assert.True(breach is null, breach);
        Assert.True(search.Sequences > Math.Pow(OnePersonActs.All.Count, longest));
    }

    // An administrator's acts lead to hundreds of states, and those of two roles together to nearly as many: four of them take
    // minutes, and run when CLINIC_EVERY_ROLE is 1.
    private static int LongestOf(Roles roles) =>
        Environment.GetEnvironmentVariable("CLINIC_EVERY_ROLE") == "1" ? Longest
            : roles.HasAny(Roles.Administrator) ? 2 : roles.Each().Count() > 1 ? 3 : Longest;
}

/// <summary>Walks through the states that a person can reach.</summary>
internal sealed class OnePersonSearch(OnePersonWorld world)
{
    private readonly Dictionary<string, Dictionary<string, int>> next = new(StringComparer.Ordinal);

    /// <summary>How many sequences were covered.</summary>
    public long Sequences { get; private set; }

    /// <summary>How many states were found.</summary>
    public int States { get; private set; } = 1;

    /// <summary>How often an act was carried out.</summary>
    public int Tried { get; private set; }

    /// <summary>The first sequence that ends where it must not; null when there is none.</summary>
    public async Task<string?> RunAsync(int longest)
    {
        var start = await world.DescribeAsync();
        Assert.Null(await world.FindBreachAsync());
        var frontier = new Dictionary<string, State>(StringComparer.Ordinal) { [start] = new(await world.SaveAsync(), null, "") };
        var seen = new HashSet<string>(StringComparer.Ordinal) { start };
        for (var length = 1; length <= longest; length++)
        {
            var found = new Dictionary<string, State>(StringComparer.Ordinal);
            foreach (var (name, state) in frontier)
            {
                if (await ExpandAsync(name, state, seen, found, isLast: length == longest) is { } breach)
                {
                    return breach;
                }

                await state.Kept.DisposeAsync();
            }

            frontier = found;
        }

        Count(start, longest);
        return null;
    }

    private async Task<string?> ExpandAsync(string name, State state, HashSet<string> seen, Dictionary<string, State> found, bool isLast)
    {
        var ends = next[name] = new Dictionary<string, int>(StringComparer.Ordinal);
        world.Restore(state.Kept, state.Second);
        var selves = world.Selves.Count;
        for (var self = 0; self < selves; self++)
        {
            // Each act finds the same state, and so the same actor.
            if (await world.ActorAsync(world.Selves[self]) is not { } actor)
            {
                continue;
            }

            foreach (var act in OnePersonActs.All)
            {
                Tried++;
                var changes = await act.RunAsync(world, actor);
                var end = changes ? await world.DescribeAsync() : name;
                ends[end] = ends.GetValueOrDefault(end) + 1;
                if (!changes)
                {
                    continue;
                }

                if (seen.Add(end))
                {
                    States++;
                    var path = $"{state.Path} → {act} as {world.Selves[self].Email}";
                    if (await world.FindBreachAsync() is { } breach)
                    {
                        return $"{breach}:{path}";
                    }

                    if (!isLast)
                    {
                        found[end] = new State(await world.SaveAsync(), world.Second, path);
                    }
                }

                world.Restore(state.Kept, state.Second);
            }
        }

        return null;
    }

    // How many sequences lead on from each state; those that end in a state that was met before are counted from there.
    private void Count(string start, int longest)
    {
        var paths = new Dictionary<string, long>(StringComparer.Ordinal) { [start] = 1 };
        for (var length = 1; length <= longest; length++)
        {
            var further = new Dictionary<string, long>(StringComparer.Ordinal);
            foreach (var (name, count) in paths)
            {
                foreach (var (end, acts) in next[name])
                {
                    further[end] = further.GetValueOrDefault(end) + (count * acts);
                }
            }

            Sequences += further.Values.Sum();
            paths = further;
        }
    }

    private sealed record State(SqliteConnection Kept, TestPerson? Second, string Path);
}
