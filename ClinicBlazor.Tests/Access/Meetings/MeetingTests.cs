using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Access.Meetings;

/// <summary>
/// Any two acts that touch access, roles, links, visits and sessions, each with itself too: the second one has read and
/// decided, and the first one is carried out before it saves. Whatever the order, it ends as if one had come after the other,
/// or one is told that somebody was quicker; and nothing is left open that should not be.
/// </summary>
[Trait("Requirement", "S0-06")]
[Trait("Requirement", "S1-01")]
[Trait("Requirement", "B-14")]
public abstract class MeetingTests(DatabaseKind kind) : IAsyncLifetime
{
    private static readonly IReadOnlyList<Meeting> Every = [.. AccountMeetings.All, .. ChartMeetings.All];

    private readonly Interference interference = new();
    private DomainHost? host;

    public sealed class OnSqlite() : MeetingTests(DatabaseKind.Sqlite);

    public sealed class OnPostgres() : MeetingTests(DatabaseKind.Postgres);

    public static TheoryData<string> Names => [.. Every.Select(meeting => meeting.Name)];

    public async Task InitializeAsync()
    {
        host = await interference.StartAsync(kind);

        // A clinic that is set up: in a new one an administrator's invitation is enough, which would be so in the first run only.
        await host.People.AddStaffAsync(Roles.Doctor);
    }

    public async Task DisposeAsync() => await host!.DisposeAsync();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task TwoActs_ThatMeet_EndAsIfOneHadComeAfterTheOther(string name)
    {
        var meeting = Every.Single(one => one.Name == name);
        var acts = (await meeting.ArrangeAsync(new MeetingWorld(host!))).Select(act => act.Name).ToList();
        var (findings, met) = (new List<string>(), new HashSet<int>());
        foreach (var one in Enumerable.Range(0, acts.Count))
        {
            foreach (var other in Enumerable.Range(one, acts.Count - one))
            {
                var both = $"{acts[one]} / {acts[other]}";
                var orders = new[] { (one, other), (other, one) }.Distinct().ToList();
                var inLine = new List<Ending>();
                foreach (var (first, second) in orders)
                {
                    inLine.Add(await InLineAsync(meeting, first, second));
                }

                foreach (var (late, early) in orders)
                {
                    var ending = await MeetAsync(meeting, late, early);
                    met.UnionWith(ending.HasMet ? [late, early] : []);
                    if (!inLine.Exists(ending.IsSameAs)
                        && !(ending.WasOvertaken && ending.IsSameAs(await AloneAsync(meeting, early, late))))
                    {
                        findings.Add($"{acts[early]} came before {acts[late]} saved:\n{ending}\nand not:\n"
                            + string.Join("\nor:\n", inLine.Select(end => end.Without(ending))));
                    }

                    findings.AddRange(ending.State.Faults.Select(fault => $"{both}, at once: {fault}"));
                }

                findings.AddRange(inLine.SelectMany(ending => ending.State.Faults.Select(fault => $"{both}, in line: {fault}")));
            }
        }

        Assert.True(findings.Count == 0, string.Join("\n\n", findings));
        Assert.Equal(Enumerable.Range(0, acts.Count), met.Order());
    }

    private Task<Ending> InLineAsync(Meeting meeting, int first, int second) => RunAsync(meeting, async acts =>
    {
        var one = await acts[first].Do();
        return new Ending(Answers((first, one), (second, await acts[second].Do())), false, false, null!);
    });

    private Task<Ending> AloneAsync(Meeting meeting, int act, int overtaken) => RunAsync(meeting, async acts =>
        new Ending(Answers((act, await acts[act].Do()), (overtaken, ErrorKind.Conflict)), false, false, null!));

    private Task<Ending> MeetAsync(Meeting meeting, int late, int early) => RunAsync(meeting, async acts =>
    {
        ErrorKind? inBetween = null;
        interference.BeforeNextSave(async () => inBetween = await acts[early].Do());
        var answer = await acts[late].Do();
        var hasMet = !interference.TakeBack();
        return new Ending(Answers((late, answer), (early, hasMet ? inBetween : await acts[early].Do())), hasMet,
            answer == ErrorKind.Conflict, null!);
    });

    private async Task<Ending> RunAsync(Meeting meeting, Func<IReadOnlyList<NamedAct>, Task<Ending>> run)
    {
        var world = new MeetingWorld(host!);
        var ending = await run(await meeting.ArrangeAsync(world));
        ending = ending with { State = await MeetingState.ReadAsync(world) };
        await world.LeaveAsync();
        return ending;
    }

    // Of one act twice, which of the two was done makes no difference.
    private static IReadOnlyList<string> Answers(params (int Act, ErrorKind? Refusal)[] answers) =>
        [.. answers.Select(answer => $"{answer.Act} was {(answer.Refusal is null ? "done" : "refused")}").Order(StringComparer.Ordinal)];

    private sealed record Ending(IReadOnlyList<string> Answers, bool HasMet, bool WasOvertaken, MeetingState State)
    {
        private IEnumerable<string> All => [.. Answers, .. State.Facts];

        public bool IsSameAs(Ending other) => All.SequenceEqual(other.All);

        public string Without(Ending other)
        {
            var left = other.All.ToList();
            return string.Join('\n', All.Where(fact => !left.Remove(fact)).Concat(left.Select(fact => $"without: {fact}")));
        }

        public override string ToString() => string.Join('\n', All);
    }
}
