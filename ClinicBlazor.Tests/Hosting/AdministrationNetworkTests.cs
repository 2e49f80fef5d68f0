using System.Net;
using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Security;
using ClinicBlazor.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Hosting;

/// <summary>The administration where it is open to some networks only.</summary>
[Trait("Requirement", "S2-07")]
public sealed class AdministrationNetworkTests
{
    private const string Administrator = "admin@clinic.example";

    [Theory]
    [InlineData("10.20.0.0/16, 2001:db8::/32", "/audit")]
    [InlineData("10.20.0.0/16", "/admin/accounts")]
    [InlineData("10.20.0.0/16", "/audit/export")]
    [InlineData("10.20.0.0/16", "/audit/reviews")]
    [InlineData("10.20.0.0/16", "/security")]
    [InlineData("10.20.0.0/16", "/security/export")]
    public async Task Page_FromOutside_DoesNotExistForAnybody(string networks, string path)
    {
        await using var host = await StartAsync(networks);
        using var administrator = await host.NewVisitorAsync(Administrator);
        using var nobody = host.NewVisitor();
        foreach (var visitor in (HttpVisitor[])[administrator, nobody])
        {
            using var answer = await visitor.GetAsync(path);
            using var elsewhere = await visitor.GetAsync("/account");

            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.NotEqual(HttpStatusCode.NotFound, elsewhere.StatusCode);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("10.20.0.0/16,127.0.0.0/8")]
    [InlineData("127.0.0.1")]
    public async Task Page_FromInsideOrWithoutNetworks_Opens(string networks)
    {
        await using var host = await StartAsync(networks);
        using var administrator = await host.NewVisitorAsync(Administrator);

        Assert.Equal(HttpStatusCode.OK, (await administrator.GetAsync("/audit")).StatusCode);
    }

    [Fact]
    public async Task Page_ForAClientBehindAProxy_IsJudgedByTheClientsAddress()
    {
        await using var host = await AppHost.StartAsync(
            new Dictionary<string, string?> { [NetworkList.Administration] = "10.20.0.0/16", [NetworkList.Proxies] = "127.0.0.1" });
        var statuses = new List<HttpStatusCode>();
        foreach (var address in (string[])["10.20.3.4", "10.21.3.4"])
        {
            using var visitor = host.NewVisitor();
            visitor.TakeSession(await host.OpenSessionAsync(Administrator, HttpVisitor.Client with { Address = address }));
            visitor.Http.DefaultRequestHeaders.Add("X-Forwarded-For", address);
            statuses.Add((await visitor.GetAsync("/audit")).StatusCode);
        }

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.NotFound], statuses);
    }

    [Fact]
    public async Task Operation_FromOutside_IsRefusedAndAuditedInAnOpenCircuitToo()
    {
        await using var host = await StartAsync("10.20.0.0/16");
        var (outside, inside) = (await ActorAsync(host, "127.0.0.1"), await ActorAsync(host, "::ffff:10.20.3.4"));

        var refused = await host.Get<AuditService>().ListAsync(outside, new AuditQuery(), CancellationToken.None);
        var refusedAccounts = await host.Get<AccountService>().ListAsync(outside, new AccountQuery(), CancellationToken.None);
        var allowed = await host.Get<AuditService>().ListAsync(inside, new AuditQuery(), CancellationToken.None);

        Assert.Equal(ErrorKind.Denied, refused.Error?.Kind);
        Assert.Equal(ErrorKind.Denied, refusedAccounts.Error?.Kind);
        Assert.True(allowed.IsSuccess);
        await using var db = await host.OpenAsync();
        Assert.Equal(1, await db.Set<AuditEntry>()
            .CountAsync(entry => entry.Act == AuditAct.AuditRead && entry.Outcome == AuditOutcome.Denied && entry.Address == "127.0.0.1"));
    }

    [Fact]
    public async Task Policy_OfEachPermission_IsOpenFromOutsideUnlessItIsTheAdministrations()
    {
        await using var host = await StartAsync("10.20.0.0/16");
        var email = await host.AddPersonAsync(Roles.Staff, enrolled: true);
        var principal = SessionPrincipal.Of((await LiveAsync(host, "127.0.0.1", email))!);
        var authorization = host.Get<IAuthorizationService>();
        foreach (var line in AccessPolicy.Table.Where(line => AccessPolicy.Allows(Roles.Staff, line.Permission)))
        {
            var verdict = await authorization.AuthorizeAsync(principal, line.Permission.ToString());

            Assert.Equal(line.Compartment != Compartment.Administration, verdict.Succeeded);
        }
    }

    private static Task<AppHost> StartAsync(string networks) =>
        AppHost.StartAsync(new Dictionary<string, string?> { [NetworkList.Administration] = networks });

    private static async Task<Actor> ActorAsync(AppHost host, string address) => (await LiveAsync(host, address, Administrator))!.Actor;

    private static async Task<LiveSession?> LiveAsync(AppHost host, string address, string email)
    {
        var client = HttpVisitor.Client with { Address = address };
        return await host.Get<SessionService>().FindAsync(await host.OpenSessionAsync(email, client), client, CancellationToken.None);
    }
}
