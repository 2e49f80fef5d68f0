using ClinicBlazor.App.Composition;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Tests.Architecture.Leaks;
using ClinicBlazor.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClinicBlazor.Tests.Architecture;

/// <summary>Nobody goes around the gate; and each rule is shown to catch a leak that is kept here for it.</summary>
[Trait("Requirement", "S4-01")]
public sealed class GateWaysTests(AppFixture app) : IClassFixture<AppFixture>
{
    private const string Data = "ClinicBlazor.Domain.Data";

    /// <summary>What works on rows of no person's choosing, or looks at what is about to be saved, each with its reason.</summary>
    private static readonly Dictionary<string, string> Allowed = new()
    {
        ["AccountWordsFill: DbContext.get_ChangeTracker"] = "forgets the rows of a batch of a migration",
        ["PatientWordsFill: DbContext.get_ChangeTracker"] = "forgets the rows of a batch of a migration",
        ["DemoData: DbContext.get_Database"] = "puts the made-up clinic into one transaction, in Development",
    };

    /// <summary>What holds somebody, or a chart, for as long as one operation lasts, each with its reason.</summary>
    private static readonly Dictionary<string, string> Keepers = new()
    {
        ["DemoCharts.toSign"] = "lives as long as the made-up clinic is written",
        ["AttackRecorder.byAddress"] = "a rate limiter: it is asked with an actor and keeps the address alone",
        ["AttackRecorder.typing"] = "a rate limiter: it is asked with an actor and keeps the account's id alone",
        ["Ledger.entries"] = "counts one bill, for as long as one act on it",
        ["MessageSession.session"] = "one message's: handed on once, within a second",
    };

    /// <summary>Endpoints for whoever is not signed in, each with its reason.</summary>
    private static readonly Dictionary<string, string> AnonymousEndpoints = new()
    {
        ["/healthz"] = "tells load balancers that the process lives, and nothing else",
        ["/readyz"] = "tells load balancers yes or no, and nothing else",
        ["/culture"] = "the choice of language, before anybody has signed in",
        ["/account/session"] = "tells a page that its session has ended; it reads the session's own cookie",
    };

    private static IReadOnlyList<Type> Domain { get; } = typeof(Actor).Assembly.GetTypes();

    private static IReadOnlyList<Type> Web { get; } = typeof(ClinicHost).Assembly.GetTypes();

    [Fact]
    public void Code_OutsideTheFolderOfTheData_KeepsToTheGate() =>
        AssertSame(Allowed.Keys,
            GateWays.PastTheGate(Domain.Concat(Web).Where(type => type.Namespace?.StartsWith(Data, StringComparison.Ordinal) != true)));

    [Theory]
    [InlineData(typeof(CommandByHand))]
    [InlineData(typeof(RawQuery))]
    [InlineData(typeof(WriteOfASet))]
    [InlineData(typeof(RowPutInPlace))]
    [InlineData(typeof(FilterLifted))]
    public void Code_ThatGoesPastTheGate_IsFound(Type leak) => Assert.NotEmpty(GateWays.PastTheGate(With(leak)));

    [Fact]
    public void Fields_OutsideComponentsAndMessages_KeepNobodyAndNoChart() =>
        AssertSame(Keepers.Keys, GateWays.Keeping(Domain.Concat(Web)));

    [Theory]
    [InlineData(typeof(ActorInAStatic))]
    [InlineData(typeof(ChartInASingleton))]
    [InlineData(typeof(VisitInAStaticOfAComponent))]
    [InlineData(typeof(ChartInAStaticOfARecord))]
    public void Fields_ThatKeepSomebody_AreFound(Type leak) => Assert.NotEmpty(GateWays.Keeping(With(leak)));

    /// <summary>No filter stands over the grants, which every filter asks: who reads them says by itself for whom.</summary>
    [Fact]
    public void Grants_AreReadByThoseOfTheListAlone() =>
        Assert.Equal(
            [
                "AccountLinks", "CareTeamService", "ClinicDbContext", "ClinicalStaff", "DemoCharts", "PatientRows", "PatientService",
                "PatientsInReach", "PowerNotices", "QueueService", "RolePower", "VisitHistoryService", "VisitParts", "VisitService",
                "VisitStaffService", "WriteGuard",
            ],
            GateWays.Unfiltered(Domain.Concat(Web), typeof(AccessGrant)).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Grants_ReadBySomebodyElse_AreFound() =>
        Assert.NotEmpty(GateWays.Unfiltered(With(typeof(WhoCaresForWhom)), typeof(AccessGrant)));

    [Fact]
    public void Sessions_AskedForByTheirId_AreAskedForWhereTheMessageIsKnown() =>
        Assert.Equal(["CircuitGuard", "CircuitSessionWatch", "CurrentActor", "HttpContextExtensions"],
            GateWays.BecomingSomebody(Domain.Concat(Web)).Distinct().Order());

    [Fact]
    public void Sessions_AskedForByAPage_AreFound() => Assert.NotEmpty(GateWays.BecomingSomebody(With(typeof(SomebodyElse))));

    [Fact]
    public void Methods_OfWhatReachesTheGate_AreAsynchronous() => Assert.Empty(GateWays.Synchronous(Domain));

    [Fact]
    public void Methods_ThatAreSynchronous_AreFound() =>
        Assert.Equal(["SynchronousReader.Read"], GateWays.Synchronous(Domain.Append(typeof(SynchronousReader))));

    [Fact]
    public void Endpoints_ForAnybody_AreThoseOfTheList() =>
        AssertSame(AnonymousEndpoints.Keys, GateWays.Anonymous(app.Host.Get<EndpointDataSource>().Endpoints));

    [Fact]
    public void Endpoints_ThatAnybodyMayCall_AreFound() =>
        Assert.Equal(["leak"],
            GateWays.Anonymous([new Endpoint(null, new EndpointMetadataCollection(new AllowAnonymousAttribute()), "leak")]));

    private static void AssertSame(IEnumerable<string> listed, IEnumerable<string> found)
    {
        var all = found.ToHashSet(StringComparer.Ordinal);
        Assert.True(all.SetEquals(listed),
            $"Not on the list: {string.Join(", ", all.Except(listed))}. On the list for nothing: {string.Join(", ", listed.Except(all))}.");
    }

    private static IEnumerable<Type> With(Type leak) =>
        typeof(GateWaysTests).Assembly.GetTypes().Where(type => type == leak || type.DeclaringType == leak);
}
