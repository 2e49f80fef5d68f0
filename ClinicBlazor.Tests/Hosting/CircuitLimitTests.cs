using System.Net;
using ClinicBlazor.App.Hosting.Circuits;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Hosting;

/// <summary>One account has only so many open pages, however it asks for them.</summary>
[Trait("Requirement", "S4-02")]
public sealed class CircuitLimitTests(AppFixture app) : IClassFixture<AppFixture>
{
    [Fact]
    public async Task Start_OfOneCircuitTooMany_IsRefused()
    {
        var session = await app.Host.OpenSessionAsync("carol@patient.example", HttpVisitor.Client);
        var circuits = new List<RawCircuit>();
        for (var i = 0; i < CircuitGuard.MostPerAccount; i++)
        {
            circuits.Add(await RawCircuit.ConnectAsync(app.Host, session));
            Assert.NotNull(await circuits[^1].StartAsync(app.Host));
        }

        await using var further = await RawCircuit.ConnectAsync(app.Host, session);
        using var visitor = app.Host.NewVisitor();
        visitor.TakeSession(session);
        using var page = await visitor.GetAsync("/");

        Assert.Null(await further.StartAsync(app.Host));
        Assert.Equal(HttpStatusCode.TooManyRequests, page.StatusCode);
        foreach (var circuit in circuits)
        {
            await circuit.DisposeAsync();
        }
    }

    [Fact]
    public async Task Start_OfEightyAtOnce_LeavesFifty()
    {
        var session = await app.Host.OpenSessionAsync("bob@patient.example", HttpVisitor.Client);
        var circuits = new List<RawCircuit>();
        for (var i = 0; i < 80; i++)
        {
            circuits.Add(await RawCircuit.ConnectAsync(app.Host, session));
        }

        var secrets = await Task.WhenAll(circuits.Select(circuit => Task.Run(() => circuit.StartAsync(app.Host))));

        Assert.Equal(CircuitGuard.MostPerAccount, secrets.Count(secret => secret is not null));
        foreach (var circuit in circuits)
        {
            await circuit.DisposeAsync();
        }
    }

    [Fact]
    public async Task TakeOver_WhileTheAccountHasAllItMayHave_IsRefused()
    {
        var session = await app.Host.OpenSessionAsync("alice@patient.example", HttpVisitor.Client);
        var lost = await RawCircuit.ConnectAsync(app.Host, session);
        var secret = (await lost.StartAsync(app.Host))!;
        await lost.DisposeAsync();
        var circuits = new List<RawCircuit>();

        // The server may still count the connection that was lost; it is one of all the same.
        for (var refused = 0; circuits.Count < CircuitGuard.MostPerAccount && refused < 100;)
        {
            var circuit = await RawCircuit.ConnectAsync(app.Host, session);
            if (await circuit.StartAsync(app.Host) is null)
            {
                refused++;
                await Task.Delay(200);
                continue;
            }

            circuits.Add(circuit);
        }

        await using var further = await RawCircuit.ConnectAsync(app.Host, session);

        Assert.Equal(CircuitGuard.MostPerAccount, circuits.Count);
        Assert.False(await further.TakeOverAsync(secret));
        foreach (var circuit in circuits)
        {
            await circuit.DisposeAsync();
        }
    }
}
