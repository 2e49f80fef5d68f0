using System.Net.WebSockets;
using System.Text;
using ClinicBlazor.App.Hosting.Circuits;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Hosting;

/// <summary>Messages that no browser sends. What they leave behind in memory shows only while nothing else runs.</summary>
[Collection(AloneTests.Name)]
[Trait("Requirement", "S2-11")]
public sealed class CircuitFloodTests(AppFixture app) : IClassFixture<AppFixture>
{
    private const string Marker = "quoted-by-nobody";

    private static readonly string[] Methods =
        ["StartCircuit", "ConnectCircuit", "ResumeCircuit", "PauseCircuit", "UpdateRootComponents", "BeginInvokeDotNetFromJS",
            "EndInvokeJSFromDotNet", "ReceiveByteArray", "ReceiveJSDataChunk", "OnRenderCompleted", "OnLocationChanged",
            "OnLocationChanging", Marker];

    [Fact]
    public async Task TenThousandMessages_MalformedOrRandom_LeaveTheServerAsItWas()
    {
        const int Count = 10_000;
        var random = new Random(20_261_121);
        var session = await app.Host.OpenSessionAsync("alice@patient.example", HttpVisitor.Client);
        await FloodAsync(session, random, Count / 10);
        var before = Settled();

        var connections = await FloodAsync(session, random, Count);

        Assert.True(connections > 100, $"Only {connections} connections were ended.");
        Assert.True(Settled() < before + (20 << 20), $"{before >> 20} MB have become {Settled() >> 20} MB.");
        using var visitor = await app.Host.NewVisitorAsync("bob@patient.example");
        await visitor.OpenAsync("/");
        var log = await app.Host.ReadLogAsync();
        Assert.Contains("A circuit's connection ended with a fault", log, StringComparison.Ordinal);
        Assert.DoesNotContain(Marker, log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Message_OverTheLimit_EndsTheConnectionAndIsLogged()
    {
        await using var circuit = await RawCircuit.ConnectAsync(app.Host,
            await app.Host.OpenSessionAsync("alice@patient.example", HttpVisitor.Client));
        Assert.NotNull(await circuit.StartAsync(app.Host));

        await circuit.SendAsync("OnLocationChanged", Marker + new string('x', CircuitRegistration.MessageLimit), null, true);

        Assert.True(await circuit.IsClosedByServerAsync());
        var log = await app.Host.ReadLogAsync();
        Assert.Contains("A circuit's connection ended with a fault", log, StringComparison.Ordinal);
        Assert.DoesNotContain(Marker, log, StringComparison.Ordinal);
    }

    // Sends the messages over as many connections as it takes; answers with their number.
    private async Task<int> FloodAsync(string session, Random random, int count)
    {
        var connections = 0;
        for (var sent = 0; sent < count;)
        {
            await using var circuit = await RawCircuit.ConnectAsync(app.Host, session);
            connections++;
            await circuit.StartAsync(app.Host);
            try
            {
                for (; sent < count && circuit.IsOpen; sent++)
                {
                    await circuit.SendAsync(Garbage(random));
                    if (sent % 50 == 0 && await circuit.IsClosedByServerAsync(0))
                    {
                        break;
                    }
                }
            }
            catch (WebSocketException)
            {
                // The server has hung up, as it should.
                sent++;
            }
        }

        return connections;
    }

    private static byte[] Garbage(Random random)
    {
        switch (random.Next(4))
        {
            case 0:
                var noise = new byte[random.Next(1, 200)];
                random.NextBytes(noise);
                return noise;
            case 1:
                var cut = RawCircuit.Message("7", Methods[random.Next(Methods.Length)], Marker, 5);
                return cut[..random.Next(1, cut.Length)];
            default:
                var arguments = Enumerable.Range(0, random.Next(6)).Select(_ => Argument(random)).ToArray();
                return RawCircuit.Message(random.Next(2) == 0 ? null : "9", Methods[random.Next(Methods.Length)], arguments);
        }
    }

    private static object? Argument(Random random) => random.Next(6) switch
    {
        0 => null,
        1 => random.NextInt64(),
        2 => random.Next(2) == 0,
        3 => Marker,
        4 => $"[{{\"eventHandlerId\":{random.Next()},\"eventName\":\"click\"}},{{}}]",
        _ => Encoding.UTF8.GetString(Enumerable.Range(0, random.Next(100)).Select(_ => (byte)random.Next(32, 127)).ToArray()),
    };

    private static long Settled()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
