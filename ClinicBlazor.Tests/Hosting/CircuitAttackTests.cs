using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Hosting;

/// <summary>What is typed in a circuit and looks like an attack: recorded once, and never refused.</summary>
[Trait("Requirement", "S4-08")]
public sealed class CircuitAttackTests
{
    [Theory]
    [InlineData("input", "' OR 1=1--", 1)]
    [InlineData("change", "<script>alert(1)</script>", 1)]
    [InlineData("input", "O'Brien < 3 & SELECT", 0)]
    public async Task Typing_KeyByKey_IsRecordedOnceWhenItLooksLikeAnAttack(string kind, string text, int entries)
    {
        await using var host = await AppHost.StartAsync();
        var session = await host.OpenSessionAsync("alice@patient.example", HttpVisitor.Client);
        await using var circuit = await RawCircuit.ConnectAsync(host, session);
        Assert.NotNull(await circuit.StartAsync(host));

        for (var i = 0; i < 3; i++)
        {
            await circuit.SendAsync("BeginInvokeDotNetFromJS", "1", null, "DispatchEventAsync", 1L, Event(kind, text + new string('x', i)));
        }

        await circuit.SendAsync("OnLocationChanged", new Uri(host.Address, "/records").ToString(), null, false);
        await circuit.SettleAsync(host);

        await using var db = await host.OpenAsync();
        var seen = await db.Set<AuditEntry>().Where(entry => entry.Act == AuditAct.AttackInputSeen).ToListAsync();
        Assert.Equal(entries, seen.Count);
        Assert.All(seen, entry => Assert.Equal((AuditOutcome.Done, AuditLevel.Warning), (entry.Outcome, entry.Level)));
        Assert.DoesNotContain("OR 1=1", await host.ReadLogAsync(), StringComparison.Ordinal);
    }

    private static string Event(string name, string value) =>
        System.Text.Json.JsonSerializer.Serialize(new object[] { new { eventHandlerId = 1, eventName = name }, new { value } });
}
