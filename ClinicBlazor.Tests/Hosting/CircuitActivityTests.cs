using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Hosting;

/// <summary>What a person does keeps a session alive; what a page sends by itself does not.</summary>
[Trait("Requirement", "C-04")]
public sealed class CircuitActivityTests(AppFixture app) : IClassFixture<AppFixture>
{
    public static TheoryData<string, object?[], bool> Messages { get; } = new()
    {
        { "OnRenderCompleted", [1L, null], false },
        { "EndInvokeJSFromDotNet", [1L, true, "[1,true,null]"], false },
        { "OnLocationChanged", ["http://127.0.0.1/records", null, false], false },
        { "OnLocationChanged", ["http://127.0.0.1/records", null, true], true },
        { "BeginInvokeDotNetFromJS", ["1", null, "NoticeAsync", 1L, "[]"], false },
        { "BeginInvokeDotNetFromJS", ["1", null, "DispatchEventAsync", 1L, Event("click")], true },
        { "BeginInvokeDotNetFromJS", ["1", null, "DispatchEventAsync", 1L, Event("input")], true },
        { "BeginInvokeDotNetFromJS", ["1", null, "DispatchEventAsync", 1L, Event("keydown")], true },
        { "BeginInvokeDotNetFromJS", ["1", null, "DispatchEventAsync", 1L, Event("scroll")], false },
        { "BeginInvokeDotNetFromJS", ["1", null, "DispatchEventAsync", 1L, Event("focusin")], false },
        { "BeginInvokeDotNetFromJS", ["1", null, "DispatchEventAsync", 1L, "no json"], false },
        { "BeginInvokeDotNetFromJS", ["1", null, "DispatchEventAsync", 1L, "[]"], false },
    };

    [Theory]
    [MemberData(nameof(Messages))]
    public async Task Message_NearTheLimit_KeepsTheSessionOnlyWhenAPersonDidSomething(string method, object?[] arguments, bool keeps)
    {
        await using var host = await AppHost.StartAsync();
        var session = await host.OpenSessionAsync("alice@patient.example", HttpVisitor.Client);
        await using var circuit = await RawCircuit.ConnectAsync(host, session);
        Assert.NotNull(await circuit.StartAsync(host));
        host.Clock.Advance(TimeSpan.FromMinutes(9));

        await circuit.SendAsync(method, arguments);
        await circuit.SettleAsync(host);
        host.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(keeps, await host.Get<SessionService>().FindAsync(session, HttpVisitor.Client, CancellationToken.None) is not null);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("?0", false)]
    [InlineData("?1", true)]
    public async Task Request_NearTheLimit_KeepsTheSessionOnlyWhenSomebodyOpenedThePage(string user, bool keeps)
    {
        using var visitor = app.Host.NewVisitor();
        var session = await app.Host.OpenSessionAsync("alice@patient.example", HttpVisitor.Client);
        visitor.TakeSession(session);
        visitor.Http.DefaultRequestHeaders.TryAddWithoutValidation("Sec-Fetch-User", user);
        app.Host.Clock.Advance(TimeSpan.FromMinutes(9));

        await visitor.OpenAsync("/");
        using (await visitor.GetAsync("/account/session"))
        {
            app.Host.Clock.Advance(TimeSpan.FromMinutes(2));
        }

        Assert.Equal(keeps,
            await app.Host.Get<SessionService>().FindAsync(session, HttpVisitor.Client, CancellationToken.None) is not null);
    }

    private static string Event(string name) =>
        $$"""[{"eventHandlerId":1,"eventName":"{{name}}","eventFieldInfo":null},{"type":"{{name}}"}]""";
}
